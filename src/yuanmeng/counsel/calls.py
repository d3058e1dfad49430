"""Somebody at a machine asks for a person: one call on the common pile, however often the button is touched.

calls.call(device.uid, _("At the kiosk …"), at=at)
calls.waiting(device.uid, at=at)      # the call that nobody has answered yet
"""

from __future__ import annotations

from datetime import datetime, timedelta

from django.utils import timezone

from yuanmeng.counsel.models import FollowUp, FollowUpKind
from yuanmeng.counsel.models.follow_up import FollowUpQuerySet

# So long one call speaks for everybody who touches the button; later it is most likely somebody else.
ONE_CALL = timedelta(minutes=10)


def call(machine: str, words: str, *, at: datetime) -> FollowUp | None:
    """Put a call on the common pile, without a name. None when one from this machine waits already."""
    if waiting(machine, at=at) is not None:
        return None
    # Of two touches at once both count the same number of calls before theirs: one cause, one call.
    cause = f"{_cause(machine)}{_from(machine).count()}"
    today = timezone.localdate(at)
    return FollowUp.open_once(cause, FollowUpKind.HELP_WANTED, due_on=today, at=at, words=words)


def waiting(machine: str, *, at: datetime) -> FollowUp | None:
    """This will be the call of this machine that nobody has answered or taken yet, if it is not long ago."""
    return (
        _from(machine).open().filter(made_at__gt=at - ONE_CALL, made_at__lte=at).order_by("-made_at").first()
    )


def _from(machine: str) -> FollowUpQuerySet:
    return FollowUp.objects.filter(cause__startswith=_cause(machine))


def _cause(machine: str) -> str:
    return f"help:{machine}:"

"""How often somebody may be wrong before the house asks them to wait.

Five failures per name and address close that pair for fifteen minutes; the owner still gets in
from elsewhere. It is asked before any password is hashed.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from math import ceil

from django.utils.crypto import salted_hmac
from django.utils.translation import ngettext

from yuanmeng.core.errors import Refused
from yuanmeng.people.models import LoginFailure

FAILURES, PAUSE = 5, timedelta(minutes=15)
ADDRESS_FAILURES, ADDRESS_WINDOW = 100, timedelta(hours=1)


class TooManyTries(Refused):
    """This will be raised while somebody has to wait; `wait` is a timedelta."""

    def __init__(self, wait: timedelta) -> None:
        self.wait = wait
        minutes = max(1, ceil(wait.total_seconds() / 60))
        super().__init__(
            ngettext(
                "Too many failed tries. Please try again in %(minutes)d minute, or ask at the counter.",
                "Too many failed tries. Please try again in %(minutes)d minutes, or ask at the counter.",
                minutes,
            )
            % {"minutes": minutes}
        )


def admit(name: str, address: str, *, at: datetime) -> None:
    """This will raise TooManyTries while the pair of name and address, or the address alone, must wait."""
    pair = LoginFailure.objects.filter(name_hash=_hash(name), address=address, at__gt=at - PAUSE, at__lte=at)
    _wait_for(list(pair.order_by("-at").values_list("at", flat=True)[:FAILURES]), FAILURES, PAUSE, at)
    anyone = LoginFailure.objects.filter(address=address, at__gt=at - ADDRESS_WINDOW, at__lte=at)
    recent = list(anyone.order_by("-at").values_list("at", flat=True)[:ADDRESS_FAILURES])
    _wait_for(recent, ADDRESS_FAILURES, ADDRESS_WINDOW, at)


def note_failure(name: str, address: str, *, at: datetime) -> None:
    """This will remember one wrong try."""
    LoginFailure.objects.create(name_hash=_hash(name), address=address, at=at)


def forgive(name: str, address: str) -> None:
    """This will forget the wrong tries of a pair, once its owner got in."""
    LoginFailure.objects.filter(name_hash=_hash(name), address=address).delete()


def forget_old(*, at: datetime) -> int:
    """This will delete the tries that no rule looks at any more and tell how many they were."""
    deleted, _ = LoginFailure.objects.filter(at__lte=at - ADDRESS_WINDOW).delete()
    return deleted


def _wait_for(times: list[datetime], limit: int, window: timedelta, at: datetime) -> None:
    """`times` is newest first: the pause runs from the newest of `limit` failures."""
    if len(times) >= limit:
        raise TooManyTries(times[0] + window - at)


def _hash(name: str) -> str:
    return salted_hmac("yuanmeng.people.throttle", name.strip().casefold(), algorithm="sha256").hexdigest()

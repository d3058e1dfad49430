"""Six digits by SMS: how somebody proves that a phone is in their hand.

A code lives ten minutes, may be tried five times, works once, and only in the session that asked
for it. The database keeps an HMAC of it. Every number, known or not, gets the same answer.
"""

from __future__ import annotations

import hashlib
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from math import ceil

from django.conf import settings
from django.db.models import F
from django.utils.crypto import constant_time_compare, salted_hmac
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from yuanmeng.core.errors import Refused
from yuanmeng.core.fields import blind_index
from yuanmeng.people.models import PhoneCode
from yuanmeng.people.outbox import Message, send

LIFE, TRIES = timedelta(minutes=10), 5
APART = timedelta(seconds=60)
# (window, how many codes one number may get in it)
LIMITS = ((timedelta(hours=1), 5), (timedelta(days=1), 10))


class CodeRefused(Refused):
    """This will be raised for a code that does not open: wrong, used, too old, or from another session."""


class AskedTooOften(Refused):
    """This will be raised when a number got a code just now, or too many; `wait` says how long."""

    def __init__(self, wait: timedelta) -> None:
        self.wait = wait
        seconds = max(1, ceil(wait.total_seconds()))
        if seconds <= APART.total_seconds():
            words = ngettext(
                "A code is on its way to you. You can ask for another in %(seconds)d second.",
                "A code is on its way to you. You can ask for another in %(seconds)d seconds.",
                seconds,
            )
            super().__init__(words % {"seconds": seconds})
        else:
            super().__init__(
                _("Many codes were sent to this phone today. Please try later or ask at the counter.")
            )


@dataclass(frozen=True)
class Asked:
    """A code was sent. `shown` is the code itself in the demonstration and None everywhere else."""

    expires_at: datetime
    shown: str | None


def ask(phone: str, *, session: str, purpose: str, at: datetime, words: str = "") -> Asked:
    """This will send a fresh code to the phone; it opens only in `session`, for `purpose`.

    `session` is any secret of the asking session; `words` with a %(code)s in them say what the code
    agrees to, where it is not a log-in. Raises AskedTooOften.
    """
    index = blind_index(phone)
    _mind_the_limits(index, at)
    code = f"{secrets.randbelow(1_000_000):06d}"
    row = PhoneCode.objects.create(
        phone_index=index,
        purpose=purpose,
        code_hmac=_hmac(index, purpose, code),
        session_hash=_session_hash(session),
        sent_at=at,
        expires_at=at + LIFE,
    )
    send(Message("sms", phone, "phone_code", words % {"code": code} if words else _words(code), at))
    return Asked(row.expires_at, code if settings.DEMO_MODE else None)


def check(phone: str, code: str, *, session: str, purpose: str, at: datetime) -> None:
    """This will use up the code, or raise CodeRefused with one sentence whatever was wrong."""
    index = blind_index(phone)
    row = PhoneCode.objects.filter(phone_index=index, purpose=purpose, session_hash=_session_hash(session))
    newest = row.order_by("-sent_at", "-pk").first()
    if newest is None or not _try_once(newest, _hmac(index, purpose, code.strip()), at):
        raise CodeRefused(_("That code did not work. Please check the six digits or ask for a new code."))


def forget_old(*, at: datetime) -> int:
    """This will delete codes that count for no limit any more and tell how many they were."""
    deleted, _rows = PhoneCode.objects.filter(sent_at__lte=at - LIMITS[-1][0]).delete()
    return deleted


def _mind_the_limits(index: str, at: datetime) -> None:
    sent = list(
        PhoneCode.objects.filter(phone_index=index, sent_at__gt=at - LIMITS[-1][0])
        .order_by("-sent_at")
        .values_list("sent_at", flat=True)
    )
    if sent and sent[0] + APART > at:
        raise AskedTooOften(sent[0] + APART - at)
    for window, limit in LIMITS:
        inside = [moment for moment in sent if moment > at - window]
        if len(inside) >= limit:
            raise AskedTooOften(inside[limit - 1] + window - at)


def _try_once(row: PhoneCode, given: str, at: datetime) -> bool:
    # The try is counted before the code is compared: five parallel guesses are five tries.
    open_rows = PhoneCode.objects.filter(pk=row.pk, used_at=None, expires_at__gt=at)
    if not open_rows.filter(tries__lt=TRIES).update(tries=F("tries") + 1):
        return False
    if not constant_time_compare(row.code_hmac, given):
        return False
    # The unused state is in the WHERE: of two equal requests one gets in.
    return bool(open_rows.update(used_at=at))


def _hmac(index: str, purpose: str, code: str) -> str:
    return salted_hmac("yuanmeng.people.codes", f"{index}:{purpose}:{code}", algorithm="sha256").hexdigest()


def _session_hash(session: str) -> str:
    return hashlib.sha256(session.encode()).hexdigest()


def _words(code: str) -> str:
    return _(
        "Yuanmeng: your code is %(code)s, valid for 10 minutes. Nobody from here will ever ask you for it."
    ) % {"code": code}

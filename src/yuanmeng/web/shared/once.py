"""Two taps are one intention: a form carries a key, and the second tap gets the first one's answer."""

from __future__ import annotations

import hashlib
import re
import secrets
import time
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from yuanmeng.core.errors import Refused
from yuanmeng.core.models import IdempotencyKey
from yuanmeng.web.shared import door

if TYPE_CHECKING:
    from yuanmeng.web.shared.door import HouseRequest

FIELD = "once"
OURS = re.compile(r"[0-9a-f]{32}")  # and what a page with several forms puts behind it
RUNNING, DONE = 0, 303
# A worker that died left its claim behind; after this long the key is free again.
STALE = timedelta(seconds=30)
WAIT_S, WAITS = 0.2, 25
# What changes between two taps on one button without meaning anything.
NOT_CONTENT = {"csrfmiddlewaretoken", "code", FIELD}


class OtherContent(Refused):
    """This will be raised when a key that was used comes back with other content."""

    code = "idempotency_mismatch"


def new_key() -> str:
    """This will be a key for one form."""
    return secrets.token_hex(16)


def per_form(
    request: HouseRequest, act: Callable[[], str], *, first: Callable[[], object] | None = None
) -> str:
    """This will do `act` once for the form that was sent and return the path it answered with, on every tap.

    The key belongs to the form and not to the session: an act that logs somebody in gives them a new session,
    and a second tap still comes with the old one. Nobody can guess a key; one that is not of our making is
    good for its own session alone.

    `first` runs before the transaction of `act`: what must stay even when `act` is refused (a used code).
    Where either raises, nothing is remembered and the form may be sent again. Raises OtherContent.
    """
    key = request.POST.get(FIELD) or new_key()
    content = sorted((k, v) for k, v in request.POST.items() if k not in NOT_CONTENT)
    digest = hashlib.sha256(repr((request.path, content)).encode()).hexdigest()
    return once(_actor(request, key), key, digest, act, first=first, at=request.at)


def _actor(request: HouseRequest, key: str) -> str:
    if OURS.match(key):
        return "form"
    return "form:" + hashlib.sha256(door.asker(request).encode()).hexdigest()[:40]


def once(
    actor: str, key: str, digest: str, act: Callable[[], str], *, at: datetime,
    first: Callable[[], object] | None = None,
) -> str:  # fmt: skip
    """This will do `act` once per actor and key; see per_form."""
    claim = _claim(actor, key[:80], digest, at)
    if claim is None:
        return _answer_of_the_first(actor, key[:80], digest)
    try:
        if first is not None:
            first()
        with transaction.atomic():
            path = act()
            IdempotencyKey.objects.filter(pk=claim.pk).update(status=DONE, location=path)
    except BaseException:
        IdempotencyKey.objects.filter(pk=claim.pk, status=RUNNING).delete()
        raise
    return path


def _claim(actor: str, key: str, digest: str, at: datetime) -> IdempotencyKey | None:
    rows = IdempotencyKey.objects
    rows.filter(actor=actor, key=key, status=RUNNING, at__lt=at - STALE).delete()
    try:
        with transaction.atomic():
            return rows.create(actor=actor, key=key, digest=digest, status=RUNNING, at=at)
    except IntegrityError:
        return None


def _answer_of_the_first(actor: str, key: str, digest: str) -> str:
    for _turn in range(WAITS):
        row = IdempotencyKey.objects.filter(actor=actor, key=key).first()
        if row is None:
            break
        if row.digest != digest:
            raise OtherContent(_("This form was sent already. Please open it again to send something else."))
        if row.status == DONE:
            return row.location
        time.sleep(WAIT_S)
    raise Refused(_("This form is still being worked on. Please wait a moment and reload the page."))

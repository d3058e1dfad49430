"""Two taps are one intention: a form carries a key, and the second tap gets the first one's answer."""

from __future__ import annotations

import hashlib
import secrets
import time
from collections.abc import Callable
from datetime import datetime, timedelta

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from yuanmeng.core.errors import Refused
from yuanmeng.core.models import IdempotencyKey

FIELD = "once"
RUNNING, DONE = 0, 303
# A worker that died left its claim behind; after this long the key is free again.
STALE = timedelta(seconds=30)
WAIT_S, WAITS = 0.2, 25


class OtherContent(Refused):
    """This will be raised when a key that was used comes back with other content."""

    code = "idempotency_mismatch"


def new_key() -> str:
    """This will be a key for one form."""
    return secrets.token_hex(16)


def once(actor: str, key: str, content: str, act: Callable[[], str], *, at: datetime) -> str:
    """This will do `act` once per key and return the path it answered with, however often it is asked.

    Where `act` raises, nothing is remembered and the form may be sent again. Raises OtherContent.
    """
    digest = hashlib.sha256(content.encode()).hexdigest()
    claim = _claim(actor, key, digest, at)
    if claim is None:
        return _answer_of_the_first(actor, key, digest, at)
    try:
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


def _answer_of_the_first(actor: str, key: str, digest: str, at: datetime) -> str:
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

"""A basket of vacancies on its way from a screen to a phone: ids of public adverts, nothing about anybody.

packed = Basket.pack(["…", "…"], at=now)     # .token for the QR code, .code of six digits to type
Basket.open(token, at=now).vacancies         # once, within ten minutes; raises BasketRefused
"""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.db import models, transaction
from django.utils.translation import gettext as _

from yuanmeng.core import events
from yuanmeng.core.errors import Refused
from yuanmeng.core.models import Noun

GOOD_FOR = timedelta(minutes=10)
KEPT_FOR = timedelta(days=1)  # so that who comes late is told why
MOST = 12


class BasketRefused(Refused):
    """This will be raised when a code is unknown, was used or is too old."""

    code = "basket_refused"


class Basket(Noun):
    """Packed at a kiosk, opened once on a phone. Token and digits are kept as hashes."""

    vacancies = models.JSONField(default=list)
    token_hash = models.CharField(max_length=64, unique=True)
    code_hash = models.CharField(max_length=64, db_index=True)
    made_at = models.DateTimeField(db_index=True)
    opened_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return self.uid

    @classmethod
    def pack(cls, uids: Sequence[str], *, at: datetime) -> Packed:
        """Put vacancies in, at most twelve, and return what opens it: the only time it is readable."""
        cls.objects.filter(made_at__lt=at - KEPT_FOR).delete()
        token, code = secrets.token_urlsafe(16), cls._free_code(at)
        with transaction.atomic():
            row = cls.objects.create(
                vacancies=list(uids[:MOST]), token_hash=_hash(token), code_hash=_hash(code), made_at=at
            )
            events.tell("basket.packed", row, by=None, at=at, count=len(row.vacancies))
        return Packed(row, token, code)

    @classmethod
    def open(cls, word: str, *, at: datetime) -> Basket:
        """Open the basket of a token or of six digits; the second who tries is refused."""
        named = models.Q(token_hash=_hash(word)) | models.Q(code_hash=_hash(word))
        row = (
            cls.objects.filter(named, made_at__gt=at - GOOD_FOR, made_at__lte=at).order_by("-made_at").first()
        )
        with transaction.atomic():
            # The old state is in the WHERE: of two phones that scan at once, one opens it.
            if row is None or not cls.objects.filter(pk=row.pk, opened_at=None).update(opened_at=at):
                raise BasketRefused(
                    _("This code was used or is older than ten minutes. Please make a new one at the kiosk.")
                )
            row.opened_at = at
            events.tell("basket.opened", row, by=None, at=at)
        return row

    @classmethod
    def _free_code(cls, at: datetime) -> str:
        code = f"{secrets.randbelow(10**6):06d}"
        taken = cls.objects.filter(code_hash=_hash(code), made_at__gt=at - GOOD_FOR).exists()
        return cls._free_code(at) if taken else code


@dataclass(frozen=True)
class Packed:
    """A basket with the two words that open it."""

    basket: Basket
    token: str
    code: str


def _hash(word: str) -> str:
    """Keyed: six digits could be tried through by whoever holds a copy of the table."""
    return hashlib.sha256(settings.KEYS.key("index") + b"basket:" + word.encode()).hexdigest()

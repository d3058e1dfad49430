"""One mark for everything that decides what windows show: another mark, and every manifest is made anew."""

from __future__ import annotations

import secrets

from django.db import models


class Version(models.Model):
    """The mark of now. It is drawn, not counted: what is rolled back leaves no number that was kept."""

    mark = models.CharField(max_length=32)

    def __str__(self) -> str:
        return self.mark

    @classmethod
    def bump(cls) -> None:
        """Draw another mark; called last in the transaction that changed what windows show."""
        cls.objects.update_or_create(pk=1, defaults={"mark": secrets.token_hex(16)})

    @classmethod
    def now(cls) -> str:
        """Return the mark of now, "" before anything was ever written."""
        return cls.objects.filter(pk=1).values_list("mark", flat=True).first() or ""

"""Picture files: re-encoded by us and named by what is in them."""

from __future__ import annotations

from pathlib import Path

from django.conf import settings
from django.db import models

SUFFIX = {"image/png": "png", "image/jpeg": "jpg"}


class Media(models.Model):
    """One file under DATA_DIR/media. The same picture handed in twice is one file."""

    sha256 = models.CharField(max_length=64, unique=True)
    type = models.CharField(max_length=20, choices=[(name, name) for name in SUFFIX])
    bytes = models.PositiveIntegerField()
    width = models.PositiveIntegerField()
    height = models.PositiveIntegerField()
    made_at = models.DateTimeField()
    made_by = models.CharField(max_length=80)

    def __str__(self) -> str:
        return self.sha256[:12]

    @property
    def path(self) -> Path:
        return Path(settings.DATA_DIR) / "media" / f"{self.sha256}.{SUFFIX[self.type]}"

    @property
    def url(self) -> str:
        return f"/windows/files/{self.sha256}"

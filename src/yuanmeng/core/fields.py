"""Sealed fields: personal data that must not be readable in a stolen database file.

    phone = EncryptedField(blank=True)
    phone_index = models.CharField(max_length=64, db_index=True)   # blind_index(phone)

The seal binds table, field and the row's `uid`, so the model needs a `uid` made before insert.
A queryset `update(phone="…")` is refused, because it cannot know the uid.
"""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class Sealed(bytes):
    """Ciphertext as it lies in the database, not opened yet."""


class _Opener:
    """Opens the seal when the attribute is first read, and only then."""

    def __init__(self, field: EncryptedField) -> None:
        self.field = field

    def __get__(self, row: models.Model | None, owner: type[models.Model] | None = None) -> Any:
        if row is None:
            return self
        if self.field.attname not in row.__dict__:
            row.refresh_from_db(fields=[self.field.attname])
        value = row.__dict__[self.field.attname]
        if isinstance(value, Sealed):
            value = row.__dict__[self.field.attname] = self.field.open(row, value)
        return value

    def __set__(self, row: models.Model, value: Any) -> None:
        row.__dict__[self.field.attname] = value


class EncryptedField(models.BinaryField):  # type: ignore[type-arg]
    """Text that is sealed at rest (AES-256-GCM) and opened on reading."""

    description = _("Sealed text")
    descriptor_class = _Opener

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("editable", True)
        kwargs.setdefault("default", b"")
        super().__init__(*args, **kwargs)

    def deconstruct(self) -> Any:
        name, path, args, kwargs = super().deconstruct()
        kwargs["editable"] = self.editable
        return name, path, args, kwargs

    def get_default(self) -> Any:
        return ""

    def from_db_value(self, value: Any, *_: Any) -> Any:
        return "" if value is None or len(value) == 0 else Sealed(bytes(value))

    def to_python(self, value: Any) -> Any:
        return value

    def value_to_string(self, obj: models.Model) -> str:
        return str(self.value_from_object(obj))

    def pre_save(self, row: models.Model, add: bool) -> Any:
        value = row.__dict__.get(self.attname, "")
        return value if isinstance(value, Sealed) else self._seal(row, value)

    def get_db_prep_value(self, value: Any, connection: Any, prepared: bool = False) -> Any:
        if isinstance(value, str) and value:
            raise TypeError(f"{self.name} is sealed per row: save the row instead of update() or filter()")
        return super().get_db_prep_value(value or b"", connection, prepared)

    def open(self, row: models.Model, sealed: Sealed) -> str:
        return settings.KEYS.open(sealed, about=self._about(row))

    def _seal(self, row: models.Model, value: str) -> bytes:
        return Sealed(settings.KEYS.seal(value, about=self._about(row))) if value else b""

    def _about(self, row: models.Model) -> str:
        return f"{row._meta.db_table}.{self.attname}:{row.uid}"  # type: ignore[attr-defined]


def blind_index(value: str) -> str:
    """Return the index under which an exact value is found again; "" stays ""."""
    return settings.KEYS.index(value) if value else ""

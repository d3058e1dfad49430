"""Rows as a person at a desk may see them: names, numbers and addresses of people masked."""

from __future__ import annotations

from yuanmeng.core.masking import mask_id, mask_name, mask_phone
from yuanmeng.intake.headers import plain_title
from yuanmeng.intake.models import BatchRow, Kind
from yuanmeng.intake.titles import FIELDS

_MASKS = {"name": mask_name, "phone": mask_phone, "id_number": mask_id}
_HIDDEN = frozenset({"residence", "text", "birth"})


def masked_cells(row: BatchRow) -> dict[str, str]:
    """Return a row by its own column titles, fit for the review grid. The full cells are in the XLSX only."""
    cells = row.as_written
    if row.batch.kind != Kind.SEEKERS:
        return cells
    return {title: _masked(_field(title), value) for title, value in cells.items()}


def _field(title: str) -> str:
    word = plain_title(title)
    return next((name for name, titles in FIELDS["seekers"].items() if word in titles.split()), "")


def _masked(field: str, value: str) -> str:
    """What is no number at all is shown: that is why it came back."""
    if not value or field in _HIDDEN:
        return "…" if value else ""
    mask = _MASKS.get(field)
    return mask(value) if mask and (field == "name" or len(value) > 7) else value

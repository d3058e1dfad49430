"""The day the files speak of. The loader of the demo moves every date by the days passed since."""

from __future__ import annotations

from datetime import date, timedelta

REFERENCE_DAY = date(2026, 9, 1)


def day(offset: int) -> date:
    """The reference day plus so many days."""
    return REFERENCE_DAY + timedelta(days=offset)

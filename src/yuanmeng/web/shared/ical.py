"""A session as a calendar file (RFC 5545) that phones and office programs take in."""

from __future__ import annotations

from datetime import UTC
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from django.conf import settings
from icalendar import Calendar, Event

from yuanmeng.programme.models import SessionState
from yuanmeng.web.shared.programme import where

if TYPE_CHECKING:
    from yuanmeng.programme.models import Session

PRODUCT = "-//Yuanmeng//Programme//ZH"
STATUS = {SessionState.CANCELLED: "CANCELLED"}


def of_session(row: Session) -> bytes:
    """This will be one session; moments in UTC, so that no reader needs to know our time zone."""
    entry = Event()
    entry.add("uid", f"{row.uid}@{urlsplit(settings.BASE_URL).hostname}")
    # The same row gives the same file, whenever it is asked for.
    entry.add("dtstamp", (row.cancelled_at or row.published_at or row.made_at).astimezone(UTC))
    entry.add("dtstart", row.starts_at.astimezone(UTC))
    entry.add("dtend", row.ends_at.astimezone(UTC))
    entry.add("summary", row.shown_title)
    entry.add("description", row.shown_summary)
    address = row.line_up.site.place.address if row.room else ""
    entry.add("location", " ".join(part for part in (where(row), address) if part))
    entry.add("url", f"{settings.BASE_URL}{row.path}")
    entry.add("status", STATUS.get(SessionState(row.state), "CONFIRMED"))
    whole = Calendar()
    whole.add("prodid", PRODUCT)
    whole.add("version", "2.0")
    whole.add_component(entry)
    return bytes(whole.to_ical())

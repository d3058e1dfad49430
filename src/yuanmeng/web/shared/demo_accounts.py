"""Who can log in to a demonstration. Outside DEMO_MODE, or without its demo.json, there is nobody.

Filling in is a link back to the same page (`/login/?as=chen`): it needs no script, and only the name of the
account stands in an address.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _

from yuanmeng.organisations.models import Duty, Role
from yuanmeng.people import totp

# Job seekers log in by phone; two of them are enough to see that a password works too.
SEEKERS_SHOWN = 2


@dataclass(frozen=True)
class DemoAccount:
    """One account of the demonstration, in words; `digits` is "" where no second factor is asked."""

    key: str
    role: str
    password: str
    digits: str


def shown(*, at: datetime) -> list[DemoAccount]:
    """This will list the accounts for the log-in page, in the order of the card, seekers last."""
    rows = [row for row in _card() if row["password"]]
    seekers = [row for row in rows if row["role"] == "seeker"]
    others = [row for row in rows if row["role"] != "seeker"]
    return [_account(row, at) for row in others + seekers[:SEEKERS_SHOWN]]


def filled(key: str, *, at: datetime) -> dict[str, str] | None:
    """This will be what the log-in form says for one account, or None when there is no such account."""
    for row in _card():
        if key and row["username"] == key and row["password"]:
            account = _account(row, at)
            return {"username": key, "password": account.password, "totp": account.digits}
    return None


def _card() -> list[dict[str, Any]]:
    path = Path(settings.DATA_DIR) / "demo.json"
    if not settings.DEMO_MODE or not path.is_file():
        return []
    accounts: list[dict[str, Any]] = json.loads(path.read_text("utf-8"))["accounts"]
    return accounts


def _account(row: dict[str, Any], at: datetime) -> DemoAccount:
    secret = row["totp_secret"]
    digits = totp.digits(secret, at=at) if secret else ""
    return DemoAccount(row["username"], _role(row["role"], row["duty"]), row["password"], digits)


def _role(role: str, duty: str | None) -> str:
    if duty:
        return str(Duty(duty).label)
    return _("Job seeker") if role == "seeker" else str(Role(role).label)

"""demo.json: what a test, or a person, needs to know about a demonstration (security design §10).

Paths are relative to the data folder; the file is readable by its owner only.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from django.utils import timezone

from yuanmeng import __version__
from yuanmeng.ops.demo.cast import Account, Screen
from yuanmeng.organisations.models import Mandate, Organisation, Role

SURFACES = {
    "citizen": "/", "wall": "/wall/", "kiosk": "/kiosk/", "windows": "/windows/<device>/",
    "employer": "/employer/", "desk": "/desk/", "office": "/office/",
}  # fmt: skip


@dataclass
class Card:
    """Everything of a demonstration that goes on its card."""

    profile: str
    seed: int
    base_url: str
    accounts: list[Account] = field(default_factory=list)
    organisations: dict[str, Organisation] = field(default_factory=dict)
    screens: list[Screen] = field(default_factory=list)
    relations: list[dict[str, Any]] = field(default_factory=list)
    canaries: list[dict[str, Any]] = field(default_factory=list)
    vacancies: list[dict[str, Any]] = field(default_factory=list)
    programme: dict[str, Any] = field(default_factory=lambda: {"events": [], "rooms": []})

    def as_json(self, data: Path) -> dict[str, Any]:
        """This will be the card as the schema `yuanmeng.demo/1` says."""
        port = self.base_url.rsplit(":", 1)[-1]
        return {
            "schema": "yuanmeng.demo/1", "profile": self.profile, "seed": self.seed, "release": __version__,
            "base_url": self.base_url, "openapi": "/api/openapi.json",
            "health": {"live": "/healthz", "ready": "/readyz"}, "surfaces": SURFACES,
            "login": {
                "path": "/api/v1/session", "fields": ["username", "password", "totp"],
                "csrf_header": "X-CSRFToken", "session_cookie": "sid",
            },
            "accounts": [self._account(account) for account in self.accounts],
            "organisations": [_organisation(key, row) for key, row in self.organisations.items()],
            "devices": [_device(screen) for screen in self.screens],
            "relations": self.relations, "canaries": self.canaries,
            "objects": {**self.programme, "vacancies": self.vacancies},
            "outbox": "outbox.jsonl", "logs": ["logs/*.jsonl"],
            "private": ["yuanmeng.db*", "media", "backups", "tmp"],
            "timing": {"kiosk_idle_s": 60, "kiosk_warning_s": 10},
            "serve": ["yuanmeng", "serve", "--data", str(data), "--port", port],
        }  # fmt: skip

    def _account(self, account: Account) -> dict[str, Any]:
        keys = {row.pk: key for key, row in self.organisations.items()}
        return {
            "key": account.key, "role": _role(account), "duty": account.duty or None,
            "username": account.user.username, "password": account.password,
            "totp_secret": account.totp_secret or None, "phone": account.phone,
            "person": account.person.uid if account.person else None,
            "organisation": keys.get(account.organisation.pk) if account.organisation else None,
            "scope": {
                "sites": [site.code for site in account.sites], "clients": _clients(account, keys),
                "cases": [r["seeker"] for r in self.relations if r["to"] == account.key], "units": [],
            },
        }  # fmt: skip

    def write(self, data: Path) -> Path:
        """This will write the card and an empty outbox beside it, both for the owner only."""
        path = data / "demo.json"
        text = json.dumps(self.as_json(data), ensure_ascii=False, indent=1)
        for target, words in ((path, text + "\n"), (data / "outbox.jsonl", None)):
            handle = os.open(target, os.O_WRONLY | os.O_CREAT | (os.O_TRUNC if words else 0), 0o600)
            with os.fdopen(handle, "w", encoding="utf-8") as file:
                file.write(words or "")
            target.chmod(0o600)
        return path


def _clients(account: Account, keys: dict[int, str]) -> list[str]:
    """For whom an agency's account may post today, as far as they are on the card."""
    if account.organisation is None:
        return []
    held = Mandate.objects.active_on(timezone.localdate()).filter(agency=account.organisation)
    return [keys[client] for client in held.order_by("id").values_list("client", flat=True) if client in keys]


def _role(account: Account) -> str:
    """Who holds one duty and no role sees that duty and what everybody sees."""
    return "visitor" if account.role == Role.STAFF else account.role


def _organisation(key: str, row: Organisation) -> dict[str, Any]:
    return {"key": key, "kind": row.kind, "uid": row.uid, "name": row.name}


def _device(screen: Screen) -> dict[str, Any]:
    site = screen.device.site
    return {
        "key": screen.key, "kind": screen.device.kind, "uid": screen.device.uid, "token": screen.token,
        "site": site.code if site else None, "topics": [],
    }  # fmt: skip


def keyed(prefix: str, rows: Iterable[Organisation]) -> dict[str, Organisation]:
    """org_a, org_b, … for rows in their order."""
    return {f"{prefix}_{chr(97 + at)}": row for at, row in enumerate(rows)}

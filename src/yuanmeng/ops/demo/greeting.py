"""What the demonstration says when it stands: every address, and who can log in."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext as _


def greeting(card: dict[str, Any]) -> Iterator[str]:
    """This will yield the lines."""
    yield ""
    yield _("The town stands. Open it at:")
    for key, words in _surfaces().items():
        yield f"  {_wide(words, 16)}{card['base_url']}{card['surfaces'][key]}"
    yield ""
    yield _("Who can log in (%(url)s/login/):") % {"url": card["base_url"]}
    for account in card["accounts"]:
        yield f"  {_wide(account['username'], 12)}{_wide(account['password'] or '—', 26)}{_second(account)}"
    yield ""
    yield _("Everything is in demo.json. Digits of a second factor: yuanmeng code NAME")
    yield _("People sign in by phone code; the code is shown on the page and kept in outbox.jsonl.")


def _surfaces() -> dict[str, str]:
    return {
        "citizen": _("Citizens"), "wall": _("Big screen"), "kiosk": _("Kiosk"), "employer": _("Employers"),
        "desk": _("Service desk"), "office": _("Office"),
    }  # fmt: skip


def _second(account: dict[str, Any]) -> str:
    role = account["duty"] or account["role"]
    factor = _("second factor") if account["totp_secret"] else account["phone"]
    return f"{_wide(role, 20)}{factor}"


def _wide(words: str, width: int) -> str:
    """Pad to columns; a full-width sign takes two."""
    taken = sum(2 if unicodedata.east_asian_width(sign) in "WF" else 1 for sign in words)
    return words + " " * max(1, width - taken)

"""How words reach a person outside the house: one small interface, several carriers.

The carrier is chosen by the setting MESSENGER (a dotted path). The demonstration writes every
message as one JSON line into OUTBOX; an install plugs in its SMS gateway with a class of its own.
"""

from __future__ import annotations

import json
import os
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path
from typing import Literal, Protocol

from django.conf import settings
from django.utils.module_loading import import_string

DEFAULT = "yuanmeng.people.outbox.FileMessenger"


@dataclass(frozen=True)
class Message:
    """One SMS or mail. `kind` says what it is for ("phone_code"), never whom it is about."""

    channel: Literal["sms", "mail"]
    to: str
    kind: str
    text: str
    at: datetime


class Messenger(Protocol):
    """Carries messages. It raises OSError when it could not hand one over."""

    def carry(self, message: Message) -> None: ...


class FileMessenger:
    """Appends each message to a file that only the owner of the process may read."""

    def carry(self, message: Message) -> None:
        line = json.dumps(asdict(message) | {"at": message.at.isoformat()}, ensure_ascii=False) + "\n"
        path = Path(settings.OUTBOX)
        path.parent.mkdir(parents=True, exist_ok=True)
        # One write of one line: two workers never mix their lines.
        out = os.open(path, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
        try:
            os.write(out, line.encode())
        finally:
            os.close(out)


def send(message: Message) -> None:
    """This will hand the message to the carrier of this install."""
    messenger: Messenger = import_string(getattr(settings, "MESSENGER", DEFAULT))()
    messenger.carry(message)

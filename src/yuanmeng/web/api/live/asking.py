"""What a browser asks for: which topics it may hear, and where it stands in each."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from yuanmeng.core import topics
from yuanmeng.core.errors import NotYours, Refused
from yuanmeng.signage import models as signage
from yuanmeng.web.shared import door

if TYPE_CHECKING:
    from django.http import HttpRequest

POSITION = re.compile(r"([a-z0-9:]{1,60})=([0-9]{1,18})", re.ASCII)
LONGEST = 1_000


@dataclass(frozen=True)
class Asked:
    """Topics with the position seen, None for "from now on"; the device and its token if one was needed."""

    seen: dict[str, int | None]
    device: str = ""
    token: str = ""

    def missed(self) -> tuple[dict[str, int], list[topics.Hint]]:
        """This will read where the browser stands, and the hints said since then, in order."""
        seen = {name: seq for name, seq in self.seen.items() if seq is not None}
        hints = topics.since(seen)
        return topics.positions([name for name in self.seen if name not in seen]) | seen, hints


def read(request: HttpRequest) -> Asked:
    """This will check what is asked for. Raises NotYours for an unknown or another's topic, Refused."""
    names = [name for name in request.GET.get("topics", "").split(",") if name]
    if not names:
        raise Refused(_("Please say which topics: /live?topics=vacancies,programme"), code="unreadable")
    own = any(name.startswith("device:") for name in names)
    uid = _device(request) if own else ""
    asked = {topics.of_device(uid) if name == "device:me" else name for name in names}
    if not asked <= topics.PUBLIC | ({topics.of_device(uid)} if own else set()):
        raise NotYours(_("There is no such topic."))
    positions = position_of(request.headers.get("Last-Event-ID", ""))
    seen = {name: positions.get(name) for name in sorted(asked)}
    return Asked(seen, uid, door.token_of(request) if own else "")


def _device(request: HttpRequest) -> str:
    device = door.device_of(request)
    if device is None:
        raise Refused(_("This device is not paired, or its pairing has ended."), code="not_signed_in")
    return device.uid


def is_paired(device: str, token: str) -> bool:
    """This will say whether a token still stands for its device."""
    found = signage.device_of(token)
    return found is not None and found.uid == device


def position_of(last_event_id: str) -> dict[str, int]:
    """This will read "vacancies=12,programme=3"; what is no number is not there."""
    found = (POSITION.fullmatch(part) for part in last_event_id[:LONGEST].split(","))
    return {match[1]: int(match[2]) for match in found if match}

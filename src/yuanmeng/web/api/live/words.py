"""How a stream is written: server-sent events."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping

from yuanmeng.core.topics import Hint

# Kinds that are said among processes and never to a browser begin so (hub.py).
OPENED = "stream:"
HEARTBEAT = b":\n\n"
TYPE = "text/event-stream; charset=utf-8"
HEADERS = [
    ("Content-Type", TYPE), ("Cache-Control", "no-cache, no-transform"), ("X-Accel-Buffering", "no"),
    ("X-Content-Type-Options", "nosniff"), ("Content-Security-Policy", "default-src 'none'"),
]  # fmt: skip


def hello(seen: dict[str, int], hints: Iterable[Hint], *, retry_ms: int) -> bytes:
    """The beginning: where the browser stands, when to come again, what it missed; moves `seen` on.

    Each hint carries the position after it, so a line that is cut in between is taken up there.
    """
    said = [f"retry: {retry_ms}\nid: {position(seen)}\n\n".encode()]
    for hint in hints:
        seen[hint.topic] = hint.seq
        if not hint.kind.startswith(OPENED):
            said.append(news(hint, seen))
    return b"".join(said)


def later(retry_ms: int) -> bytes:
    """Asks the browser not to hurry back."""
    return f"retry: {retry_ms}\n\n".encode()


def news(hint: Hint, seen: Mapping[str, int]) -> bytes:
    """One hint; its id says where the browser then stands in all its topics."""
    data = json.dumps({"topic": hint.topic, "seq": hint.seq, "kind": hint.kind}, separators=(",", ":"))
    return f"id: {position(seen)}\nevent: news\ndata: {data}\n\n".encode()


def position(seen: Mapping[str, int]) -> str:
    return ",".join(f"{name}={seq}" for name, seq in seen.items())

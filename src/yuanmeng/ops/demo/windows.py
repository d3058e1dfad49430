"""What the display windows of the town show: written by the editor, approved by the reviewer, hung up."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, time, timedelta
from typing import Any

from django.utils import timezone

from yuanmeng.core.actors import Actor
from yuanmeng.signage.models import Content, Placement, Playlist

Rows = Iterable[dict[str, str]]
# Name of the playlist → from when to when, and how strong. The night begins at closing time.
HOURS = {"日常": (time(0), time(0), 1), "夜间": (time(21), time(7), 2)}
FOR_DAYS = timedelta(days=180)


def hang_up(rows: Rows, *, by: Actor, reviewer: Actor, at: datetime) -> int:
    """This will make the contents, the two playlists and where they hang; returns how many contents."""
    lists: dict[str, list[Content]] = {name: [] for name in HOURS}
    count = 0
    for row in rows:
        content = _approved(row, by=by, reviewer=reviewer, at=at)
        for name in row["节目单"].split():
            lists[name].append(content)
        count += 1
    for name, contents in lists.items():
        _place(name, contents, by=by, at=at)
    return count


def _approved(row: dict[str, str], *, by: Actor, reviewer: Actor, at: datetime) -> Content:
    facts: dict[str, Any] = {
        "title": row["标题"], "title_en": row["英文标题"], "body": row["正文"], "body_en": row["英文正文"],
        "link": row["链接"], "seconds": int(row["秒数"]), "query": _filters(row["筛选"]),
    }  # fmt: skip
    content = Content.write(row["类型"], by=by, at=at, **facts)
    content.submit(by=by, at=at)
    content.approve(by=reviewer, at=at)
    return content


def _filters(written: str) -> dict[str, str]:
    return dict(part.split("=", 1) for part in written.split("&") if part)


def _place(name: str, contents: list[Content], *, by: Actor, at: datetime) -> None:
    starts, ends, priority = HOURS[name]
    playlist = Playlist.make(name, by=by, at=at)
    playlist.arrange(contents, by=by, at=at)
    today = timezone.localdate(at)
    Placement.put_up(
        playlist, from_on=today - timedelta(days=1), to_on=today + FOR_DAYS, starts=starts, ends=ends,
        priority=priority, by=by, at=at,
    )  # fmt: skip

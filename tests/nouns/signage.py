"""What tests of the windows hang up: approved content, a playlist, a placement."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from yuanmeng.core.actors import Told
from yuanmeng.places.models import Site
from yuanmeng.signage.models import Content, Device, Placement, Playlist

AUTHOR, REVIEWER = Told("user:author"), Told("user:reviewer")


def approved(title: str = "本周夜市", *, at: datetime, kind: str = "notice", **facts: Any) -> Content:
    row = Content.write(kind, by=AUTHOR, at=at, title=title, **facts)
    row.submit(by=AUTHOR, at=at)
    row.approve(by=REVIEWER, at=at)
    return row


def playlist(*contents: Any, at: datetime, name: str = "日常") -> Playlist:
    row = Playlist.make(name, by=AUTHOR, at=at)
    row.arrange(contents, by=AUTHOR, at=at)
    return row


def hung(*contents: Any, at: datetime, days: int = 10, **facts: Any) -> Placement:
    """Return a placement of these contents from yesterday on."""
    dates = {"from_on": at.date() - timedelta(days=1), "to_on": at.date() + timedelta(days=days)}
    return Placement.put_up(playlist(*contents, at=at), by=AUTHOR, at=at, **{**dates, **facts})


def device(
    kind: str = "window", *, at: datetime, site: Site | None = None, name: str = ""
) -> tuple[Device, str]:
    row = Device.objects.create(kind=kind, name=name or kind, site=site)
    return row, row.give_token(at=at)


def site(code: str = "caijun", name: str = "才俊咖啡") -> Site:
    from tests import factories

    return Site.objects.create(
        code=code, name=name, place=factories.place(), phone="021-12000500", hours="9:00-21:00"
    )

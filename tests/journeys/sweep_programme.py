"""Months in every state for the sweep: published with a cancelled evening, in draft with remarks, empty."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from typing import Any

from django.utils import timezone

from tests import factories
from yuanmeng.programme import copying, days
from yuanmeng.programme.models import LineUp

LONG = "社区嵌入式养老服务人才与家门口岗位双选会"


class Months:
    """A hall with its halves, three series, this month and two to come."""

    def __init__(self, editor: Any, manager: Any, at: datetime) -> None:
        self.editor, self.today = editor, timezone.localdate(at)
        self.site = factories.site()
        hall = factories.room("大厅", of=self.site, capacity=80)
        half = factories.room("活动室A", of=self.site, capacity=40, parent=hall)
        evening = {"begins": time(19), "ends": time(21), "weekdays": "1234567"}
        self.market = factories.event("求职夜市", room=hall, at=at, kind="night_market", **evening)
        factories.event("人才沙龙", room=half, at=at, weekdays="67", summary="每周一个话题。")
        self.fair = factories.event(LONG, room=half, at=at, kind="lecture", organiser=f"{LONG}组委会（示例）")
        self.coming = days.next_month(days.month_of(self.today))
        self.later = days.next_month(self.coming)
        out = self._month(self.coming, at)
        self.long = factories.session(self.fair, self.coming + timedelta(days=8), at=at, by=editor)
        factories.published(out, by=editor, reviewer=manager, at=at)
        self.off = out.sessions.filter(event=self.market)[3]
        self.off.cancel(by=editor, at=at, reason="场馆检修，次日照常。")
        draft = self._month(self.later, at)
        begin, end = days.span(self.later + timedelta(days=9), time(20, 30), time(22))
        draft.add(self.fair, begin, end, by=editor, at=at, place="东海样例大学（示例）就业中心", seats=120)

    def _month(self, month: Any, at: datetime) -> LineUp:
        line_up = LineUp.objects.of(self.site, month, at=at)
        copying.copy_month(line_up, by=self.editor, at=at)
        return line_up

    def office(self) -> list[str]:
        """The office's pages of it."""
        far = days.next_month(self.later)
        own = [
            f"?month={self.coming:%Y-%m}", f"?month={self.later:%Y-%m}",
            f"?month={self.later:%Y-%m}&view=list", f"?month={far:%Y-%m}",
            f"copying?month={far:%Y-%m}", "series/", "series/new",
            f"series/{self.fair.uid}/", "sessions/new", f"sessions/{self.long.uid}/",
            f"sessions/{self.off.uid}/",
        ]  # fmt: skip
        return [f"/office/programme/{path}" for path in own]

    def public(self) -> list[str]:
        """What everybody opens."""
        month = f"month={self.coming:%Y-%m}"
        return [
            "/programme/",
            f"/programme/?{month}",
            f"/programme/?{month}&kind=salon",
            self.long.path,
            self.off.path,
        ]

"""A window for each kind of content, for the sweep: each shows one thing, whatever else hangs."""

from __future__ import annotations

import io
from collections.abc import Iterator
from datetime import time, timedelta
from typing import TYPE_CHECKING, Any

from PIL import Image

from tests import factories
from tests.nouns import signage as hang
from yuanmeng.organisations.viewer import viewer_of
from yuanmeng.signage import images
from yuanmeng.signage.emergency import takeover

if TYPE_CHECKING:
    from tests.journeys.sweep_town import Street

LONG = "入职时被要求交押金、扣证件，或者工资迟迟不发，应该找谁？"
WORDS = (
    "用人单位招用劳动者，不得扣押居民身份证和其他证件，不得要求提供担保或收取财物。\n遇到这种情况，请告诉我们。\n"
    * 3
)


def of_each_kind(street: Street) -> Iterator[tuple[str, Any]]:
    """This will hang everything up and give (kind, window)."""
    at = street.at
    _courses(street)
    texts = {"body": WORDS, "valid_until": at + timedelta(days=3), "link": "/programme/"}
    facts: dict[str, dict[str, Any]] = {
        "vacancies": {}, "programme": {}, "courses": {},
        "policy": texts, "notice": texts, "image": {"file": _picture(at)},
    }  # fmt: skip
    for kind, more in facts.items():
        window, _token = hang.device(at=at, name=f"{kind} 窗")
        title = LONG if kind in {"policy", "notice"} else "家门口"
        content = hang.approved(title, at=at, kind=kind, seconds=120, **more)
        hang.hung(content, at=at, priority=9, devices=[window])
        yield kind, window
    window, _token = hang.device(at=at, name="应急窗")
    by = viewer_of(street.wang, on=street.today)
    takeover("请从东侧楼梯有序离开", minutes=60, by=by, at=at, body=WORDS, devices=[window])
    yield "emergency", window


def _courses(street: Street) -> None:
    """At the other site, whose months nobody else plans here."""
    room = factories.room("培训教室", of=factories.site("天山驿", "tianshan"), capacity=30)
    for title, hour in (("养老护理员初级班（含实操考核与上岗推荐）", 9), ("咖啡师初级班", 14)):
        hours = {"begins": time(hour), "ends": time(hour + 2)}
        course = factories.event(title, room=room, at=street.at, kind="course", summary="四次课。", **hours)
        for days in (1, 8):
            factories.session(course, street.today + timedelta(days=days), at=street.at, by=street.editor)
    for line_up in {row.line_up for row in room.sessions.all()}:
        factories.published(line_up, by=street.editor, reviewer=street.wang, at=street.at)


def _picture(at: Any) -> Any:
    out = io.BytesIO()
    Image.new("RGB", (1600, 900), "teal").save(out, "PNG")
    return images.take(io.BytesIO(out.getvalue()), by=hang.AUTHOR, at=at)

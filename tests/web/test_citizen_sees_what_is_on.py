"""What is on, for everybody: by day and kind, one session with its calendar file, the poster to print."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import pypdfium2
import pytest
from django.test import Client
from django.utils import timezone
from icalendar import Calendar

from tests import factories
from yuanmeng.programme.models import Event, Session
from yuanmeng.web.shared import paper

pytestmark = pytest.mark.django_db
DAY = date(2026, 12, 5)


@pytest.fixture(autouse=True)
def _now(monkeypatch: pytest.MonkeyPatch, at: datetime) -> None:
    monkeypatch.setattr(timezone, "now", lambda: at)


@pytest.fixture
def month(hall: Any, editor: Any, wang: Any, at: datetime) -> list[Session]:
    """A salon on two days, a lecture, and the night market of a week."""
    salon = factories.event("简历沙龙", room=hall, at=at, summary="一起改简历", organiser="样例运营（示例）")
    lecture = factories.event("政策讲座", room=hall, at=at, kind="lecture", begins=time(10), ends=time(11))
    market = factories.event(
        "求职夜市", room=hall, at=at, kind="night_market", begins=time(19), ends=time(21)
    )
    rows = [factories.session(salon, DAY + timedelta(days=n), at=at, by=editor) for n in (0, 7)]
    rows.append(factories.session(lecture, DAY, at=at, by=editor))
    rows += [factories.session(market, DAY + timedelta(days=n), at=at, by=editor) for n in range(7)]
    factories.published(rows[0].line_up, by=editor, reviewer=wang, at=at)
    return rows


def page(path: str, status: int = 200) -> str:
    answer = Client().get(path)
    assert answer.status_code == status
    return str(answer.content.decode())


def test_the_month_by_days_and_one_kind(month: list[Session]) -> None:
    shown = page("/programme/?month=2026-12").partition('data-testid="days"')[2]
    assert shown.index("政策讲座") < shown.index("简历沙龙") < shown.index("求职夜市")
    only = page("/programme/?month=2026-12&kind=lecture")
    assert "政策讲座" in only and "简历沙龙" not in only


def test_an_empty_month_says_where_to_look(month: list[Session]) -> None:
    shown = page("/programme/")
    assert "本月没有更多活动" in shown and "?month=2026-12" in shown


def test_the_first_page_names_the_next_three(month: list[Session], editor: Any, at: datetime) -> None:
    month[2].cancel(by=editor, at=at, reason="讲师请假")
    shown = page("/")
    assert shown.count("slot-card ") == 3 and "政策讲座" not in shown


def test_drafts_are_nowhere(hall: Any, editor: Any, at: datetime) -> None:
    row = factories.session(factories.event("草稿沙龙", room=hall, at=at), DAY, at=at, by=editor)
    assert "草稿沙龙" not in page("/programme/?month=2026-12")
    for path in (row.path, f"{row.path}calendar.ics", f"{row.path}qr.svg"):
        page(path, 404)
    page("/programme/poster.pdf?month=2026-12", 404)


def test_one_session_says_when_where_and_what(month: list[Session]) -> None:
    shown = page(month[0].path)
    for words in (
        "2026年12月5日",
        "14:00–15:30",
        "才俊咖啡 · 大厅",
        "一起改简历",
        "样例运营（示例）",
        "娄山关路500号",
        "免费",
    ):
        assert words in shown
    assert f"{month[1].path}" in shown  # the other date


def test_new_words_of_a_series_wait_for_publishing(month: list[Session], editor: Any, at: datetime) -> None:
    month[0].event.change(by=editor, at=at, organiser="别处", title="别名")
    shown = page(month[0].path)
    assert "别处" not in shown and "别名" not in shown


def test_a_cancelled_one_says_why(month: list[Session], editor: Any, at: datetime) -> None:
    month[0].cancel(by=editor, at=at, reason="场地维修")
    shown = page(month[0].path)
    assert "本场取消" in shown and "场地维修" in shown and "加入日历" not in shown


def test_words_are_words_and_never_markup(hall: Any, editor: Any, wang: Any, at: datetime) -> None:
    event = factories.event("<script>alert(1)</script>", room=hall, at=at)
    row = factories.session(event, DAY, at=at, by=editor)
    factories.published(row.line_up, by=editor, reviewer=wang, at=at)
    for path in (row.path, "/programme/?month=2026-12", "/"):
        assert "<script>alert" not in page(path)


def test_the_calendar_file_is_read_back_at_the_same_moment(
    month: list[Session], editor: Any, at: datetime
) -> None:
    answer = Client().get(f"{month[0].path}calendar.ics")
    assert answer.headers["Content-Type"].startswith("text/calendar")
    [entry] = Calendar.from_ical(answer.content).walk("VEVENT")
    assert entry.decoded("dtstart") == datetime(2026, 12, 5, 6, 0, tzinfo=UTC)  # 14:00 in Shanghai
    assert str(entry["summary"]) == "简历沙龙" and "大厅" in str(entry["location"])
    assert str(entry["status"]) == "CONFIRMED"
    month[0].cancel(by=editor, at=at, reason="场地维修")
    [entry] = Calendar.from_ical(Client().get(f"{month[0].path}calendar.ics").content).walk("VEVENT")
    assert str(entry["status"]) == "CANCELLED"


def test_the_code_opens_the_session(month: list[Session]) -> None:
    answer = Client().get(f"{month[0].path}qr.svg")
    assert answer.headers["Content-Type"] == "image/svg+xml" and b"<svg" in answer.content


def read(pdf: bytes) -> tuple[int, tuple[float, float], str]:
    """Pages, size in points, and the text of the first page."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        first = document[0]
        return len(document), first.get_size(), first.get_textpage().get_text_range()
    finally:
        document.close()


@pytest.mark.parametrize(("size", "wide", "high"), [("a3", 420, 297), ("a4", 210, 297)])
def test_the_poster_is_read_back_with_the_same_titles(
    month: list[Session], size: str, wide: int, high: int
) -> None:
    answer = Client().get(f"/programme/poster.pdf?month=2026-12&size={size}")
    assert answer.status_code == 200 and answer.headers["Content-Type"] == "application/pdf"
    pages, (width, height), words = read(answer.content)
    assert pages == 1
    assert (round(width / 72 * 25.4), round(height / 72 * 25.4)) == (wide, high)
    for title in ("活动排片", "简历沙龙", "政策讲座", "求职夜市", "示例", "2026年11月25日印制"):
        assert title in words


def test_what_is_on_every_day_is_one_banner(hall: Any, editor: Any, wang: Any, at: datetime) -> None:
    market = factories.event(
        "求职夜市", room=hall, at=at, kind="night_market", begins=time(19), ends=time(21), weekdays="1234567"
    )
    rows = [factories.session(market, date(2026, 12, n), at=at, by=editor) for n in range(1, 32)]
    factories.published(rows[0].line_up, by=editor, reviewer=wang, at=at)
    rows[23].refresh_from_db()
    rows[23].cancel(by=editor, at=at, reason="平安夜")
    _pages, _size, words = read(Client().get("/programme/poster.pdf?month=2026-12").content)
    assert words.count("求职夜市") == 3  # the banner, the cancelled evening, the key of colours
    assert "几乎每天" in words and "12月24日" in words and "取消" in words


def test_a_machine_without_typesetting_says_what_is_missing(
    month: list[Session], monkeypatch: pytest.MonkeyPatch
) -> None:
    def lacking() -> Any:
        raise paper.CannotPrint("缺少 weasyprint")

    monkeypatch.setattr(paper, "_weasyprint", lacking)
    monkeypatch.setattr(paper.cache, "get", lambda key: None)
    assert "缺少 weasyprint" in page("/programme/poster.pdf?month=2026-12", 409)


def test_nothing_is_fetched_while_a_poster_is_made(hall: Any, editor: Any, wang: Any, at: datetime) -> None:
    event = Event.objects.create(
        site=hall.site, room=hall, kind="other", title='<img src="http://127.0.0.1:9/x.png">', made_at=at,
        begins=time(9), ends=time(10),
    )  # fmt: skip
    row = factories.session(event, DAY, at=at, by=editor)
    factories.published(row.line_up, by=editor, reviewer=wang, at=at)
    _pages, _size, words = read(Client().get("/programme/poster.pdf?month=2026-12").content)
    assert "<i" in words  # set as words, letter by letter

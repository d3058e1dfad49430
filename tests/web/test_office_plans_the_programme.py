"""The office's programme: an editor writes, refusals stand beside their field, a manager publishes."""

from __future__ import annotations

from datetime import date, datetime, time
from io import BytesIO
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from openpyxl import load_workbook

from tests import factories
from yuanmeng.programme.models import Event, LineUp, Session

pytestmark = pytest.mark.django_db
MONTH = "/office/programme/?site=caijun&month=2026-12"
DAY = date(2026, 12, 5)


@pytest.fixture(autouse=True)
def _now(monkeypatch: pytest.MonkeyPatch, at: datetime) -> None:
    monkeypatch.setattr(timezone, "now", lambda: at)


@pytest.fixture
def salon(hall: Any, at: datetime) -> Event:
    return factories.event("简历沙龙", room=hall, at=at, weekdays="67")


def browser(user: Any) -> Client:
    client = Client()
    client.force_login(user)
    return client


def text(client: Client, path: str, status: int = 200) -> str:
    answer = client.get(path)
    assert answer.status_code == status, answer.status_code
    return str(answer.content.decode())


def filled(salon: Event, **facts: str) -> dict[str, str]:
    usual = {"event": salon.uid, "day": "2026-12-05", "room": "usual", "site": "caijun", "month": "2026-12"}
    return usual | facts


def test_before_there_is_a_space_it_says_so(editor: Any) -> None:
    assert "还没有空间" in text(browser(editor), "/office/programme/")


def test_looking_at_an_empty_month_begins_nothing(salon: Event, editor: Any) -> None:
    page = text(browser(editor), MONTH)
    assert "本月还没有场次" in page and "未开始" in page
    assert not LineUp.objects.exists()


def test_a_session_takes_what_is_usual_where_nothing_is_said(salon: Event, editor: Any) -> None:
    client = browser(editor)
    answer = client.post("/office/programme/sessions/new", filled(salon))
    assert answer.status_code == 302 and answer.headers["Location"] == MONTH
    row = Session.objects.get()
    assert (row.room, row.seats, timezone.localtime(row.starts_at).time()) == (salon.room, 30, time(14))
    page = text(client, MONTH)
    assert "简历沙龙" in page and "草稿" in page


def test_a_taken_room_is_said_in_the_form_and_what_was_written_stays(salon: Event, editor: Any) -> None:
    client = browser(editor)
    client.post("/office/programme/sessions/new", filled(salon))
    other = Event.objects.create(
        site=salon.site, room=salon.room, kind="lecture", title="政策讲座", made_at=salon.made_at,
        begins=time(15), ends=time(16),
    )  # fmt: skip
    answer = client.post("/office/programme/sessions/new", filled(other, title="第一讲"))
    said = answer.content.decode()
    assert answer.status_code == 422
    assert "“第一讲”" in said and "“简历沙龙”" in said and 'value="第一讲"' in said
    assert Session.objects.count() == 1


def test_two_taps_add_one_session(salon: Event, editor: Any) -> None:
    client, once = browser(editor), "0" * 32
    for _tap in range(2):
        client.post("/office/programme/sessions/new", filled(salon, once=once))
    assert Session.objects.count() == 1


def test_outside_needs_its_place(salon: Event, editor: Any) -> None:
    client = browser(editor)
    answer = client.post("/office/programme/sessions/new", filled(salon, room="outside"))
    assert answer.status_code == 422 and "请填写外部地点" in answer.content.decode()
    client.post("/office/programme/sessions/new", filled(salon, room="outside", place="东海样例大学（示例）"))
    assert Session.objects.get().where == "东海样例大学（示例）"


def test_copying_is_looked_at_first(salon: Event, editor: Any) -> None:
    client = browser(editor)
    path = "/office/programme/copying?site=caijun&month=2026-12"
    assert "将添加 8 场" in text(client, path)
    assert not LineUp.objects.exists()
    client.post(path, {"site": "caijun", "month": "2026-12"})
    assert Session.objects.count() == 8
    assert "没有可添加的场次" in text(client, path)


def test_the_manager_reads_writes_nothing_and_publishes(
    salon: Event, editor: Any, wang: Any, at: datetime
) -> None:
    row = factories.session(salon, DAY, at=at, by=editor)
    client, manager = browser(editor), browser(wang)
    path = f"/office/programme/{row.line_up.uid}/answer"
    assert manager.get("/office/programme/sessions/new").status_code == 404
    assert manager.post(f"/office/programme/sessions/{row.uid}/", {}).status_code == 404
    assert client.post(path, {"answer": "publish"}).status_code == 404
    client.post(path, {"answer": "submit"})
    assert "待审核的排片" in text(manager, "/office/")
    assert manager.get("/office/programme/?waiting=1").headers["Location"] == MONTH
    manager.post(path, {"answer": "return", "reason": "请补充场地"})
    assert "请补充场地" in text(client, MONTH)
    client.post(path, {"answer": "submit"})
    manager.post(path, {"answer": "review"})
    manager.post(path, {"answer": "publish"})
    row.refresh_from_db()
    assert row.state == "published"


def test_who_wrote_and_manages_too_is_sent_to_a_colleague(
    salon: Event, editor: Any, wang: Any, at: datetime
) -> None:
    row = factories.session(salon, DAY, at=at, by=wang)
    row.line_up.submit(by=editor, at=at)
    manager = browser(wang)
    assert "请交由同事审核" in text(manager, MONTH)
    answer = manager.post(f"/office/programme/{row.line_up.uid}/answer", {"answer": "review"}, follow=True)
    assert "不能审核" in answer.content.decode()


def test_a_public_session_is_cancelled_with_a_reason(
    salon: Event, editor: Any, wang: Any, at: datetime
) -> None:
    row = factories.session(salon, DAY, at=at, by=editor)
    factories.published(row.line_up, by=editor, reviewer=wang, at=at)
    client = browser(editor)
    path = f"/office/programme/sessions/{row.uid}/"
    assert "取消原因" in text(client, path)
    client.post(f"{path}cancellation", {"reason": "场地维修"})
    assert "场地维修" in text(client, path)
    assert "发布后有改动" in text(client, MONTH)


def test_conflicts_and_gaps_are_listed(salon: Event, editor: Any, at: datetime) -> None:
    factories.session(salon, DAY, at=at, by=editor)
    page = text(browser(editor), MONTH)
    assert "没有活动：12月1日–12月4日" in page


def test_a_series_is_begun_changed_and_ended(hall: Any, editor: Any) -> None:
    client = browser(editor)
    facts = {
        "kind": "night_market", "title": "求职夜市", "room": hall.uid, "begins": "19:00", "ends": "21:00",
        "weekdays": ["1", "2", "3", "4", "5", "6", "7"], "site": "caijun",
    }  # fmt: skip
    client.post("/office/programme/series/new", facts)
    row = Event.objects.get()
    assert (row.weekdays, row.room) == ("1234567", hall)
    assert "每天" in text(client, "/office/programme/series/?site=caijun")
    path = f"/office/programme/series/{row.uid}/"
    client.post(path, facts | {"title": "就业夜市", "weekdays": ["6", "7"]})
    row.refresh_from_db()
    assert (row.title, row.weekdays) == ("就业夜市", "67")
    client.post(f"{path}end")
    assert "还没有活动系列" in text(client, "/office/programme/series/?site=caijun")


def test_the_month_goes_into_a_table(salon: Event, editor: Any, at: datetime) -> None:
    factories.session(salon, DAY, at=at, by=editor, note="=1+1")
    answer = browser(editor).get("/office/programme/list?site=caijun&month=2026-12")
    [titles, line] = load_workbook(BytesIO(answer.content)).active.iter_rows(values_only=True)
    assert titles[:5] == ("日期", "时间", "类别", "名称", "场地")
    assert line[:5] == ("2026-12-05", "14:00–15:30", "人才沙龙", "简历沙龙", "大厅") and line[10] == "=1+1"


@pytest.mark.parametrize("said", ["2026-13", "x", "1999-01", "2026-12-01"])
def test_a_strange_month_is_this_month(salon: Event, editor: Any, said: str) -> None:
    assert "2026年11月" in text(browser(editor), f"/office/programme/?month={said}")

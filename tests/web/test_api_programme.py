"""The public programme: published sessions only, by day, in the reader's language, sent once."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.utils import timezone

from tests import factories
from tests.web.api import Caller, problem
from yuanmeng.programme.models import LineUp, Session

pytestmark = pytest.mark.django_db
DAY = date(2026, 12, 5)


@pytest.fixture(autouse=True)
def _now(monkeypatch: pytest.MonkeyPatch, at: datetime) -> None:
    monkeypatch.setattr(timezone, "now", lambda: at)


@pytest.fixture
def evening(hall: Any, editor: Any, wang: Any, at: datetime) -> Session:
    salon = factories.event("简历沙龙", room=hall, at=at, title_en="Résumé salon", summary="一起改简历")
    row = factories.session(salon, DAY, at=at, by=editor, note="投影仪要借")
    factories.published(row.line_up, by=editor, reviewer=wang, at=at)
    return row


def test_a_session_says_what_when_and_where(evening: Session) -> None:
    told = Caller().json("/programme")
    assert (told["from"], told["to"]) == ("2026-11-25", "2026-12-25")
    [row] = told["sessions"]
    assert row == {
        "uid": evening.uid, "event_uid": evening.event.uid, "kind": "salon", "kind_label": "人才沙龙",
        "title": "简历沙龙", "starts_at": "2026-12-05T14:00:00+08:00", "ends_at": "2026-12-05T15:30:00+08:00",
        "place": "才俊咖啡", "room": "大厅", "summary": "一起改简历", "seats": 30,
        "url": f"/programme/{evening.uid}/", "state": "published",
    }  # fmt: skip


def test_drafts_and_notes_are_nowhere(evening: Session, editor: Any, at: datetime) -> None:
    factories.session(evening.event, DAY + timedelta(days=1), at=at, by=editor)
    answer = Caller().get("/programme").content.decode()
    assert answer.count('"uid"') == 1 and "投影仪" not in answer and "su" not in answer.split('"sessions"')[0]


def test_a_cancelled_session_stays_with_its_mark(evening: Session, editor: Any, at: datetime) -> None:
    evening.cancel(by=editor, at=at, reason="主讲人生病")
    [row] = Caller().json("/programme")["sessions"]
    assert row["state"] == "cancelled"


def test_days_and_kind_narrow_it(evening: Session) -> None:
    everybody = Caller()
    assert everybody.json("/programme?from=2026-12-05&days=1")["sessions"]
    assert not everybody.json("/programme?from=2026-12-06&days=10")["sessions"]
    assert not everybody.json("/programme?kind=night_market")["sessions"]
    assert everybody.json("/programme?kind=salon&lang=en")["sessions"][0]["title"] == "Résumé salon"


def test_what_is_unchanged_is_not_sent_again(evening: Session, editor: Any, at: datetime) -> None:
    everybody = Caller()
    tag = everybody.get("/programme")["ETag"]
    assert everybody.get("/programme", **{"If-None-Match": tag}).status_code == 304
    evening.change(by=editor, at=at, seats=12)
    assert everybody.get("/programme", **{"If-None-Match": tag}).status_code == 200


@pytest.mark.parametrize(
    ("query", "field"),
    [
        ("from=morgen", "from"), ("days=0", "days"), ("days=93", "days"), ("days=²", "days"),
        ("kind=ball", "kind"), ("page=2", "page"),
    ],
)  # fmt: skip
def test_a_senseless_question_is_told_so(db: Any, query: str, field: str) -> None:
    assert problem(Caller().get(f"/programme?{query}"), 422)["field"] == field


def test_one_question_to_the_database_however_many_sessions(
    evening: Session, editor: Any, wang: Any, at: datetime, django_assert_max_num_queries: Any
) -> None:
    line_up = LineUp.objects.get(pk=evening.line_up_id)
    for n in range(1, 9):
        factories.session(evening.event, DAY + timedelta(days=n), at=at, by=editor)
    factories.published(line_up, by=editor, reviewer=wang, at=at)
    everybody = Caller()
    everybody.get("/programme")
    with django_assert_max_num_queries(4):
        assert len(everybody.json("/programme")["sessions"]) == 9

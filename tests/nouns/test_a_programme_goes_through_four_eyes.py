"""The month's line-up: drafted, reviewed by somebody else, published, changed; words wait, times do not."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.utils import translation

from tests import factories
from yuanmeng.core.errors import MoveRefused, Refused
from yuanmeng.core.models import EventRow, Step
from yuanmeng.programme import days
from yuanmeng.programme.models import LINE_UP_MOVES, Event, LineUp, Session

pytestmark = pytest.mark.django_db
DAY = date(2026, 12, 5)


@pytest.fixture
def salon(hall: Any, at: datetime) -> Event:
    return factories.event("简历沙龙", room=hall, at=at, title_en="Résumé salon", summary="一起改简历")


@pytest.fixture
def evening(salon: Event, editor: Any, at: datetime) -> Session:
    return factories.session(salon, DAY, at=at, by=editor)


@pytest.fixture
def out(evening: Session, editor: Any, wang: Any, at: datetime) -> LineUp:
    return factories.published(evening.line_up, by=editor, reviewer=wang, at=at)


def state(row: Any) -> str:
    row.refresh_from_db()
    return str(row.state)


def test_nothing_is_public_before_the_second_person_publishes(
    evening: Session, editor: Any, wang: Any, at: datetime
) -> None:
    assert not Session.objects.public().exists()
    line_up = evening.line_up
    line_up.submit(by=editor, at=at)
    assert not Session.objects.public().exists()
    line_up.review(by=wang, at=at)
    assert not Session.objects.public().exists()
    assert line_up.publish(by=wang, at=at) == 1
    assert list(Session.objects.public()) == [evening]
    kinds = [*EventRow.objects.order_by("id").values_list("kind", flat=True)]
    assert kinds[-2:] == ["session.published", "programme.published"]
    assert [*Step.of(line_up).values_list("new", flat=True)] == ["submitted", "reviewed", "published"]


def test_whoever_wrote_does_not_review(evening: Session, editor: Any, chen: Any, at: datetime) -> None:
    line_up = evening.line_up
    line_up.submit(by=chen, at=at)
    for hand in (editor, chen):
        with pytest.raises(Refused, match="同事"):
            line_up.review(by=hand, at=at)
    with pytest.raises(IntegrityError), transaction.atomic():
        LineUp.objects.update(reviewed_by=chen.actor_key)


def test_what_is_edited_after_the_review_goes_back(
    evening: Session, editor: Any, wang: Any, at: datetime
) -> None:
    line_up = evening.line_up
    line_up.submit(by=editor, at=at)
    line_up.review(by=wang, at=at)
    evening.change(by=editor, at=at, seats=12)
    assert state(line_up) == "draft" and line_up.reviewed_by == ""
    with pytest.raises(MoveRefused):
        line_up.publish(by=wang, at=at)
    assert not Session.objects.public().exists()


def test_the_reviewer_gives_it_back_with_a_reason(
    evening: Session, editor: Any, wang: Any, at: datetime
) -> None:
    line_up = evening.line_up
    with pytest.raises(Refused):
        line_up.return_back(by=wang, at=at, reason="还没送审")
    line_up.submit(by=editor, at=at)
    with pytest.raises(Refused):
        line_up.return_back(by=wang, at=at, reason=" ")
    line_up.return_back(by=wang, at=at, reason="沙龙请换到周日")
    assert state(line_up) == "draft" and line_up.reason == "沙龙请换到周日"


def test_a_moved_time_shows_at_once_and_new_words_wait(
    out: LineUp, evening: Session, salon: Event, editor: Any, wang: Any, at: datetime
) -> None:
    evening.refresh_from_db()
    later = evening.starts_at + timedelta(hours=1)
    evening.change(by=editor, at=at, starts_at=later, ends_at=later + timedelta(hours=1), title="面试沙龙")
    [shown] = Session.objects.public()
    assert shown.starts_at == later and shown.shown_title == "简历沙龙" and str(shown) == "面试沙龙"
    assert state(out) == "changed"
    assert EventRow.objects.filter(kind="session.moved").count() == 1
    factories.published(out, by=editor, reviewer=wang, at=at)
    assert Session.objects.public()[0].shown_title == "面试沙龙"


def test_new_words_of_a_series_wait_too(
    out: LineUp, salon: Event, editor: Any, wang: Any, at: datetime
) -> None:
    salon.change(by=editor, at=at, seats=20)
    assert state(out) == "published"  # what changes no word changes no screen
    salon.change(by=editor, at=at, title="求职茶座", summary="坐下来聊")
    assert state(out) == "changed"
    assert Session.objects.public()[0].shown_title == "简历沙龙"
    factories.published(out, by=editor, reviewer=wang, at=at)
    shown = Session.objects.public()[0]
    assert (shown.shown_title, shown.shown_summary) == ("求职茶座", "坐下来聊")


def test_a_cancelled_one_says_so_at_once_with_a_reason(
    out: LineUp, evening: Session, editor: Any, at: datetime
) -> None:
    with pytest.raises(Refused):
        evening.cancel(by=editor, at=at)
    evening.cancel(by=editor, at=at, reason="主讲人生病")
    [shown] = Session.objects.public()
    assert (shown.state, shown.reason) == ("cancelled", "主讲人生病")
    assert state(out) == "changed"
    with pytest.raises(Refused):
        evening.change(by=editor, at=at, seats=3)


def test_a_draft_that_is_dropped_was_never_public(evening: Session, editor: Any, at: datetime) -> None:
    evening.cancel(by=editor, at=at)
    assert not Session.objects.public().exists()


def test_english_readers_read_english_where_it_is_written(out: LineUp, evening: Session) -> None:
    [shown] = Session.objects.public()
    with translation.override("en"):
        assert (shown.shown_title, shown.shown_summary) == ("Résumé salon", "一起改简历")


@pytest.mark.parametrize(
    ("day", "begins", "length", "field"),
    [
        (date(2027, 1, 1), time(9), 1, "day"),
        (DAY, time(9), 0, "ends"),
        (DAY, time(9), 25, "ends"),
    ],
)
def test_senseless_spans_are_refused(
    evening: Session,
    salon: Event,
    editor: Any,
    at: datetime,
    day: date,
    begins: time,
    length: int,
    field: str,
) -> None:
    begin = days.moment(day, begins)
    with pytest.raises(Refused) as refusal:
        evening.line_up.add(salon, begin, begin + timedelta(hours=length), by=editor, at=at)
    assert refusal.value.field == field


def test_the_past_is_left_alone(salon: Event, editor: Any, at: datetime) -> None:
    with pytest.raises(Refused):
        factories.session(salon, at.date() - timedelta(days=3), at=at, by=editor)
    row = factories.session(salon, DAY, at=at, by=editor)
    for act in (row.cancel, row.change):
        with pytest.raises(Refused):
            act(by=editor, at=at + timedelta(days=30))


def test_an_empty_month_and_one_that_is_over_are_not_handed_in(
    hall: Any, evening: Session, editor: Any, at: datetime
) -> None:
    empty = LineUp.objects.of(hall.site, date(2027, 2, 1), at=at)
    with pytest.raises(Refused):
        empty.submit(by=editor, at=at)
    with pytest.raises(Refused):
        evening.line_up.submit(by=editor, at=at + timedelta(days=60))


def test_every_state_can_be_left_and_none_by_two_steps() -> None:
    assert set(LINE_UP_MOVES) == set().union(*LINE_UP_MOVES.values())

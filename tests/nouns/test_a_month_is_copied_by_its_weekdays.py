"""June → July by weekday rules: night market daily, salon at the weekend; lengths of months differ."""

from __future__ import annotations

from collections import Counter
from datetime import date, datetime, time
from typing import Any

import pytest
from django.utils import timezone

from tests import factories
from tests.conftest import SHANGHAI
from yuanmeng.core.errors import Refused
from yuanmeng.programme import copying, days
from yuanmeng.programme.findings import findings
from yuanmeng.programme.models import Event, LineUp

pytestmark = pytest.mark.django_db
JUNE, JULY = date(2027, 6, 1), date(2027, 7, 1)


@pytest.fixture
def may() -> datetime:
    return datetime(2027, 5, 20, 10, 0, tzinfo=SHANGHAI)


@pytest.fixture
def series(hall: Any, may: datetime) -> dict[str, Event]:
    half = hall.site.rooms.get(name="活动室A")
    evening = {"begins": time(19), "ends": time(21)}
    return {
        "market": factories.event(
            "求职夜市", room=hall, at=may, kind="night_market", weekdays="1234567", **evening
        ),
        "salon": factories.event("人才沙龙", room=half, at=may, weekdays="67"),
        "lecture": factories.event(
            "政策讲座", room=half, at=may, kind="lecture", begins=time(10), ends=time(11)
        ),
    }


@pytest.fixture
def june(series: dict[str, Event], editor: Any, may: datetime) -> LineUp:
    line_up = LineUp.objects.of(series["market"].site, JUNE, at=may)
    copying.copy_month(line_up, by=editor, at=may)
    factories.session(series["lecture"], date(2027, 6, 9), at=may, by=editor)
    return line_up


def july_of(june: LineUp, at: datetime) -> LineUp:
    return LineUp.objects.of(june.site, JULY, at=at)


def test_a_month_is_made_from_the_weekly_rules_alone(june: LineUp) -> None:
    per_kind = Counter(june.sessions.values_list("event__kind", flat=True))
    assert per_kind == {"night_market": 30, "salon": 8, "lecture": 1}


def test_july_has_one_night_more_and_its_own_weekends(june: LineUp, editor: Any, may: datetime) -> None:
    july = july_of(june, may)
    plan = copying.plan(july, at=may)
    assert not july.sessions.exists()  # looking makes nothing
    made = copying.copy_month(july, by=editor, at=may)
    assert [(str(e), n) for e, n in made.counts] == [(str(e), n) for e, n in plan.counts]
    per_kind = Counter(july.sessions.values_list("event__kind", flat=True))
    assert per_kind == {"night_market": 31, "salon": 9}
    weekdays = {row.day.isoweekday() for row in july.sessions.filter(event__kind="salon")}
    assert weekdays == {6, 7}
    assert [(left.event.title, left.day) for left in made.left] == [("政策讲座", None)]


def test_copying_twice_makes_nothing_twice(june: LineUp, editor: Any, may: datetime) -> None:
    july = july_of(june, may)
    copying.copy_month(july, by=editor, at=may)
    before = july.sessions.count()
    with pytest.raises(Refused):
        copying.copy_month(july, by=editor, at=may)
    assert july.sessions.count() == before


def test_what_was_cancelled_there_is_not_made_again(june: LineUp, editor: Any, may: datetime) -> None:
    july = july_of(june, may)
    copying.copy_month(july, by=editor, at=may)
    july.sessions.order_by("starts_at")[0].cancel(by=editor, at=may)
    assert copying.plan(july, at=may).made == []


def test_the_usual_time_is_copied_and_an_exception_is_not(june: LineUp, editor: Any, may: datetime) -> None:
    for day, hour in ((5, 15), (12, 15), (19, 15), (26, 9)):  # the Saturdays
        row = june.sessions.get(event__kind="salon", starts_at__date=date(2027, 6, day))
        begin, end = days.span(row.day, time(hour), time(hour + 1))
        row.change(by=editor, at=may, starts_at=begin, ends_at=end)
    july = july_of(june, may)
    copying.copy_month(july, by=editor, at=may)
    hours = {
        (row.day.isoweekday(), timezone.localtime(row.starts_at).hour)
        for row in july.sessions.filter(event__kind="salon")
    }
    assert hours == {(6, 15), (7, 14)}


def test_what_would_meet_another_is_left_with_both_names(
    june: LineUp, series: dict[str, Event], editor: Any, may: datetime
) -> None:
    july = july_of(june, may)
    begin, end = days.span(date(2027, 7, 3), time(20), time(22))
    july.add(series["lecture"], begin, end, by=editor, at=may)
    made = copying.copy_month(july, by=editor, at=may)
    [left] = [left for left in made.left if left.day]
    assert left.day == date(2027, 7, 3) and "求职夜市" in left.why and "政策讲座" in left.why
    assert july.sessions.filter(event__kind="night_market").count() == 30


def test_days_that_are_over_are_left(june: LineUp, editor: Any, may: datetime) -> None:
    mid_july = datetime(2027, 7, 20, 22, 0, tzinfo=SHANGHAI)
    july = july_of(june, may)
    made = copying.copy_month(july, by=editor, at=mid_july)
    assert min(row.day for row in made.made) == date(2027, 7, 21)


def test_february_to_march_and_a_leap_year(series: dict[str, Event], editor: Any, may: datetime) -> None:
    site = series["market"].site
    for month, nights in ((date(2028, 2, 1), 29), (date(2028, 3, 1), 31), (date(2029, 2, 1), 28)):
        line_up = LineUp.objects.of(site, month, at=may)
        copying.copy_month(line_up, by=editor, at=may)
        assert line_up.sessions.filter(event__kind="night_market").count() == nights


def test_warnings_tell_and_do_not_block(
    june: LineUp, series: dict[str, Event], editor: Any, may: datetime
) -> None:
    assert findings(june, at=may) == []
    june.sessions.get(event__kind="night_market", starts_at__date=date(2027, 6, 8)).cancel(by=editor, at=may)
    begin, end = days.span(date(2027, 6, 9), time(21), time(22))
    june.add(series["lecture"], begin, end, by=editor, at=may, seats=90)
    found = {one.kind: one for one in findings(june, at=may)}
    assert set(found) == {"empty", "hours", "twice", "seats"}
    assert found["empty"].days == (date(2027, 6, 8),)
    assert not any(one.blocks for one in found.values())
    june.refresh_from_db()
    june.submit(by=editor, at=may)


def test_a_hall_made_of_rooms_later_brings_conflicts_to_light(
    june: LineUp, series: dict[str, Event], editor: Any, may: datetime
) -> None:
    apart = factories.room("走廊", of=june.site)
    begin, end = days.span(date(2027, 6, 10), time(19), time(20))
    june.add(series["lecture"], begin, end, by=editor, at=may, room=apart)
    apart.parent = series["market"].room
    apart.save()
    june.refresh_from_db()
    with pytest.raises(Refused, match="政策讲座"):
        june.submit(by=editor, at=may)


def test_days_in_a_row_are_one_remark(series: dict[str, Event], editor: Any, may: datetime) -> None:
    factories.session(series["market"], date(2027, 6, 15), at=may, by=editor)
    line_up = LineUp.objects.get(month=JUNE)
    assert [len(one.days) for one in findings(line_up, at=may)] == [14, 15]

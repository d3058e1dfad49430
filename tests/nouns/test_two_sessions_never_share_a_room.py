"""One room, one session: refused at save with both names, also for a hall and its half, also at once."""

from __future__ import annotations

import threading
from datetime import date, datetime, time, timedelta
from typing import Any

import pytest
from django.db import connection, connections
from django.utils import timezone

from tests import factories
from yuanmeng.core.errors import Refused
from yuanmeng.places.models import Room
from yuanmeng.programme import days
from yuanmeng.programme.guard import RoomTaken
from yuanmeng.programme.models import LineUp, Session

pytestmark = pytest.mark.django_db
DAY = date(2026, 12, 5)


@pytest.fixture
def rooms(hall: Any) -> dict[str, Room]:
    return {room.name[-1]: room for room in hall.site.rooms.all()}


def at_two(
    hall: Any, rooms: dict[str, Room], room: str, *, by: Any, at: datetime, title: str = "沙龙"
) -> Session:
    event = factories.event(title, room=hall, at=at)
    return factories.session(event, DAY, at=at, by=by, room=rooms[room])


def test_a_second_session_in_a_room_is_refused_with_both_names(
    hall: Any, rooms: dict[str, Room], editor: Any, at: datetime
) -> None:
    at_two(hall, rooms, "A", by=editor, at=at, title="简历沙龙")
    with pytest.raises(RoomTaken) as refusal:
        at_two(hall, rooms, "A", by=editor, at=at, title="茶话会")
    assert "茶话会" in str(refusal.value) and "简历沙龙" in str(refusal.value)
    assert "14:00–15:30" in str(refusal.value) and "活动室A" in str(refusal.value)
    assert Session.objects.count() == 1


@pytest.mark.parametrize(("first", "second"), [("厅", "A"), ("B", "厅"), ("厅", "厅")])
def test_a_hall_and_its_half_are_one_place(
    hall: Any, rooms: dict[str, Room], editor: Any, at: datetime, first: str, second: str
) -> None:
    at_two(hall, rooms, first, by=editor, at=at)
    with pytest.raises(RoomTaken):
        at_two(hall, rooms, second, by=editor, at=at)


def test_the_two_halves_stand_side_by_side(
    hall: Any, rooms: dict[str, Room], editor: Any, at: datetime
) -> None:
    at_two(hall, rooms, "A", by=editor, at=at)
    at_two(hall, rooms, "B", by=editor, at=at)
    assert Session.objects.count() == 2


def test_spans_are_half_open(hall: Any, editor: Any, at: datetime) -> None:
    early = factories.event("早场", room=hall, at=at, begins=time(14), ends=time(15))
    late = factories.event("晚场", room=hall, at=at, begins=time(15), ends=time(16))
    factories.session(early, DAY, at=at, by=editor)
    assert factories.session(late, DAY, at=at, by=editor).pk


def test_a_session_may_pass_midnight_and_meets_the_next_morning(hall: Any, editor: Any, at: datetime) -> None:
    night = factories.event("夜话", room=hall, at=at, begins=time(22), ends=time(1))
    row = factories.session(night, DAY, at=at, by=editor)
    assert row.day == DAY and timezone.localtime(row.ends_at).date() == DAY + timedelta(days=1)
    small_hours = factories.event("守夜", room=hall, at=at, begins=time(0, 30), ends=time(2))
    with pytest.raises(RoomTaken):
        factories.session(small_hours, DAY + timedelta(days=1), at=at, by=editor)


def test_moving_into_a_taken_room_is_refused_and_nothing_moves(
    hall: Any, rooms: dict[str, Room], editor: Any, at: datetime
) -> None:
    at_two(hall, rooms, "A", by=editor, at=at)
    row = at_two(hall, rooms, "B", by=editor, at=at)
    with pytest.raises(RoomTaken):
        row.change(by=editor, at=at, room=hall)
    row.refresh_from_db()
    assert row.room == rooms["B"]
    row.change(by=editor, at=at, starts_at=row.starts_at + timedelta(minutes=30))  # itself is no obstacle
    assert timezone.localtime(row.starts_at).hour == 14


def test_a_cancelled_session_leaves_its_room(
    hall: Any, rooms: dict[str, Room], editor: Any, at: datetime
) -> None:
    at_two(hall, rooms, "A", by=editor, at=at).cancel(by=editor, at=at)
    assert at_two(hall, rooms, "厅", by=editor, at=at).pk


def test_a_part_has_no_parts_and_lies_in_the_same_space(hall: Any, rooms: dict[str, Room]) -> None:
    with pytest.raises(Refused):
        factories.room("隔间", of=hall.site, parent=rooms["A"])
    with pytest.raises(Refused):
        factories.room("分厅", of=factories.site("天山驿", "tianshan"), parent=hall)


@pytest.mark.django_db(transaction=True)
def test_of_many_who_press_at_once_one_gets_the_hall(hall: Any, editor: Any, at: datetime) -> None:
    """Eight clerks, the hall and its two halves: whatever stands afterwards stands apart."""
    rooms = list(hall.site.rooms.order_by("pk"))
    event = factories.event("抢场", room=hall, at=at)
    line_up = LineUp.objects.of(hall.site, DAY, at=at)
    gate, told = threading.Barrier(8), []

    def press(room: Room) -> None:
        try:
            gate.wait()
            LineUp.objects.get(pk=line_up.pk).add(
                event, *days.span(DAY, time(14), time(15)), by=editor, at=at, room=room
            )
            told.append("in")
        except RoomTaken:
            told.append("taken")
        except Exception as surprise:  # said by the assertion below, not lost in a thread
            told.append(repr(surprise))
        finally:
            connections.close_all()

    clerks = [threading.Thread(target=press, args=(rooms[n % len(rooms)],)) for n in range(8)]
    for clerk in clerks:
        clerk.start()
    for clerk in clerks:
        clerk.join()
    assert set(told) == {"in", "taken"}, told
    stand = list(Session.objects.select_related("room"))
    assert told.count("in") == len(stand) in {1, 2}
    assert not any(a.room.shares(b.room) for a in stand for b in stand if a.room and b.room and a != b)
    assert connection.vendor in {"sqlite", "postgresql"}

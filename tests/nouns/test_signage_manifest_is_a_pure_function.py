"""The manifest is a pure function of what was placed and of the local day: the same rows, the same bytes."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from yuanmeng.signage.manifest import (
    File,
    Item,
    Screen,
    Window,
    canonical,
    hash_of,
    manifest,
    planned_plays,
    showing,
    shown_at,
)

ZONE, DAY = ZoneInfo("Asia/Shanghai"), date(2026, 11, 25)  # a Wednesday
START = datetime(2026, 11, 25, tzinfo=ZONE)
# The first draws are slow where several suites share a machine.
quick = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
SCREEN = Screen("d" * 32, {"orientation": "landscape"}, {"name": "才俊咖啡"})


def made(*windows: Window, day: date = DAY) -> dict[str, Any]:
    return manifest(SCREEN, windows, day=day, zone=ZONE)


def item(name: str = "a", **facts: Any) -> Item:
    return Item(name, "notice", 10, title=name, **facts)


def window(name: str = "p", *items: Item, **facts: Any) -> Window:
    days = {"from_on": DAY - timedelta(days=9), "to_on": DAY + timedelta(days=9)}
    return Window(name, items=items or (item(),), **{**days, **facts})


def spans(said: dict[str, Any]) -> list[tuple[str, str]]:
    return [(entry["from"][5:16], entry["to"][5:16]) for entry in said["entries"]]


def at_clock(hours: float) -> datetime:
    return START + timedelta(hours=hours)


moments = st.none() | st.integers(-30, 100).map(at_clock)
times = st.integers(0, 23).map(time)
items = st.builds(
    lambda name, seconds, first, length, file: Item(
        name, "notice", seconds, title=name, valid_from=first,
        valid_until=first + timedelta(hours=length) if first else None,
        file=File(file * 64, f"/windows/files/{file * 64}", 9, "image/png") if file else None,
    ),
    st.sampled_from("abcdef"), st.integers(5, 90), moments, st.integers(1, 60),
    st.sampled_from(["", "a", "b"]),
)  # fmt: skip


@st.composite
def windows(draw: Any) -> list[Window]:
    count = draw(st.integers(0, 5))
    return [
        Window(
            placement=str(number), from_on=DAY + timedelta(days=draw(st.integers(-3, 2))),
            to_on=DAY + timedelta(days=draw(st.integers(2, 5))),
            items=tuple(draw(st.lists(items, min_size=1, max_size=3))),
            weekdays=draw(st.integers(1, 127)), starts=draw(times), ends=draw(times),
            priority=draw(st.integers(0, 9)), interrupt=draw(st.booleans()), ends_at=at_clock(50),
        )
        for number in range(count)
    ]  # fmt: skip


@quick
@given(windows(), st.randoms())
def test_the_order_of_the_rows_changes_nothing(rows: list[Window], dice: Any) -> None:
    shuffled = list(rows)
    dice.shuffle(shuffled)
    assert canonical(made(*rows)) == canonical(made(*shuffled))


@quick
@given(windows())
def test_its_hash_is_over_everything_else(rows: list[Window]) -> None:
    said = made(*rows)
    assert said["hash"] == hash_of(json.loads(canonical(said)))
    assert "now" not in said and said["from"].startswith("2026-11-25T00:00:00")


@quick
@given(windows())
def test_every_entry_lies_in_the_horizon_and_shows_something(rows: list[Window]) -> None:
    said = made(*rows)
    for entry in said["entries"]:
        assert said["from"] <= entry["from"] < entry["to"] <= said["until"]
        assert entry["items"]


@quick
@given(windows())
def test_expired_content_is_never_in_it(rows: list[Window]) -> None:
    for entry in made(*rows)["entries"]:
        for one in entry["items"]:
            assert one["valid_until"] is None or one["valid_until"] > entry["from"]
            assert one["valid_from"] is None or one["valid_from"] < entry["to"]


@quick
@given(windows(), st.integers(0, 71))
def test_what_is_shown_is_the_strongest_that_is_open(rows: list[Window], hour: int) -> None:
    """Told anew from the rows themselves, minute for minute, without the manifest."""
    moment = at_clock(hour + 0.5)
    open_rows = [
        row for row in rows
        if _is_open(row, moment) and any(_valid(one, moment) for one in row.items)
    ]  # fmt: skip
    best = max(((row.interrupt, row.priority) for row in open_rows), default=None)
    wanted = {row.placement for row in open_rows if (row.interrupt, row.priority) == best}
    assert {entry["placement"] for entry in showing(made(*rows), moment)} == wanted


def _is_open(row: Window, moment: datetime) -> bool:
    if row.ends_at and moment >= row.ends_at:
        return False
    for on in (moment.date(), moment.date() - timedelta(days=1)):
        opens = datetime.combine(on, row.starts, tzinfo=ZONE)
        closes_on = on if row.ends > row.starts else on + timedelta(days=1)
        closes = datetime.combine(closes_on, row.ends, tzinfo=ZONE)
        starts_here = row.from_on <= on <= row.to_on and row.weekdays >> on.weekday() & 1
        if starts_here and opens <= moment < closes:
            return True
    return False


def _valid(one: Item, moment: datetime) -> bool:
    return (one.valid_from is None or one.valid_from <= moment) and (
        one.valid_until is None or moment < one.valid_until
    )


def test_the_whole_day_is_one_entry_over_the_horizon() -> None:
    assert spans(made(window())) == [("11-25T00:00", "11-28T00:00")]


def test_day_parts_switch_at_midnight() -> None:
    until, since = window("day", ends=time(0), starts=time(12)), window("night", ends=time(12))
    said = made(until, since)
    before, after = at_clock(24 - 1 / 60), at_clock(24)
    assert [e["placement"] for e in showing(said, before)] == ["day"]
    assert [e["placement"] for e in showing(said, after)] == ["night"]


def test_a_night_belongs_to_the_day_it_begins_on() -> None:
    """Wednesdays from 22 to 6: Thursday morning is shown, Wednesday morning is not."""
    said = made(window(starts=time(22), ends=time(6), weekdays=0b0000100))
    assert spans(said) == [("11-25T22:00", "11-26T06:00")]
    tuesdays = made(window(starts=time(22), ends=time(6), weekdays=0b0000010))
    assert spans(tuesdays) == [("11-25T00:00", "11-25T06:00")]
    last = made(window(starts=time(22), ends=time(6), to_on=DAY - timedelta(days=1)))
    assert spans(last) == [("11-25T00:00", "11-25T06:00")]


def test_an_interrupt_wins_over_the_highest_priority_and_ends() -> None:
    alarm = window("alarm", priority=0, interrupt=True, starts_at=at_clock(10), ends_at=at_clock(11))
    said = made(window("daily", priority=9), alarm)
    shown = [[e["placement"] for e in showing(said, at_clock(hour))] for hour in (9.9, 10, 10.9, 11)]
    assert shown == [["daily"], ["alarm"], ["alarm"], ["daily"]]


def test_an_expired_interrupt_gives_way_at_once() -> None:
    alarm = window("alarm", item(valid_until=at_clock(10.5)), interrupt=True, ends_at=at_clock(11))
    said = made(window("daily"), alarm)
    assert [e["placement"] for e in showing(said, at_clock(10.6))] == ["daily"]


def test_tomorrow_is_the_same_but_for_the_day() -> None:
    """Of two manifests a day apart, what both speak of is the same: nothing moves by asking later."""
    row = window(starts=time(8), ends=time(20))
    today, tomorrow = made(row), made(row, day=DAY + timedelta(days=1))
    assert spans(today)[1:] == spans(tomorrow)[:2]


def test_a_file_is_listed_once_and_only_when_something_shows_it() -> None:
    picture = File("a" * 64, "/windows/files/a", 9, "image/png")
    old = item("old", file=File("b" * 64, "", 9, "image/png"), valid_until=at_clock(-1))
    said = made(window("p", item("x", file=picture), item("y", file=picture), old))
    assert [one["sha256"] for one in said["files"]] == ["a" * 64]


def test_summer_time_makes_no_hole() -> None:
    """A house where the clock jumps: the spans of one window still touch, and none is turned round."""
    zone = ZoneInfo("Europe/Berlin")
    days = {"from_on": date(2026, 3, 1), "to_on": date(2026, 4, 30)}
    row = Window("p", items=(item(),), starts=time(2, 30), ends=time(2, 30), **days)
    said = manifest(SCREEN, [row], day=date(2026, 3, 28), zone=zone)
    marks = [
        datetime.fromisoformat(entry[side]).astimezone(UTC)
        for entry in said["entries"]
        for side in ("from", "to")
    ]
    assert all(a <= b for a, b in pairwise(marks))


@pytest.mark.parametrize(("seconds", "plays"), [(10, 8640), (20, 4320)])
def test_plays_of_a_day_are_planned(seconds: int, plays: int) -> None:
    said = made(window("p", Item("a", "notice", seconds)))
    assert planned_plays(said) == plays
    half = made(window("p", Item("a", "notice", seconds, valid_until=at_clock(12))))
    assert planned_plays(half) == plays // 2
    assert shown_at(half["entries"][0]["items"][0], at_clock(11)) is True
    assert planned_plays(made()) == 0

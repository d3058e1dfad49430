"""Rooms and the monthly programme of a demonstration, through the verbs that people use.

The months move with today: the weekly rules and "第2周四" make the same kind of month whenever it is built.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date, datetime, time, timedelta
from typing import Any

from yuanmeng.core.actors import Actor
from yuanmeng.places.models import Room, Site
from yuanmeng.programme import copying, days
from yuanmeng.programme.models import Event, LineUp, Session

Rows = Iterable[dict[str, str]]
WEEK = "一二三四五六日"
NTH = re.compile(r"第(\d)周([一二三四五六日])")
# How long before its first day a month is published.
AHEAD = timedelta(days=8)


def make_rooms(rows: Rows, sites: dict[str, Site]) -> dict[str, Room]:
    """This will make the rooms, wholes before their parts; code → room."""
    rooms: dict[str, Room] = {}
    for row in rows:
        rooms[row["代码"]] = Room.objects.create(
            site=sites[row["空间"]], name=row["名称"], name_en=row["英文名"], capacity=int(row["容纳人数"]),
            parent=rooms.get(row["所属场地"]),
        )  # fmt: skip
    return rooms


def make_series(
    rows: Rows, sites: dict[str, Site], rooms: dict[str, Room], *, by: Actor, at: datetime
) -> list[tuple[Event, str]]:
    """This will begin the series; each with the single dates it takes place on ("第2周四")."""
    return [(_series(row, sites, rooms, by, at), row["单场"]) for row in rows]


def _series(
    row: dict[str, str], sites: dict[str, Site], rooms: dict[str, Room], by: Actor, at: datetime
) -> Event:
    facts: dict[str, Any] = {
        "kind": row["类型"], "title": row["名称"], "title_en": row["英文名"], "summary": row["简介"],
        "summary_en": row["英文简介"], "organiser": row["主办"], "audience": row["面向人群"],
        "site": sites[row["空间"]], "room": rooms.get(row["场地"]), "place": row["其他地点"],
        "begins": time.fromisoformat(row["开始"]), "ends": time.fromisoformat(row["结束"]),
        "seats": int(row["座位"]), "weekdays": "".join(str(WEEK.index(day) + 1) for day in row["每周"]),
    }  # fmt: skip
    return Event.start(by=by, at=at, **facts)


def fill_months(
    series: list[tuple[Event, str]], *, editor: Actor, manager: Actor, at: datetime, today: date
) -> int:
    """This will publish this month and the next, and leave the one after with the reviewer."""
    this = days.month_of(today)
    coming = days.next_month(this)
    for month in (this, coming):
        before = min(at, days.moment(month, time(10)) - AHEAD)
        for line_up in _drafted(series, month, by=editor, at=before):
            line_up.submit(by=editor, at=before)
            line_up.review(by=manager, at=before)
            line_up.publish(by=manager, at=before)
    for line_up in _drafted(series, days.next_month(coming), by=editor, at=at):
        line_up.submit(by=editor, at=at)
    return Session.objects.count()


def _drafted(series: list[tuple[Event, str]], month: date, *, by: Actor, at: datetime) -> list[LineUp]:
    line_ups = {event.site_id: LineUp.objects.of(event.site, month, at=at) for event, _dates in series}
    for line_up in line_ups.values():
        copying.copy_month(line_up, by=by, at=at)
    for event, dates in series:
        for day in single_dates(dates, month):
            line_ups[event.site_id].add(event, *days.span(day, event.begins, event.ends), by=by, at=at)
    return list(line_ups.values())


def single_dates(words: str, month: date) -> list[date]:
    """This will be the days "第1周三 第3周三" names in a month."""
    found = []
    for nth, weekday in NTH.findall(words):
        same = [day for day in days.days_of(month) if day.weekday() == WEEK.index(weekday)]
        found.append(same[int(nth) - 1])
    return found


def make_small(site: Site, *, editor: Actor, manager: Actor, at: datetime, today: date) -> dict[str, Any]:
    """This will be the exact programme of acceptance tests: a hall of two rooms, 20 events of 10 seats."""
    hall = Room.objects.create(site=site, name="大厅", name_en="Hall", capacity=40)
    halves = [Room.objects.create(site=site, name=f"活动室{n}", capacity=20, parent=hall) for n in "AB"]
    rows = [_one_of_twenty(number, halves[number % 2], editor, at, today) for number in range(20)]
    for line_up in LineUp.objects.filter(site=site):
        line_up.submit(by=editor, at=at)
        line_up.review(by=manager, at=at)
        line_up.publish(by=manager, at=at)
    return {
        "events": [{"id": row.uid, "capacity": row.seats} for row in rows],
        "rooms": [room.uid for room in (hall, *halves)],
    }


def _one_of_twenty(number: int, room: Room, by: Actor, at: datetime, today: date) -> Session:
    day = today + timedelta(days=1 + number // 2)
    event = Event.start(
        by=by, at=at, site=room.site, room=room, kind="salon", title=f"样例沙龙{number + 1:02d}",
        title_en=f"Sample salon {number + 1:02d}", begins=time(14), ends=time(15), seats=10,
    )  # fmt: skip
    line_up = LineUp.objects.of(room.site, day, at=at)
    return line_up.add(event, *days.span(day, event.begins, event.ends), by=by, at=at)

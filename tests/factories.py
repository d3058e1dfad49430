"""Makes rows for tests: every argument has a believable default, names say what matters."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from itertools import count
from typing import Any

from django.conf import settings

from yuanmeng.core.checks_cn import USCC_ALPHABET, uscc_check_char
from yuanmeng.organisations.models import Mandate, Membership, Organisation
from yuanmeng.people.models import Person, User
from yuanmeng.places.models import Place, Room, Site
from yuanmeng.programme import days
from yuanmeng.programme.models import Event, LineUp, Session
from yuanmeng.seekers.models import Seeker
from yuanmeng.signage.models import Device
from yuanmeng.vacancies.models import Vacancy

_numbers = count(1)
PASSWORD = "correct-horse-battery-2026"


def demo_uscc(number: int) -> str:
    """Return a demo-safe credit code (area 319999)."""
    first = f"91319999A{number:08d}"
    assert set(first) <= set(USCC_ALPHABET)
    return first + uscc_check_char(first)


def place(
    address: str = "娄山关路500号", lon: float = settings.HERE[0], lat: float = settings.HERE[1]
) -> Place:
    return Place.objects.create(address=address, lon=lon, lat=lat, precision="street", area_code="310105006")


def organisation(name: str, *, kind: str, at: datetime, **facts: Any) -> Organisation:
    number = next(_numbers)
    defaults: dict[str, Any] = {
        "uscc": demo_uscc(number), "state": "verified", "verified_at": at, "made_at": at,
        "valid_until": (at + timedelta(days=150)).date(), "place": place(),
    }  # fmt: skip
    return Organisation.objects.create(name=name, kind=kind, **{**defaults, **facts})


def employer(name: str = "上海青禾餐饮有限公司（示例）", *, at: datetime, **facts: Any) -> Organisation:
    return organisation(name, kind="employer", at=at, **{"industry_code": "H", **facts})


def agency(name: str = "上海牵线人力资源有限公司（示例）", *, at: datetime, **facts: Any) -> Organisation:
    """Return a verified agency with its licence."""
    licence = {"licence_no": "示例许可-1", "licence_until": at.date() + timedelta(days=300)}
    return organisation(name, kind="hr_agency", at=at, **{**licence, **facts})


def mandate(agency: Organisation, client: Organisation, *, at: datetime, **facts: Any) -> Mandate:
    """Return a mandate that holds, confirmed by somebody else than who proposed it."""
    defaults: dict[str, Any] = {
        "evidence": "委托合同（示例）", "valid_from": at.date() - timedelta(days=10),
        "valid_until": at.date() + timedelta(days=170), "state": "active", "proposed_by": "user:agency",
        "decided_by": "user:reviewer", "proposed_at": at, "active_at": at,
    }  # fmt: skip
    return Mandate.objects.create(agency=agency, client=client, **{**defaults, **facts})


def user(username: str, name: str, *, at: datetime, person: Person | None = None) -> User:
    return User.objects.create_user(username, PASSWORD, display_name=name, made_at=at, person=person)


def member(username: str, name: str, of: Organisation, *, role: str, at: datetime, duty: str = "") -> User:
    """Return a user with one live membership."""
    row = user(username, name, at=at)
    Membership.objects.create(
        user=row, organisation=of, role=role, duty=duty, from_on=at.date() - timedelta(days=1)
    )
    return row


def person(name: str, *, at: datetime, phone: str = "", **facts: Any) -> Person:
    row = Person(name=name, made_at=at, **facts)
    row.set_phone(phone or f"120{next(_numbers):08d}")
    row.save()
    return row


def seeker(name: str, *, at: datetime, phone: str = "", birth_year: int = 1990, **facts: Any) -> Seeker:
    who = person(name, at=at, phone=phone, birth_year=birth_year)
    defaults: dict[str, Any] = {
        "made_at": at, "changed_at": at, "active_at": at, "channel": "desk", "education": 6,
        "home_area_code": "310105006", "home_lon": 121.4021, "home_lat": 31.2105,
    }  # fmt: skip
    return Seeker.objects.create(person=who, **{**defaults, **facts})


def vacancy(of: Organisation, title: str, *, at: datetime, state: str = "draft", **facts: Any) -> Vacancy:
    defaults: dict[str, Any] = {
        "openings": 2, "content": "制作咖啡饮品，接待顾客，保持吧台整洁。",
        "requirements": "有服务意识，可接受轮班。",
        "place": of.place, "pay_min_fen": 650_000, "pay_max_fen": 850_000, "pay_unit": "month",
        "valid_from": at.date() - timedelta(days=3), "valid_until": at.date() + timedelta(days=40),
        "made_at": at, "changed_at": at, "occupation_code": "4-03", "industry_code": "H", "state": state,
    }  # fmt: skip
    if state == "published":
        defaults["published_at"] = at
    return Vacancy.objects.create(organisation=of, title=title, **{**defaults, **facts})


def device(kind: str, *, at: datetime, name: str = "") -> tuple[Device, str]:
    """Return a paired device and its token."""
    row = Device.objects.create(kind=kind, name=name or kind)
    return row, row.give_token(at=at)


def soon(at: datetime, days: int = 7) -> date:
    return (at + timedelta(days=days)).date()


def site(name: str = "才俊咖啡", code: str = "caijun") -> Site:
    return Site.objects.create(code=code, name=name, place=place(), hours="9:00-21:00")


def room(name: str, *, of: Site, capacity: int = 60, parent: Room | None = None) -> Room:
    return Room.objects.create(site=of, name=name, capacity=capacity, parent=parent)


def event(title: str, *, room: Room, at: datetime, kind: str = "salon", **facts: Any) -> Event:
    """Return a series of 90 minutes from two in the afternoon, by single dates."""
    usual: dict[str, Any] = {"begins": time(14), "ends": time(15, 30), "weekdays": "", "seats": 30}
    return Event.objects.create(
        site=room.site, room=room, kind=kind, title=title, made_at=at, **{**usual, **facts}
    )


def session(of: Event, day: date, *, at: datetime, by: Any, **facts: Any) -> Session:
    """Return a planned session of a series on a day, at its usual time."""
    line_up = LineUp.objects.of(of.site, day, at=at)
    starts_at, ends_at = days.span(day, of.begins, of.ends)
    return line_up.add(of, starts_at, ends_at, by=by, at=at, **facts)


def published(line_up: LineUp, *, by: Any, reviewer: Any, at: datetime) -> LineUp:
    """Return the month after its way through four eyes."""
    line_up.refresh_from_db()
    line_up.submit(by=by, at=at)
    line_up.review(by=reviewer, at=at)
    line_up.publish(by=reviewer, at=at)
    return line_up

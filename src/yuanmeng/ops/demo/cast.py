"""Spaces, accounts and devices of the town."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.utils import timezone

from yuanmeng.counsel.models import Shift
from yuanmeng.ops.demo.secrets import Seeded
from yuanmeng.organisations.models import Kind, Membership, Organisation, Role
from yuanmeng.organisations.viewer import STAFF_ROLES
from yuanmeng.people.models import Person, User
from yuanmeng.places.gazetteer import find_place
from yuanmeng.places.models import Place, Site
from yuanmeng.signage.models import Device

Rows = Iterable[dict[str, str]]


@dataclass(frozen=True)
class Account:
    """Somebody who can log in, with what opens the door."""

    key: str
    user: User
    role: str
    duty: str
    password: str
    totp_secret: str = ""
    phone: str = ""
    person: Person | None = None
    organisation: Organisation | None = None
    sites: list[Site] = field(default_factory=list)
    what_for: str = ""


@dataclass(frozen=True)
class Screen:
    """A device and its token."""

    key: str
    device: Device
    token: str


def make_sites(rows: Rows) -> dict[str, Site]:
    """This will make the spaces at their address; code → space."""
    return {row["代码"]: _site(row) for row in rows}


def _site(row: dict[str, str]) -> Site:
    found = find_place(row["地址"])
    place = Place.objects.create(
        name=row["名称"],
        address=row["地址"],
        area_code=found.area_code if found else "",
        lon=found.lon if found else None,
        lat=found.lat if found else None,
        precision=found.precision if found else "none",
    )
    return Site.objects.create(
        code=row["代码"], name=row["名称"], name_en=row["英文名"], place=place,
        phone=row["电话"], hours=row["开放时间"],
    )  # fmt: skip


def make_staff(
    rows: Rows,
    organisations: dict[str, Organisation],
    sites: dict[str, Site],
    secrets: Seeded,
    *,
    at: datetime,
) -> list[Account]:
    """This will open one account for each row, one membership, and a second factor where due."""
    return [_staff(row, organisations[row["单位编号"]], sites, secrets, at) for row in rows]


def _staff(
    row: dict[str, str], of: Organisation, sites: dict[str, Site], secrets: Seeded, at: datetime
) -> Account:
    username = row["账号"]
    mine = [sites[code] for code in row["空间"].split()]
    user, password, totp = open_account(
        username, row["称呼"], secrets, at=at, factor=needs_factor(row["角色"], of)
    )
    grant(user, of, row["角色"], row["职责"], sites=mine, at=at)
    return Account(
        username, user, row["角色"], row["职责"], password, totp, row["手机号码"], None, of, mine, row["说明"]
    )


def open_account(
    username: str, shown: str, secrets: Seeded, *, at: datetime, factor: bool, person: Person | None = None
) -> tuple[User, str, str]:
    """This will make a user with a password, and a second factor when `factor`; (user, password, secret)."""
    password, totp = secrets.password(username), secrets.totp(username) if factor else ""
    user = User.objects.create_user(
        username, password, display_name=shown, made_at=at, person=person, totp_secret=totp
    )
    return user, password, totp


def needs_factor(role: str, of: Organisation) -> bool:
    """Staff and agencies sign in with a second factor."""
    return role in STAFF_ROLES or of.kind == Kind.HR_AGENCY


def grant(
    user: User, of: Organisation, role: str, duty: str = "", *, sites: Iterable[Site] = (), at: datetime
) -> Membership:
    """This will let a user act for an organisation, since two months."""
    since = timezone.localdate(at) - timedelta(days=60)
    member = Membership.objects.create(user=user, organisation=of, role=role, duty=duty, from_on=since)
    member.sites.set(sites)
    return member


def give_seeker_account(
    key: str, person: Person, secrets: Seeded, *, at: datetime, with_password: bool = True
) -> Account:
    """This will let a seeker sign in by phone code, and in a demonstration by a password too."""
    user, password, _ = open_account(key, person.name, secrets, at=at, factor=False, person=person)
    user.set_phone(person.phone)
    if not with_password:
        user.set_unusable_password()
    user.save()
    return Account(key, user, "seeker", "", password if with_password else "", "", person.phone, person)


def make_devices(rows: Rows, sites: dict[str, Site], secrets: Seeded, *, at: datetime) -> list[Screen]:
    """This will hang up the devices, paired."""
    return [_device(row, sites[row["空间"]], secrets, at) for row in rows]


def _device(row: dict[str, str], site: Site, secrets: Seeded, at: datetime) -> Screen:
    device = Device.objects.create(kind=row["类型"], name=row["名称"], site=site)
    return Screen(row["代码"], device, device.give_token(at=at, token=secrets.token(row["代码"])))


def put_on_duty(accounts: list[Account], *, at: datetime, since: int = 60, days: int = 14) -> int:
    """This will roster the counsellors and the front desk from 9 to 21 h, past weeks and coming ones."""
    crew = [a for a in accounts if a.role in {Role.COUNSELLOR, Role.FRONT_DESK} and a.sites]
    opening = timezone.localtime(at).replace(hour=9, minute=0, second=0, microsecond=0)
    shifts = [
        Shift(user=a.user, site=a.sites[0], starts_at=start, ends_at=start + timedelta(hours=12))
        for day in range(-since, days)
        for a in crew
        if (start := opening + timedelta(days=day))
    ]
    return len(Shift.objects.bulk_create(shifts))

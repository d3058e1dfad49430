"""A small exact town for acceptance tests: the same seed gives the same names, secrets and values.

Every personal field of every person holds a value found nowhere else (a canary), so that a test can seek
it in every byte that leaves the house and compare with the matrix of who sees what.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from yuanmeng.applications.models import Application, Via
from yuanmeng.core.actors import Told
from yuanmeng.core.checks_cn import uscc_check_char
from yuanmeng.ops import duties, readers, reference_tables, storage
from yuanmeng.ops.demo import cast, papers, programme, windows
from yuanmeng.ops.demo.canaries import canaries_of, make_person, wishes_of
from yuanmeng.ops.demo.card import Card
from yuanmeng.ops.demo.cast import Account
from yuanmeng.ops.demo.files import SampleFiles
from yuanmeng.ops.demo.living import CONSENT, VERSION
from yuanmeng.ops.demo.secrets import Seeded
from yuanmeng.ops.demo.steps import Steps
from yuanmeng.organisations import mandates
from yuanmeng.organisations.models import Organisation
from yuanmeng.organisations.viewer import viewer_of
from yuanmeng.people.models import Consent, Purpose
from yuanmeng.places.gazetteer import find_place
from yuanmeng.places.models import Place, Site
from yuanmeng.recommend import door
from yuanmeng.seekers import schools
from yuanmeng.seekers.models import Seeker, register
from yuanmeng.vacancies.models import Source, Vacancy

PROFILE, SEED = "acceptance", 7
SEEKERS, WITH_ACCOUNTS, VACANCIES = 40, 12, 20
SETUP = Told("setup")
# key, kind, name
ORGANISATIONS = (
    ("org_a", "employer", "上海甲样例餐饮有限公司（示例）"),
    ("org_b", "employer", "上海乙样例超市有限公司（示例）"),
    ("agency_a", "hr_agency", "上海丙样例人力资源有限公司（示例）"),
    ("agency_b", "hr_agency", "上海丁样例人才服务有限公司（示例）"),
    ("university", "university", "戊样例大学（示例）"),
    ("training", "training_provider", "己样例职业培训学校（示例）"),
    ("operator", "operator", "庚样例运营有限公司（示例）"),
    ("department", "department", "辛样例街道办事处（示例）"),
    ("department_b", "department", "壬样例就业促进中心（示例）"),
)
SITES = (("site_a", "甲空间"), ("site_b", "乙空间"))
# key, role, duty, organisation, sites
STAFF = (
    ("recruiter_a", "recruiter", "", "org_a", ""),
    ("recruiter_b", "recruiter", "", "org_b", ""),
    ("partner_a", "partner", "", "agency_a", ""),
    ("partner_b", "partner", "", "agency_b", ""),
    ("partner_university", "partner", "", "university", ""),
    ("partner_training", "partner", "", "training", ""),
    ("front_desk1", "front_desk", "", "operator", "site_a"),
    ("counsellor1", "counsellor", "", "operator", "site_a"),
    ("counsellor2", "counsellor", "", "department", "site_b"),
    ("manager1", "manager", "", "department", ""),
    ("auditor1", "auditor", "", "department", ""),
    ("sysadmin1", "sysadmin", "", "department", ""),
    ("reviewer1", "staff", "reviewer", "department", ""),
    ("editor1", "staff", "editor", "department", ""),
    ("data_officer1", "staff", "data_officer", "department", ""),
    ("officer1", "staff", "department_officer", "department", ""),
    ("officer2", "staff", "department_officer", "department_b", ""),
    ("cafe1", "staff", "cafe", "operator", "site_a"),
    ("security1", "staff", "security", "department", ""),
)
DEVICES = (
    ("kiosk1", "kiosk", "site_a"),
    ("wall1", "wall", "site_a"),
    ("wall2", "wall", "site_b"),
    ("window1", "window", "site_a"),
    ("window2", "window", "site_b"),
    ("gate1", "gate", "site_b"),
    ("buzzer1", "buzzer", "site_b"),
)
# title, group, yuan a month from and to: ten for each employer
JOBS = (
    ("咖啡师", "4-03", 6000, 8000), ("收银员", "4-01", 4600, 5800), ("厨师", "4-03", 7000, 9500),
    ("理货员", "4-01", 4600, 5600), ("保洁员", "4-09", 4200, 5200), ("行政文员", "3-01", 6000, 8000),
    ("会计", "2-06", 8000, 11000), ("电工", "6-31", 6500, 8500), ("客服专员", "4-07", 5200, 7000),
    ("店长", "4-01", 8000, 11000),
)  # fmt: skip
# seeker, employer, how far the application has come
APPLIED = (
    ("seeker1", "org_a", ""),
    ("seeker2", "org_b", "see invite"),
    ("seeker3", "org_a", "see"),
    ("seeker4", "org_b", "see invite offer hire"),
    ("seeker5", "org_a", "withdraw"),
)
# agency, client, whether somebody has confirmed it; the fifth vacancy of the client is the agency's
MANDATES = (("agency_a", "org_a", True), ("agency_b", "org_b", False))
ENTRUSTED = 4
ASSIGNED = (("seeker6", "counsellor1"), ("seeker7", "counsellor1"), ("seeker8", "counsellor2"))
SHARED = (("seeker9", "university"), ("seeker10", "university"))


@dataclass
class Small:
    """What has been made so far."""

    at: datetime
    secrets: Seeded
    card: Card
    sites: dict[str, Site] = field(default_factory=dict)
    seekers: dict[str, Seeker] = field(default_factory=dict)
    accounts: dict[str, Account] = field(default_factory=dict)


def make(base_url: str, steps: Steps, seed: int | None = None) -> Card:
    """This will make the exact town in an empty data folder and write its card."""
    seed = SEED if seed is None else seed
    storage.prepare()
    reference_tables.load()
    small = Small(timezone.now(), Seeded(seed), Card(PROFILE, seed, base_url))
    with storage.in_one_go():
        for name, build in STEPS:
            with steps.step(str(name)), transaction.atomic():
                build(small)
        with steps.step(_("Learning and matching everybody")):
            door.train(at=small.at)
            duties.count_as_done("recommend.train", small.at)
            readers.read_everything(small.at)
    small.card.write(Path(settings.DATA_DIR))
    return small.card


def _organisations(small: Small) -> None:
    for number, (key, kind, name) in enumerate(ORGANISATIONS, 1):
        first17 = f"91319999A{small.secrets.digits(key, 7)}{number}"
        small.card.organisations[key] = Organisation.objects.create(
            kind=kind, name=name, uscc=first17 + uscc_check_char(first17), industry_code="62", size="20-99人",
            place=_place(f"天山路{600 + number}号"), contact_name="样例联系人", made_at=small.at,
            contact_phone=f"120{small.secrets.digits(key, 8)}",
            licence_no="示例许可" if "agency" in key else "", licence_until=_licence(key, small.at),
            source="acceptance", external_id=key,
        )  # fmt: skip
    papers.check_papers([*small.card.organisations.values()], by=SETUP, reviewer=SETUP, at=small.at)


def _mandates(small: Small) -> None:
    today = timezone.localdate(small.at)
    for agency, client, confirmed in MANDATES:
        proposer = viewer_of(small.accounts[f"partner_{agency[-1]}"].user, on=today)
        row = mandates.propose(
            small.card.organisations[agency], small.card.organisations[client],
            evidence="样例委托合同", valid_from=today - timedelta(days=30),
            valid_until=today + timedelta(days=150), by=proposer, at=small.at - timedelta(days=6),
        )  # fmt: skip
        if confirmed:
            reviewer = viewer_of(small.accounts["reviewer1"].user, on=today)
            mandates.approve(row, by=reviewer, at=small.at - timedelta(days=5))


def _licence(key: str, at: datetime) -> date | None:
    return timezone.localdate(at) + timedelta(days=700) if "agency" in key else None


def _place(address: str) -> Place:
    found = find_place(address)
    assert found is not None, address
    return Place.objects.create(
        address=address, area_code=found.area_code, lon=found.lon, lat=found.lat, precision=found.precision
    )  # fmt: skip


def _staff(small: Small) -> None:
    for code, name in SITES:
        small.sites[code] = Site.objects.create(code=code, name=name, place=_place("娄山关路500号"))
    rows = [
        {
            "账号": key,
            "称呼": key,
            "角色": role,
            "职责": duty,
            "单位编号": of,
            "空间": sites,
            "手机号码": "",
            "说明": "",
        }
        for key, role, duty, of, sites in STAFF
    ]
    staff = cast.make_staff(rows, small.card.organisations, small.sites, small.secrets, at=small.at)
    cast.put_on_duty(staff, at=small.at)
    small.accounts = {account.key: account for account in staff}
    small.card.accounts += staff


def _devices(small: Small) -> None:
    rows = [{"代码": key, "类型": kind, "名称": key, "空间": site} for key, kind, site in DEVICES]
    small.card.screens = cast.make_devices(rows, small.sites, small.secrets, at=small.at)


def _windows(small: Small) -> None:
    files = SampleFiles(timezone.localdate(small.at), Path(settings.DATA_DIR) / "tmp" / "sample")
    editor, reviewer = (small.accounts[key].user for key in ("editor1", "reviewer1"))
    windows.hang_up(files.rows("windows.csv"), by=editor, reviewer=reviewer, at=small.at)


def _programme(small: Small) -> None:
    small.card.programme = programme.make_small(
        small.sites["site_a"], editor=small.accounts["editor1"].user, manager=small.accounts["manager1"].user,
        at=small.at, today=timezone.localdate(small.at),
    )  # fmt: skip


def _seekers(small: Small) -> None:
    for number in range(1, SEEKERS + 1):
        key = f"seeker{number}"
        person, text = make_person(number, small.secrets, at=small.at)
        wishes = wishes_of(number, small.secrets)
        seeker = register(person, by=SETUP, at=small.at - timedelta(days=9), channel="desk", **wishes)
        seeker.write_resume(text, by=SETUP, at=small.at - timedelta(days=9))
        small.seekers[key] = seeker
        small.card.canaries += canaries_of(key, seeker, text)
        if number <= WITH_ACCOUNTS:
            small.card.accounts.append(cast.give_seeker_account(key, person, small.secrets, at=small.at))
    _let_them_agree(small)


def _let_them_agree(small: Small) -> None:
    Consent.objects.bulk_create(
        Consent(
            person=seeker.person, purpose=purpose, text_version=VERSION, channel="desk",
            given_at=seeker.made_at,
        )
        for seeker in small.seekers.values()
        for purpose in (Purpose.SERVICE, Purpose.SUGGESTED_TO_EMPLOYERS)
    )  # fmt: skip


def _vacancies(small: Small) -> None:
    """Ten for each employer; the last of each is not published: one waits for review, one is a draft."""
    today = timezone.localdate(small.at)
    for number in range(VACANCIES):
        key = ("org_a", "org_b")[number // 10]
        title, group, low, high = JOBS[number % 10]
        row = Vacancy.objects.create(
            organisation=small.card.organisations[key], title=f"{title}（{key[-1].upper()}）",
            occupation_code=group, industry_code="62", openings=1 + number % 3,
            content="按排班完成本岗位日常工作，接待顾客，保持整洁。",
            requirements="有责任心，服从排班，无需经验。", place=_place(f"遵义路{150 + number * 15}号"),
            pay_min_fen=low * 100, pay_max_fen=high * 100, valid_from=today - timedelta(days=5),
            valid_until=today + timedelta(days=60), made_at=small.at, changed_at=small.at,
            **_entrusted(small, number),
            source_name="acceptance", external_id=f"V{number + 1:02d}",
        )  # fmt: skip
        _put_out(small, row, key, number)
        small.card.vacancies.append({"id": row.uid, "organisation": key})


def _entrusted(small: Small, number: int) -> dict[str, Any]:
    if number != ENTRUSTED:
        return {}
    return {"agency": small.card.organisations["agency_a"], "source": Source.ENTRUSTED}


def _put_out(small: Small, row: Vacancy, key: str, number: int) -> None:
    recruiter = small.accounts[f"recruiter_{key[-1]}" if row.agency is None else "partner_a"].user
    since = small.at - timedelta(days=4, minutes=number)
    if number != 19:
        row.submit(by=recruiter, at=since)
    if number % 10 != 9:
        row.publish(by=small.accounts["reviewer1"].user, at=since + timedelta(minutes=20))


def _relations(small: Small) -> None:
    for seeker, org, walk in APPLIED:
        _applied(small, seeker, org, walk)
    _applied_through_an_agency(small, "seeker11")
    for seeker, officer in ASSIGNED:
        _assigned(small, seeker, officer)
    for seeker, org in SHARED:
        _shared(small, seeker, org)


def _applied(small: Small, key: str, org: str, walk: str) -> None:
    seeker, since = small.seekers[key], small.at - timedelta(days=2)
    vacancy = Vacancy.objects.filter(organisation=small.card.organisations[org], state="published").order_by(
        "id"
    )[0]
    row = Application.submit(
        seeker=seeker, vacancy=vacancy, via=Via.PHONE_WEB, by=seeker.person.user, at=since,
        consent_text=CONSENT, consent_version=VERSION,
    )  # fmt: skip
    recruiter = small.accounts[f"recruiter_{org[-1]}"].user
    for step, verb in enumerate(walk.split(), 1):
        at = since + timedelta(hours=step)
        facts = {"meeting_at": small.at, "meeting_place": "样例会议室"} if verb == "invite" else {}
        by = seeker.person.user if verb == "withdraw" else recruiter
        getattr(row, verb)(by=by, at=at, **facts)
    _note(small, key, "applied", org, "Application", row.uid, row.state)


def _applied_through_an_agency(small: Small, key: str) -> None:
    """The consent names the agency and its client: both are told apart on the card, by the same row."""
    seeker, vacancy = small.seekers[key], Vacancy.objects.exclude(agency=None)[0]
    row = Application.submit(
        seeker=seeker, vacancy=vacancy, via=Via.PHONE_WEB, by=seeker.person.user,
        at=small.at - timedelta(days=1), consent_text=CONSENT, consent_version=VERSION,
    )  # fmt: skip
    for receiver in ("agency_a", "org_a"):
        _note(small, key, "applied", receiver, "Application", row.uid, row.state)


def _assigned(small: Small, key: str, officer: str) -> None:
    seeker = small.seekers[key]
    seeker.change(by=SETUP, at=small.at, owner=small.accounts[officer].user)
    _note(small, key, "assigned", officer, "Seeker", seeker.uid, seeker.state)


def _shared(small: Small, key: str, org: str) -> None:
    """A graduate whose university may follow how the search goes."""
    school = small.card.organisations[org]
    consent = schools.share(
        small.seekers[key], school, by=SETUP, at=small.at, channel="desk", version=VERSION
    )
    _note(small, key, "shared", org, "Consent", consent.uid, "given")


def _note(small: Small, seeker: str, kind: str, to: str, noun: str, uid: str, state: Any) -> None:
    small.card.relations.append(
        {"seeker": seeker, "kind": kind, "to": to, "noun": noun, "id": uid, "state": str(state)}
    )


STEPS = (
    (gettext_lazy("Organisations"), _organisations),
    (gettext_lazy("Accounts"), _staff),
    (gettext_lazy("Mandates"), _mandates),
    (gettext_lazy("Devices"), _devices),
    (gettext_lazy("What the windows show"), _windows),
    (gettext_lazy("Programme"), _programme),
    (gettext_lazy("People"), _seekers),
    (gettext_lazy("Vacancies"), _vacancies),
    (gettext_lazy("Relations"), _relations),
)

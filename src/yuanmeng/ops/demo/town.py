"""The sample town, built step by step through the verbs that people use."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from random import Random

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from yuanmeng.core.actors import Told
from yuanmeng.ops import duties, readers, reference_tables, storage
from yuanmeng.ops.demo import cast, desk, importing, living, papers, partners, past, programme, windows
from yuanmeng.ops.demo.card import Card, keyed
from yuanmeng.ops.demo.cast import Account, Screen
from yuanmeng.ops.demo.files import SampleFiles
from yuanmeng.ops.demo.secrets import Seeded
from yuanmeng.ops.demo.steps import Steps
from yuanmeng.organisations.models import Kind, Organisation
from yuanmeng.people.models import User
from yuanmeng.places.models import Site
from yuanmeng.recommend import door, train
from yuanmeng.seekers.models import Seeker
from yuanmeng.vacancies import search
from yuanmeng.vacancies.models import Vacancy

PROFILE, SEED = "town", 2021
# Whoever sets the house up before anybody has an account.
SETUP = Told("setup")
WITH_ACCOUNTS = 12
WAITING_EVERY = 41  # of the vacancies that pass, every so many still wait for the reviewer


@dataclass
class Town:
    """What has been built so far; each step adds its part."""

    at: datetime
    base_url: str
    steps: Steps
    seed: int = SEED
    files: SampleFiles = field(init=False)
    secrets: Seeded = field(init=False)
    dice: Random = field(init=False)
    sites: dict[str, Site] = field(default_factory=dict)
    staff: dict[str, Account] = field(default_factory=dict)
    seekers: list[Account] = field(default_factory=list)
    screens: list[Screen] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.files = SampleFiles(timezone.localdate(self.at), Path(settings.DATA_DIR) / "tmp" / "sample")
        self.secrets, self.dice = Seeded(self.seed), Random(self.seed)

    def user(self, account: str) -> User:
        return self.staff[account].user

    @property
    def firm(self) -> Organisation:
        """Where 胡经理 recruits."""
        firm = self.staff["hu"].organisation
        assert firm is not None  # staff.csv names it
        return firm


def make(base_url: str, steps: Steps, seed: int | None = None) -> Card:
    """This will build the town as of now."""
    return build(Town(timezone.now(), base_url, steps, SEED if seed is None else seed))


def build(town: Town) -> Card:
    """This will make the whole town in an empty data folder and write its card."""
    _tables(town)
    with storage.in_one_go():
        for step in BUILDING:
            step(town)
    with town.steps.step(_("Writing the card")) as line:
        card = _card(town)
        card.write(Path(settings.DATA_DIR))
        line.said("demo.json")
    return card


def _tables(town: Town) -> None:
    with town.steps.step(_("Database and code tables")) as line:
        storage.prepare()
        line.said("、".join(str(count) for count in reference_tables.load().values()))


def _partners(town: Town) -> None:
    """Departments and partners come first: everybody else acts for one of them."""
    with town.steps.step(_("Spaces, departments and partners")) as line:
        batch = importing.take_in(importing.PARTNERS, town.files.moved("partners.csv"), by=SETUP, at=town.at)
        papers.check_papers(list(Organisation.objects.order_by("id")), by=SETUP, reviewer=SETUP, at=town.at)
        town.sites = cast.make_sites(town.files.rows("sites.csv"))
        line.said(str(batch.admitted))


def _employers(town: Town) -> None:
    with town.steps.step(_("Employers, accounts and devices")) as line:
        path = town.files.moved("employers.xlsx")
        batch = importing.take_in(importing.EMPLOYERS, path, by=SETUP, at=town.at)
        _open_accounts(town)
        checked = town.files.checked()
        employers = Organisation.objects.filter(kind=Kind.EMPLOYER).order_by("id")
        seen = [row for row in employers if row.external_id in checked]
        papers.check_papers(seen, by=SETUP, reviewer=town.user("zhao"), at=town.at)
        papers.hand_in((row for row in employers if row.external_id not in checked), by=SETUP, at=town.at)
        _give_mandates(town)
        line.said(
            _("%(firms)d employers, %(accounts)d accounts")
            % {"firms": batch.admitted, "accounts": len(town.staff)}
        )


def _give_mandates(town: Town) -> None:
    """Firms that recruit through an agency have said so; a few mandates still wait for the reviewer."""
    by_number = {row.external_id: row for row in Organisation.objects.all()}
    proposers = {a.organisation.pk: a.user for a in town.staff.values() if a.organisation}
    partners.give_mandates(
        town.files.moved_rows("mandates.csv"), by_number, proposers, town.user("zhao"), at=town.at
    )


def _open_accounts(town: Town) -> None:
    by_number = {row.external_id: row for row in Organisation.objects.all()}
    with transaction.atomic():
        accounts = cast.make_staff(
            town.files.rows("staff.csv"), by_number, town.sites, town.secrets, at=town.at
        )
        town.screens = cast.make_devices(town.files.rows("devices.csv"), town.sites, town.secrets, at=town.at)
        cast.put_on_duty(accounts, at=town.at)
    town.staff = {account.key: account for account in accounts}


def _programme(town: Town) -> None:
    with town.steps.step(_("Rooms and the monthly programme")) as line, transaction.atomic():
        since, editor = town.at - timedelta(days=70), town.user("sun")
        rooms = programme.make_rooms(town.files.rows("rooms.csv"), town.sites)
        rows = town.files.rows("programme.csv")
        series = programme.make_series(rows, town.sites, rooms, by=editor, at=since)
        sessions = programme.fill_months(
            series, editor=editor, manager=town.user("wang"), at=town.at, today=timezone.localdate(town.at)
        )
        line.said(_("%(sessions)d sessions in three months") % {"sessions": sessions})


def _vacancies(town: Town) -> None:
    name = _("Vacancies through the import")
    with town.steps.step(name) as line:
        batches = [
            importing.take_in(parcel, town.files.moved(parcel.name), by=town.user("qian"), at=town.at)
            for parcel in (importing.VACANCIES, importing.MORE_VACANCIES)
        ]
        partners.entrust(on=timezone.localdate(town.at))
        line.said(_outcome(sum(b.admitted for b in batches), sum(b.refused for b in batches)))


def _seekers(town: Town) -> None:
    name = _("Job seekers through the import")
    with town.steps.step(name) as line:
        path = town.files.moved("seekers.csv")
        batch = importing.take_in(importing.SEEKERS, path, by=town.user("qian"), at=town.at)
        everybody = list(Seeker.objects.select_related("person").order_by("id"))
        with transaction.atomic():
            living.let_them_agree(everybody, town.dice, at=town.at)
            living.give_caseload(everybody[:600], [town.user("chen"), town.user("wu")])
            _give_seeker_accounts(town, everybody)
            partners.let_schools_follow(everybody, at=town.at)
        line.said(_outcome(batch.admitted, batch.refused))


def _outcome(admitted: int, refused: int) -> str:
    return _("%(admitted)d in, %(refused)d back with a reason") % {"admitted": admitted, "refused": refused}


def _give_seeker_accounts(town: Town, everybody: list[Seeker]) -> None:
    """李阿姨 and 小周 are called by their names, ten others by number."""
    for number, seeker in enumerate(everybody[:WITH_ACCOUNTS]):
        key = {0: "li", 1: "zhou"}.get(number, f"seeker{number + 1}")
        town.seekers.append(cast.give_seeker_account(key, seeker.person, town.secrets, at=town.at))


def _publish(town: Town) -> None:
    name = _("Vacancies through the posting gate")
    with town.steps.step(name) as line:
        rows = list(Vacancy.objects.select_related("organisation", "place", "agency").order_by("id"))
        waiting = set(range(WAITING_EVERY, len(rows), WAITING_EVERY))
        told = papers.publish(
            rows, by=town.user("hu"), reviewer=town.user("zhao"), at=town.at, waiting=waiting,
            progress=town.steps.progress(name),
        )  # fmt: skip
        search.rebuild()
        line.said(
            _("%(published)d published, %(blocked)d held with the clause, %(waiting)d wait for review")
            % {"published": told["published"], "blocked": told["blocked"], "waiting": told["waiting"]}
        )


def _windows(town: Town) -> None:
    with town.steps.step(_("What the windows show")) as line:
        rows = town.files.rows("windows.csv")
        with transaction.atomic():
            count = windows.hang_up(rows, by=town.user("sun"), reviewer=town.user("zhao"), at=town.at)
        line.said(str(count))


def _match(town: Town) -> None:
    name = _("Learning and matching everybody")
    with town.steps.step(name) as line:
        version = door.train(at=town.at, progress=town.steps.progress(name))
        duties.count_as_done("recommend.train", town.at)
        line.said(
            _("%(people)d people, %(jobs)d vacancies") % {"people": version.people, "jobs": version.jobs}
        )


def _live(town: Town) -> None:
    with town.steps.step(_("Applications, answers and referrals")) as line:
        officers = [town.user(name) for name in ("chen", "wu", "lin")]
        placed = past.find_work(town.dice, officers[:2], town.user("zhao"), at=town.at)
        first = living.let_the_cast_apply(town.dice, _first_two(), town.firm, at=town.at)
        told = living.apply_and_answer(town.dice, officers, at=town.at)
        referred = living.refer(town.dice, officers[:2], at=town.at)
        living.look_at_suggestions(town.dice, at=town.at)
        # Learned from those answers; the lists stay tonight's business.
        train.train(at=timezone.now(), lists=False)
        living.report_some(town.dice, at=town.at)
        desk.let_employers_confirm(town.dice, at=town.at, silent=town.firm)
        line.said(
            _("%(applications)d applications, %(referrals)d referrals")
            % {"applications": sum(told.values()) + first + placed, "referrals": sum(referred.values())}
        )


def _first_two() -> list[Seeker]:
    """李阿姨 and 小周."""
    return list(Seeker.objects.select_related("person").order_by("id")[:2])


def _read_news(town: Town) -> None:
    """The worker's readers make to-dos, ledger rows and suggestions of everything that happened."""
    with town.steps.step(_("To-dos, ledger and follow-ups")) as line:
        read = readers.read_everything(town.at)
        counsellors = [town.user("chen"), town.user("wu")]
        done = desk.work_the_desk(town.dice, counsellors, at=town.at, silent=town.firm)
        read += readers.read_everything(town.at)
        line.said(_("%(news)d pieces of news, %(calls)d calls written down") % {"news": read, "calls": done})


BUILDING = (
    _partners, _employers, _programme, _vacancies, _seekers, _publish, _windows, _match, _live, _read_news,
)  # fmt: skip


def _card(town: Town) -> Card:
    named = [account.organisation for account in town.staff.values() if account.organisation]
    organisations = {row.pk: row for row in named}
    return Card(
        PROFILE, town.seed, town.base_url,
        accounts=[*town.staff.values(), *town.seekers],
        organisations=keyed("org", organisations.values()),
        screens=town.screens,
    )  # fmt: skip

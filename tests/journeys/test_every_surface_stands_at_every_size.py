"""Every page of every surface, at four sizes, in both languages, and in large print.

Nothing is clipped, covered, too small to touch, unreadable or in the wrong language. To stay cheap, Chinese
is looked at in all sizes on one page load, English and large print on a phone and a full-HD screen, where
words are longest for their room; axe-core reads each page once.

The ruler is in sweep.py; what fills the pages in sweep_town.py.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest
from django.utils import timezone
from playwright.sync_api import Page

from tests.journeys import sweep
from tests.journeys.sweep import DESKTOP, FOUR_K, FULL_HD, PHONE, UPRIGHT, Leaf, Walk
from tests.journeys.sweep_town import Street, at_the_kiosk
from tests.journeys.sweep_windows import of_each_kind
from tests.nouns import signage as hang

pytestmark = [pytest.mark.browser, pytest.mark.once, pytest.mark.django_db(transaction=True)]
SIZES = [PHONE, DESKTOP, FULL_HD, FOUR_K]
SHORT = [PHONE, FULL_HD]


@pytest.fixture
def at() -> datetime:
    """The server runs by the wall clock, so the town does too."""
    return timezone.localtime()


@pytest.fixture
def walk(browser_page: Callable[..., Page], house: str, complaints: list[str]) -> Callable[..., None]:
    """Walks pages and fails with the list of what is wrong with them."""
    if not sweep.AXE.exists():
        pytest.skip(sweep.NO_AXE)

    def through(leaves: list[Leaf], language: str, *, elder: bool = False, sizes: list[Any] = SIZES) -> None:
        wrong = Walk(browser_page(*DESKTOP), house, language, sizes, complaints, elder).through(leaves)
        assert not wrong, "\n".join(["", *wrong[:40], f"{len(wrong)} in all"])

    return through


def shared(street: Street) -> list[Leaf]:
    def wait_for_a_code(page: Page) -> None:
        page.locator("input[name=phone]").fill("12000000066")
        page.locator("main form button").first.click()
        page.get_by_test_id("shown-code").wait_for()

    def press(page: Page) -> None:
        page.evaluate("document.querySelector('main form').noValidate = true")
        page.locator("main form button").first.click()
        page.locator(".field__error").first.wait_for()

    return [
        Leaf("/login/"), Leaf("/login/", do=press), Leaf("/login/phone/"),
        Leaf("/login/phone/", do=wait_for_a_code),
        Leaf("/privacy/"), Leaf("/help/"), Leaf("/nowhere/", status=404),
        Leaf("/desk/", street.hu, status=404), Leaf("/account/sessions/", street.hu),
    ]  # fmt: skip


def citizen(street: Street) -> list[Leaf]:
    def send_nothing(page: Page) -> None:
        page.get_by_test_id("apply").click()
        page.locator(".error-summary").wait_for()

    job = f"/vacancies/{street.long.uid}/"
    return [
        Leaf("/"), Leaf("/vacancies/"), Leaf("/vacancies/?minutes=15&from=121.4001,31.2103&no_degree=1"),
        Leaf("/vacancies/?q=咖啡师&pay_min=90000"), Leaf("/map/"), Leaf(job),
        Leaf(f"/vacancies/{street.barista.uid}/"),
        Leaf(f"/vacancies/{street.closed.uid}/", status=410), Leaf(f"{job}application"),
        Leaf(f"{job}application", do=send_nothing), Leaf(f"{job}report"),
        *(Leaf(path) for path in street.months.public()),
    ]  # fmt: skip


def mine(street: Street) -> list[Leaf]:
    li, sent = street.li_user, street.sent[0]
    own = [
        "", "applications/", f"applications/{street.invited.uid}/", f"applications/{street.declined.uid}/",
        f"applications/{sent.uid}/?thanks=1", "recommendations/", "favourites/",
        f"favourites/?gone={street.open[1].uid}", "profile", "resume", "privacy/", "privacy/?employer=上海",
        "privacy/phone", "privacy/export", "privacy/deletion",
    ]  # fmt: skip
    empty = ["", "applications/", "recommendations/", "favourites/", "privacy/"]
    return [
        *(Leaf(f"/me/{path}", li) for path in own), *(Leaf(f"/me/{path}", street.empty) for path in empty),
        Leaf("/me/start", street.newcomer), Leaf(f"/vacancies/{street.barista.uid}/", li),
        Leaf(f"/vacancies/{street.open[5].uid}/application", li),
    ]  # fmt: skip


def kiosk(street: Street) -> list[Leaf]:
    job, sent = f"/kiosk/vacancies/{street.long.uid}/", street.open[0]
    waiting, known, thanked, asked, li = at_the_kiosk(sent, street.li_user)
    three = "work=food&area=here&go=1"
    answers = ["", "work=food", "work=food&area=here", f"{three}&pay=4000", f"{three}&near=1&part=1"]
    return [
        Leaf("/kiosk/"), Leaf("/kiosk/vacancies/"), Leaf("/kiosk/vacancies/?view=map"),
        Leaf("/kiosk/vacancies/?view=wishes"), Leaf("/kiosk/basket/"),
        Leaf("/kiosk/vacancies/?minutes=15&no_degree=1&pay_min=90000"), Leaf(job), Leaf("/kiosk/phone/"),
        Leaf("/kiosk/code/", waiting), Leaf("/kiosk/mine/", known), Leaf(f"{job}application/", known),
        *(Leaf(f"/kiosk/suits/?visit={asked.session['kiosk']['asking']}&{said}", asked) for said in answers),
        Leaf("/kiosk/suits/", li), Leaf("/kiosk/mine/", li), Leaf(job, li),
        Leaf("/kiosk/thanks/", thanked), Leaf("/kiosk/mine/", thanked), Leaf("/kiosk/help/"),
    ]  # fmt: skip


def wall(street: Street) -> list[Leaf]:
    def come(page: Page) -> None:
        page.locator(".wall-item").first.wait_for()
        page.locator(".wall-item").first.wait_for()

    def open_one(page: Page) -> None:
        come(page)
        page.locator(".wall-item").first.click()
        page.locator("dialog:modal").wait_for()

    def touch(page: Page) -> None:
        come(page)
        page.locator(".wall-theme").nth(1).click()

    def ask(page: Page) -> None:
        come(page)
        page.locator("[data-turn=asked]").click()
        page.locator(".wall-asked__card").wait_for()

    def ask_on(page: Page) -> None:
        ask(page)
        page.locator(".wall-asked__card").click()
        page.locator("dialog:modal").wait_for()

    return [
        Leaf("/wall/?theme=day&tour=0", do=come), Leaf("/wall/?theme=night&tour=0", do=touch),
        Leaf("/wall/?theme=day&tour=0", do=open_one), Leaf("/wall/?theme=day&tour=0", do=ask),
        Leaf("/wall/?theme=night&tour=0", do=ask_on),
    ]  # fmt: skip


def windows(street: Street) -> list[Leaf]:
    """A screen that is nobody's yet, and each kind of content as the office sees it beforehand."""

    def showing(kind: str) -> Callable[[Page], None]:
        return lambda page: page.locator(f"ym-window[data-showing={kind}]").wait_for(state="attached")

    def code(page: Page) -> None:
        page.locator("ym-pairing[data-code]").wait_for(state="attached")

    kinds = [
        Leaf(f"/windows/{window.uid}/?preview=1", street.wang, do=showing(kind))
        for kind, window in of_each_kind(street)
    ]
    return [Leaf("/windows/", do=code), *kinds]


def employer(street: Street) -> list[Leaf]:
    hu = street.hu
    vacancies = [
        street.barista,
        street.draft,
        street.waiting,
        street.held,
        street.returned,
        street.paused,
        street.closed,
    ]
    own = [
        "", "vacancies/", "vacancies/?state=draft", "vacancies/new", f"vacancies/{street.draft.uid}/edit",
        f"vacancies/{street.barista.uid}/people", "applicants/", f"applicants/{street.invited.uid}/",
        f"applicants/{street.fresh.uid}/", "organisation/",
    ]  # fmt: skip
    return [
        *(Leaf(f"/employer/{path}", hu) for path in own),
        *(Leaf(f"/employer/vacancies/{vacancy.uid}/", hu) for vacancy in vacancies),
        Leaf("/employer/", street.partner),
        Leaf("/employer/", street.agent),
        Leaf("/employer/clients/", street.agent),
        Leaf("/employer/vacancies/new", street.agent),
    ]


def desk(street: Street) -> list[Leaf]:
    chen, li = street.chen, street.li.person.uid
    own = [
        "", "vacancies/", "people/", "people/?q=李", "people/?q=没有", "people/new/", f"people/{li}/",
        f"people/{street.zhou.person.uid}/", f"people/{li}/wishes/", f"people/{li}/vacancies/",
        f"people/{li}/vacancies/{street.open[5].uid}/", f"applications/{street.invited.uid}/hire/",
        f"records/{street.record.uid}/correction/", "caseload/",
    ]  # fmt: skip
    return [
        *(Leaf(f"/desk/{path}", chen) for path in own), Leaf("/desk/", street.front),
        Leaf("/desk/", street.wang),
        Leaf("/desk/people/", street.front), Leaf(f"/desk/people/{li}/", street.front),
    ]  # fmt: skip


def office(street: Street) -> list[Leaf]:
    reviews = ["", "?tab=reports", f"{street.waiting.uid}/", f"{street.held.uid}/", f"{street.long.uid}/"]
    papers = ["", "?tab=ending", f"{street.applying.uid}/"]
    batches = ["", f"{street.previewed.uid}/", f"{street.committed.uid}/"]
    accounts = ["", "new", f"{street.hu.uid}/"]
    return [
        Leaf("/office/", street.reviewer), Leaf("/office/", street.data_officer),
        Leaf("/office/", street.wang),
        *(Leaf(f"/office/reviews/{path}", street.reviewer) for path in reviews),
        *(Leaf(f"/office/verification/{path}", street.reviewer) for path in papers),
        *(Leaf(f"/office/imports/{path}", street.data_officer) for path in batches),
        *(Leaf(f"/office/accounts/{path}", street.sysadmin) for path in accounts),
        Leaf("/office/audit/", street.auditor), Leaf("/office/figures/", street.wang),
        *(Leaf(path, street.editor) for path in street.months.office()),
        Leaf("/office/engine/", street.wang), Leaf("/office/engine/?strength=50", street.wang),
    ]  # fmt: skip


def screens(street: Street) -> list[Leaf]:
    one, row, playlist = street.window.uid, street.asked.uid, street.playlist.uid

    def look_at_it(page: Page) -> None:
        page.locator("input[name=title]").fill("请从南门离开")
        page.locator("main form button").last.click()
        page.locator(".sight--urgent").wait_for()

    devices = ["", "pairing", f"{one}/", f"{one}/pairing", f"{one}/revocation"]
    content = ["", "new", "new?kind=notice", "new?kind=vacancies", "new?kind=image", f"{street.notice.uid}/"]
    hung = ["playlists/", f"playlists/{playlist}/", "placements/", "placements/new", "placements/day"]
    return [
        Leaf("/office/screens/", street.barkeeper), Leaf("/office/screens/takeover", street.wang),
        *(Leaf(f"/office/screens/{path}", street.sysadmin) for path in devices),
        Leaf("/office/screens/takeover", street.wang, do=look_at_it),
        *(Leaf(f"/office/content/{path}", street.editor) for path in [*content, *hung]),
        Leaf(f"/office/content/{row}/", street.wang),
    ]  # fmt: skip


@pytest.mark.parametrize("language", ["zh-hans", "en"])
@pytest.mark.parametrize("pages", [shared, citizen, mine, kiosk, employer, desk, office, screens])
def test_pages(pages: Any, language: str, walk: Callable[..., None], town: Any, at: datetime) -> None:
    sizes = SIZES if language == "zh-hans" else SHORT
    if pages is kiosk:
        sizes = [*sizes, UPRIGHT]
    walk(pages(Street(town, at)), language, sizes=sizes)


@pytest.mark.parametrize("pages", [shared, citizen, mine, kiosk])
def test_large_print(pages: Any, walk: Callable[..., None], town: Any, at: datetime) -> None:
    sizes = [*SHORT, UPRIGHT] if pages is kiosk else SHORT
    walk(pages(Street(town, at)), "zh-hans", elder=True, sizes=sizes)


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_the_windows(language: str, walk: Callable[..., None], town: Any, at: datetime) -> None:
    walk(windows(Street(town, at)), language, sizes=[FULL_HD, FOUR_K, UPRIGHT])


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_a_window_where_nothing_hangs(
    language: str, walk: Callable[..., None], wang: Any, at: datetime
) -> None:
    window, _token = hang.device(at=at, site=hang.site(), name="空窗")

    def house(page: Page) -> None:
        page.locator("ym-window[data-showing=house]").wait_for(state="attached")

    leaf = Leaf(f"/windows/{window.uid}/?preview=1", wang, do=house)
    walk([leaf], language, sizes=[FULL_HD, FOUR_K, UPRIGHT])


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_the_wall(language: str, walk: Callable[..., None], town: Any, at: datetime) -> None:
    walk(wall(Street(town, at)), language, sizes=[*SIZES, UPRIGHT])


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_the_wall_in_large_print(language: str, walk: Callable[..., None], town: Any, at: datetime) -> None:
    walk(wall(Street(town, at)), language, elder=True, sizes=[FULL_HD, UPRIGHT])


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_a_street_without_a_vacancy(language: str, walk: Callable[..., None]) -> None:
    def empty(page: Page) -> None:
        page.locator("[data-part=list-empty]").wait_for()

    leaves = [Leaf("/wall/?theme=day&tour=0", do=empty), Leaf("/kiosk/"), Leaf("/kiosk/vacancies/")]
    walk(leaves, language, sizes=[FULL_HD, UPRIGHT])

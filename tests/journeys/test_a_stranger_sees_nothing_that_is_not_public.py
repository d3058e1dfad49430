"""路人 walks through every door that opens, reads every byte, and learns nothing about anybody.

Each secret is a value found nowhere else, looked for in six spellings in bodies, headers and the page
as the browser holds it. The control at the end proves that the search would find one.
"""

from __future__ import annotations

import base64
import html
import json
import re
from collections.abc import Iterator
from datetime import datetime
from types import SimpleNamespace
from typing import Any
from urllib.parse import quote, urljoin, urlsplit

import pytest
from django.urls import URLPattern, URLResolver, get_resolver
from django.utils import timezone
from playwright.sync_api import Page

from tests import factories
from yuanmeng.applications.models import Application
from yuanmeng.counsel.models import FollowUp
from yuanmeng.organisations.models import Organisation

pytestmark = [pytest.mark.browser, pytest.mark.once, pytest.mark.django_db(transaction=True)]
MOST_PAGES = 300
ROOMS = (
    "vacancies", "me/applications", "api/v1/vacancies", "api/v1/applications", "api/v1/seekers",
    "desk/people", "employer/applicants", "employer/applications",
)  # fmt: skip


@pytest.fixture
def at() -> datetime:
    """The server runs by the wall clock, so the town does too."""
    return timezone.now()


@pytest.fixture
def secrets(town: Any, at: datetime) -> dict[str, str]:
    """A town in which every personal field holds a value of its own, and what was never published too."""
    person = factories.person(
        "甲秘名", at=at, phone="12071717171", birth_year=1969, email="canary-mail@example.cn",
        id_number="319999196903150011", address="秘密路 9917 号", committee_name="秘委会",
    )  # fmt: skip
    seeker = factories.Seeker.objects.create(
        person=person, made_at=at, changed_at=at, active_at=at, education=6, channel="desk",
        school="秘校学院", major="秘术专业", last_job="秘职岗位", skills=["秘技一"], certificates=["秘证一"],
        wanted_text="秘愿工作",
    )  # fmt: skip
    seeker.write_resume("秘历：在某处做过某事。", by=town.chen, at=at)
    sent = Application.submit(
        seeker=seeker,
        vacancy=town.barista,
        via="desk",
        by=town.chen,
        at=at,
        consent_text="秘约条款",
        consent_version="1",
    )
    sent.invite(by=town.hu, at=at, meeting_at=at, meeting_place="秘会地点")
    Application.objects.filter(pk=sent.pk).update(recruiter_note="秘评语句")
    FollowUp.objects.create(kind="by_hand", person=person, words="秘记待办", due_on=at.date(), made_at=at)
    draft = factories.vacancy(town.cafe, "秘稿岗位", at=at, content="秘稿内容")
    town.barista.contact_name, town.barista.contact_phone = "秘联络人", "12072727272"
    town.barista.save()
    hidden = Organisation.objects.get(pk=town.cafe.pk)
    hidden.contact_name, hidden.contact_phone = "秘店长人", "12073737373"
    hidden.save()
    return {
        "name": "甲秘名", "phone": "12071717171", "email": "canary-mail", "id": "319999196903150011",
        "address": "秘密路", "committee": "秘委会", "school": "秘校", "major": "秘术", "last_job": "秘职",
        "skill": "秘技", "certificate": "秘证", "wish": "秘愿", "resume": "秘历", "consent": "秘约",
        "meeting": "秘会", "note": "秘评", "to-do": "秘记", "draft title": draft.title, "draft": "秘稿内容",
        "contact phone": "12072727272", "employer phone": "12073737373", "account": "陈老师",
        "recruiter": "胡经理", "application": sent.number, "person uid": person.uid, "seeker uid": seeker.uid,
        "application uid": sent.uid, "draft uid": draft.uid,
    }  # fmt: skip


def spellings(secret: str) -> set[str]:
    """Raw, in an address, in HTML, in JSON, in base64, and a number in groups."""
    spelt = {secret, quote(secret), html.escape(secret), json.dumps(secret)[1:-1]}
    spelt.add(base64.b64encode(secret.encode()).decode().rstrip("=")[:-1])
    if secret.isdigit() and len(secret) == 11:
        spelt |= {f"{secret[:3]} {secret[3:7]} {secret[7:]}", f"{secret[:3]}-{secret[3:7]}-{secret[7:]}"}
    return spelt


def told(text: str, secrets: dict[str, str]) -> list[str]:
    return [what for what, secret in secrets.items() if any(spelt in text for spelt in spellings(secret))]


def plain_paths(patterns: list[Any], prefix: str = "/") -> Iterator[str]:
    """Every address without a variable part."""
    for pattern in patterns:
        route = prefix + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            yield from plain_paths(pattern.url_patterns, route)
        elif isinstance(pattern, URLPattern) and "<" not in route and "(" not in route:
            yield route


def doors(town: Any, secrets: dict[str, str]) -> list[str]:
    """Where a stranger tries first: every plain address, and those of things whose uid leaked."""
    uids = [uid for what, uid in secrets.items() if what.endswith("uid")]
    guesses = [
        f"/{room}/{uid}{end}"
        for uid in uids
        for room in ROOMS
        for end in ("", "/")
    ]  # fmt: skip
    probes = ["/vacancies/?q=秘", "/vacancies/?q=12071717171", "/api/v1/vacancies?q=甲秘名", "/?name=甲秘名"]
    return [*plain_paths(get_resolver().url_patterns), *guesses, *probes]


def test_it(desktop: Page, house: str, town: Any, secrets: dict[str, str], complaints: list[str]) -> None:
    waiting, walked, leaks = doors(town, secrets), set[str](), []
    while waiting and len(walked) < MOST_PAGES:
        path = waiting.pop(0)
        if path in walked:
            continue
        walked.add(path)
        answer = read(desktop, path)
        # What a stranger put into the address himself is not news to him.
        known = {what: secret for what, secret in secrets.items() if secret not in path}
        leaks += [f"{path}: {what}" for what in told(answer.text, known)]
        waiting += [link for link in links(answer.text, house, path) if link not in walked]
    assert leaks == []
    assert len(walked) > 40


def test_what_the_browser_holds_after_a_visit_is_public_too(
    desktop: Page, town: Any, secrets: dict[str, str], complaints: list[str]
) -> None:
    for path in ["/", "/vacancies/", "/map/", f"/vacancies/{town.barista.uid}/", "/wall/", "/kiosk/"]:
        desktop.goto(path, wait_until="load")
        assert told(desktop.content(), secrets) == [], path
        stored = desktop.evaluate("JSON.stringify([{...localStorage}, {...sessionStorage}])")
        assert told(stored, secrets) == [], path
    complaints.clear()


def test_closed_doors_send_a_stranger_to_the_log_in_or_nowhere(desktop: Page, town: Any) -> None:
    for path in ["/desk/", "/office/", "/employer/", "/me/", "/me/privacy/", "/me/privacy/export"]:
        answer = desktop.request.get(path, max_redirects=0)
        assert answer.status in {302, 404}, path
        if answer.status == 302:
            assert answer.headers["location"].startswith("/login/"), path


def test_the_search_would_notice(secrets: dict[str, str]) -> None:
    """The control: each spelling of each secret is found when it is there."""
    for what, secret in secrets.items():
        for spelt in spellings(secret):
            assert what in told(f"…{spelt}…", secrets)


def read(page: Page, path: str) -> Any:
    """One page as bytes and headers; downloads and streams are cut at five seconds."""
    try:
        answer = page.request.get(path, timeout=5_000)
    except Exception:
        return SimpleNamespace(text="")
    headers = "\n".join(f"{name}: {value}" for name, value in answer.headers.items())
    return SimpleNamespace(text=headers + "\n" + answer.body().decode("utf-8", "replace"))


def links(text: str, house: str, path: str) -> Iterator[str]:
    """Our own addresses named in a page; filters of the search once each, not all combinations."""
    for found in re.findall(r'(?:href|src|action)="([^"#]+)', text):
        at = urlsplit(urljoin(house + path, html.unescape(found)))
        if f"{at.scheme}://{at.netloc}" == house and at.query.count("&") < 2 and "/static/" not in at.path:
            yield at.path + (f"?{at.query}" if at.query else "")

"""Every role opens every address there is. Who gets in is written down here, and nowhere derived.

"in" means the house answers as to somebody who may be there (a page, a refusal of the method or
the content); everybody else gets the log-in page (nobody signed in) or the 404 of a wrong address.
Objects are another organisation's and another counsellor's, unless the table says own.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from types import SimpleNamespace
from typing import Any

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from django.utils import timezone

from tests import factories
from yuanmeng.applications.models import Application, Referral

PERSONAL = {"seeker"}
DESK = {"front_desk", "counsellor"}
# Surface or address → who gets in. The longest key wins. "*" is everybody.
CITIZEN_PUBLIC = (
    "home vacancies map vacancy vacancy_qr apply report favourite programme poster session session_calendar"
    " session_qr basket open_basket"
)
CITIZEN_OWN = (
    "me start applications application receipt withdraw answer_referral recommendations answer bring_back"
    " profile resume looking privacy switch suggested_to_employers withdraw_consent hide show_again code"
    " phone export deletion school favourites forget_choices"
)
ACCESS: dict[str, set[str]] = {
    "api:": {"*"}, "wall:": {"*"}, "kiosk:": {"*"}, "windows:": {"*"}, "ops:": {"*"}, "shared:": {"*"},
    "live:": {"*"},
    "employer:": {"recruiter", "agency"}, "employer:home": {"recruiter", "agency", "partner"},
    "employer:clients": {"agency"}, "employer:client_papers": {"agency"}, "employer:end_mandate": {"agency"},
    "employer:graduates_export": {"partner"},
    "desk:": {"counsellor"}, "desk:home": {*DESK, "manager"}, "desk:people": DESK, "desk:walk_in": DESK,
    "desk:person": DESK, "desk:receipt": DESK, "desk:vacancies": DESK,
    **{f"citizen:{name}": {"*"} for name in CITIZEN_PUBLIC.split()},
    **{f"citizen:{name}": PERSONAL for name in CITIZEN_OWN.split()},
}  # fmt: skip
SIGNED_IN_PAGES = "sessions end_session end_other_sessions"
SCREENS = {"sysadmin", "manager", "auditor", "editor", "front_desk", "cafe"}
CONTENT = {"editor", "manager", "auditor"}
# Room of the office → its addresses → who works there.
OFFICE: list[tuple[str, set[str]]] = [
    (
        "home",
        {
            "manager",
            "auditor",
            "sysadmin",
            "reviewer",
            "data_officer",
            "security",
            "editor",
            "department_officer",
        },
    ),
    ("imports batch commit discard rollback refused hand_in resolve", {"data_officer"}),
    ("answer_mandate", {"reviewer"}),
    ("verification organisation verify reviews publish_many review decide lift settle", {"reviewer"}),
    ("accounts account give take", {"sysadmin", "security"}),
    ("new_account suspend renew", {"sysadmin"}),
    ("audit audit_export audit_check", {"auditor"}),
    ("screens screens_export device device_picture", SCREENS),
    ("nudge", SCREENS - {"auditor"}),
    ("pair pair_again", {"sysadmin", "front_desk"}),
    ("revoke_device rotate_token", {"sysadmin"}),
    ("takeover end_takeover", {"manager"}),
    ("content one_content playlists playlist placements placement_day", CONTENT),
    ("answer_content", CONTENT),
    ("new_content edit_content", {"editor"}),
    ("rename_playlist new_placement withdraw_placement", {"editor", "manager"}),
    ("figures", {"manager", "auditor", "reviewer", "data_officer"}),
    ("programme programme_poster programme_export series session answer_programme", {"editor", "manager"}),
    (
        "programme_copy new_series one_series end_series new_session cancel_session",
        {"editor"},
    ),
    ("engine", {"manager", "auditor", "sysadmin"}),
    ("engine_sharing", {"manager"}),
    ("engine_rollback", {"manager", "sysadmin"}),
]
ACCESS |= {f"office:{name}": roles for names, roles in OFFICE for name in names.split()}
# Open to these roles, but an empty request is told that something is missing.
WANTS_CONTENT = {"citizen:hide", "employer:act_for", "employer:check", "employer:confirm", "desk:vacancies"}
# The catch-all of the API takes any path; logging out and ending a visit would end the one who walks here.
LEFT_OUT = {"nowhere", "logout", "end"}
# Signed out, a door of the house shows the log-in page; the API says 401 or 404 in JSON.
ROLES = [
    "visitor", "seeker", "recruiter", "partner", "front_desk", "counsellor", "manager", "auditor", "sysadmin",
    "reviewer", "editor", "data_officer", "department_officer", "cafe", "security", "kiosk", "screen",
    "agency",
]  # fmt: skip
SIGNED_OUT = {"visitor", "kiosk", "screen"}
# Everybody who is logged in sees where, and ends it elsewhere.
ACCESS |= {f"shared:{name}": {*ROLES} - SIGNED_OUT for name in SIGNED_IN_PAGES.split()}
DUTIES = {"reviewer", "editor", "data_officer", "department_officer", "cafe", "security"}


def addresses(resolver: Any = None, names: str = "") -> Iterator[tuple[str, URLPattern]]:
    for one in (resolver or get_resolver()).url_patterns:
        if isinstance(one, URLResolver):
            yield from addresses(one, f"{names}{one.namespace}:" if one.namespace else names)
        elif one.name not in LEFT_OUT:
            yield f"{names}{one.name}", one


def allowed(name: str) -> set[str]:
    """Return who gets in. An address nobody has written down here fails the test."""
    return ACCESS[name] if name in ACCESS else ACCESS[name.partition(":")[0] + ":"]


@pytest.fixture
def now() -> datetime:
    return timezone.now()


@pytest.fixture
def others(db: Any, now: datetime) -> SimpleNamespace:
    """Rows nobody who asks here has anything to do with."""
    firm = factories.employer("上海旁人商贸有限公司（示例）", at=now)
    officer = factories.member("someone", "旁人", firm, role="recruiter", at=now)
    vacancy = factories.vacancy(firm, "理货员", at=now, state="published")
    hidden = factories.vacancy(firm, "草稿岗位", at=now)
    seeker = factories.seeker("旁人甲", at=now)
    application = Application.submit(
        seeker=seeker,
        vacancy=vacancy,
        via="phone_web",
        by=officer,
        at=now,
        consent_text="同意",
        consent_version="1",
    )
    referral = Referral.propose(officer=officer, seeker=seeker, vacancy=hidden, at=now)
    broker = factories.agency("上海旁人人力资源有限公司（示例）", at=now)
    mandate = factories.mandate(broker, firm, at=now)
    return SimpleNamespace(
        mandate=mandate,
        firm=firm,
        vacancy=vacancy,
        hidden=hidden,
        seeker=seeker,
        application=application,
        referral=referral,
    )


def client_of(role: str, now: datetime) -> Client:
    """Return a browser (or a device) of this role."""
    client = Client()
    if role == "visitor":
        return client
    if role in {"kiosk", "screen"}:
        _, token = factories.device("kiosk" if role == "kiosk" else "wall", at=now)
        client.cookies["device"] = token
        return client
    client.force_login(account_of(role, now))
    return client


def account_of(role: str, now: datetime) -> Any:
    if role == "seeker":
        return factories.user("me", "自己", at=now, person=factories.seeker("自己", at=now).person)
    if role == "agency":
        home = factories.agency("自己机构（示例）", at=now)
        return factories.member("me", "自己", home, role="partner", at=now)
    kind = {"recruiter": "employer", "partner": "university"}.get(role, "department")
    home = factories.organisation("自己单位（示例）", kind=kind, at=now)
    if role in DUTIES:
        return factories.member("me", "自己", home, role="staff", duty=role, at=now)
    return factories.member("me", "自己", home, role=role, at=now)


def path_of(name: str, pattern: URLPattern, others: SimpleNamespace) -> str:
    """Return the address with other people's objects in it."""
    about = {
        "employer:applicant": others.application, "employer:answer": others.application,
        "employer:note": others.application, "employer:answer_mandate": others.mandate,
        "employer:end_mandate": others.mandate, "employer:client_papers": others.mandate,
        "office:answer_mandate": others.mandate,
        "employer:": others.hidden, "citizen:vacancy": others.vacancy,
        "citizen:apply": others.vacancy, "citizen:report": others.vacancy,
        "citizen:application": others.application,
        "citizen:withdraw": others.application, "desk:person": others.seeker.person, "kiosk:": others.vacancy,
        "desk:hired": others.application, "desk:declined": others.referral, "api:vacancy": others.vacancy,
        "api:consent": others.vacancy, "api:": others.application,
    }  # fmt: skip
    key = max((k for k in about if name.startswith(k)), key=len, default="")
    uid = about[key].uid if key else others.vacancy.uid
    given = {"uid": uid, "person": others.seeker.person.uid, "vacancy_uid": others.vacancy.uid, "kind": "csv"}
    wanted = {k: given.get(k, uid) for k in pattern.pattern.converters}
    return reverse(name, kwargs=wanted)


def outcome(client: Client, path: str) -> str:
    response = client.get(path)
    if response.status_code == 405:
        response = client.post(path)
    if response.status_code == 404:
        return "404"
    # Staff may be citizens too: one's own pages first ask for one's own phone.
    if response.status_code == 302 and response.headers["Location"].startswith(("/login/", "/me/start")):
        return "login"
    return "401" if response.status_code == 401 else str(response.status_code)


def _shut(name: str) -> set[str]:
    return {"404", "login"} if name.startswith("citizen:") else {"404"}


def _plain(name: str, pattern: URLPattern) -> bool:
    return not pattern.pattern.converters and name not in WANTS_CONTENT


@pytest.mark.parametrize("role", ROLES)
def test_who_gets_in(role: str, others: SimpleNamespace, now: datetime) -> None:
    client = client_of(role, now)
    wrong = []
    for name, pattern in addresses():
        got = outcome(client, path_of(name, pattern, others))
        if got.startswith("5") and name != "ops:ready":
            wrong.append(f"{name}: broke with {got}")
        elif allowed(name) == {"*"}:
            continue
        elif role in SIGNED_OUT and role not in allowed(name) and got not in {"login", "404"}:
            wrong.append(f"{name}: signed out, got {got}")
        elif role not in SIGNED_OUT and role not in allowed(name) and got not in _shut(name):
            wrong.append(f"{name}: should not exist, got {got}")
        elif role in allowed(name) and got in {"login", "404"} and _plain(name, pattern):
            wrong.append(f"{name}: should be open, got {got}")
    assert wrong == []


@pytest.mark.parametrize("role", ["seeker", "recruiter", "agency"])
def test_other_peoples_objects_do_not_exist(role: str, others: SimpleNamespace, now: datetime) -> None:
    client = client_of(role, now)
    wrong = []
    for name, pattern in addresses():
        mine = role in allowed(name) and allowed(name) != {"*"} and "uid" in pattern.pattern.converters
        path = path_of(name, pattern, others)
        for ask in (client.get, client.post):
            status = ask(path).status_code if mine else 404
            if status not in {404, 405}:
                wrong.append(f"{ask.__name__} {name}: {status}")
    assert wrong == []


def test_no_address_answers_trace(others: SimpleNamespace, now: datetime) -> None:
    client = client_of("visitor", now)
    for name, pattern in addresses():
        assert client.trace(path_of(name, pattern, others)).status_code == 405, name

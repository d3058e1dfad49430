"""Counsellor, front desk, manager and everybody else: who sees what at the desk (security.md §4)."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import get_resolver
from django.utils import timezone

from tests import factories
from yuanmeng.core.models import AuditEntry
from yuanmeng.counsel.models import FollowUp

pytestmark = pytest.mark.django_db
PHONE = "12000000001"


@pytest.fixture(autouse=True)
def _now(monkeypatch: pytest.MonkeyPatch, at: datetime) -> None:
    monkeypatch.setattr(timezone, "now", lambda: at)


@pytest.fixture
def fang(operator: Any, at: datetime) -> Any:
    """小方 works at the front desk."""
    return factories.member("fang", "小方", operator, role="front_desk", at=at)


def as_user(user: Any) -> Client:
    client = Client()
    client.force_login(user)
    return client


@pytest.fixture
def counsellor(chen: Any) -> Client:
    return as_user(chen)


@pytest.fixture
def front_desk(fang: Any) -> Client:
    return as_user(fang)


def shown(client: Client, path: str, status: int = 200) -> str:
    answer = client.get(path)
    assert answer.status_code == status
    return str(answer.content.decode())


def search(client: Client, words: str) -> str:
    answer = client.post("/desk/people/", {"q": words})
    assert answer.status_code == 200
    # What was typed stands in no answer but a hit's own.
    return str(answer.content.decode())


def file_of(seeker: Any) -> str:
    return f"/desk/people/{seeker.person.uid}/"


# --- Who gets in -----------------------------------------------------------------------------

PATHS = [
    "", "vacancies/", "people/", "people/new/", "people/x/", "people/x/wishes/", "people/x/vacancies/",
    "caseload/",
]  # fmt: skip


@pytest.mark.parametrize("path", PATHS)
def test_a_stranger_is_asked_to_log_in_and_learns_nothing(client: Client, li: Any, path: str) -> None:
    path = path.replace("x", li.person.uid)
    answer = client.get(f"/desk/{path}")
    assert answer.status_code == 302
    assert answer["Location"].startswith("/login/")


@pytest.mark.parametrize("path", PATHS)
def test_a_recruiter_a_reviewer_and_an_administrator_find_no_desk(
    town: Any, subdistrict: Any, at: datetime, path: str
) -> None:
    path = path.replace("x", town.li.person.uid)
    admin = factories.member("root", "管理员", subdistrict, role="sysadmin", at=at)
    for user in (town.hu, town.reviewer, admin):
        assert as_user(user).get(f"/desk/{path}").status_code == 404


def test_a_manager_reads_figures_and_no_name(wang: Any, li: Any, chen: Any, at: datetime) -> None:
    FollowUp.remind(li.person, by=chen, at=at, due_on=at.date() - timedelta(days=1))
    manager = as_user(wang)
    page = shown(manager, "/desk/")
    assert "李秀芳" not in page
    assert PHONE not in page
    assert "陈老师" in page
    for path in ("people/", f"people/{li.person.uid}/", "caseload/", "vacancies/", "people/new/"):
        assert manager.get(f"/desk/{path}").status_code == 404
    assert manager.post("/desk/people/", {"q": PHONE}).status_code == 404


def test_every_address_of_the_desk_refuses_a_recruiter(town: Any) -> None:
    """Also those added later: the list comes from the URLconf."""
    client, uid = as_user(town.hu), town.li.person.uid
    patterns = next(
        p for p in get_resolver().url_patterns if getattr(p, "namespace", "") == "desk"
    ).url_patterns
    assert len(patterns) > 15
    for pattern in patterns:
        path = str(pattern.pattern).replace("<str:uid>", uid).replace("<str:vacancy_uid>", uid)
        path = path.replace("<str:kind>", "csv")
        for answer in (client.get(f"/desk/{path}"), client.post(f"/desk/{path}")):
            assert answer.status_code in {404, 405}, path


# --- A counsellor ----------------------------------------------------------------------------


def test_a_person_in_care_is_read_in_full(counsellor: Client, chen: Any, li: Any) -> None:
    li.owner = chen
    li.save()
    page = shown(counsellor, file_of(li))
    assert "李秀芳" in page
    assert PHONE in page
    assert "保洁 厨房帮工" in page


def test_a_person_in_nobodys_care_is_masked(counsellor: Client, li: Any) -> None:
    page = shown(counsellor, file_of(li))
    assert "李**" in page
    assert "120****0001" in page
    for hidden in ("李秀芳", PHONE, "保洁 厨房帮工", "1974"):
        assert hidden not in page


def test_nobody_acts_in_a_closed_file(counsellor: Client, li: Any, barista: Any) -> None:
    for path in ("contact", "todos"):
        assert counsellor.post(f"{file_of(li)}{path}", {}).status_code == 404
    for path in ("wishes/", "vacancies/", f"vacancies/{barista.uid}/"):
        assert counsellor.get(f"{file_of(li)}{path}").status_code == 404


def test_who_stands_at_the_desk_opens_their_file(counsellor: Client, li: Any) -> None:
    counsellor.post(f"{file_of(li)}visit")
    assert "李秀芳" in shown(counsellor, file_of(li))
    assert AuditEntry.objects.filter(action="visit", object_uid=li.person.uid).count() == 1


def test_taking_on_works_where_nobody_looks_after(counsellor: Client, chen: Any, li: Any) -> None:
    counsellor.post(f"{file_of(li)}owner")
    li.refresh_from_db()
    assert li.owner == chen


def test_nobody_takes_a_colleagues_person(counsellor: Client, hu: Any, li: Any) -> None:
    li.owner = hu
    li.save()
    assert counsellor.post(f"{file_of(li)}owner").status_code == 404


def test_each_opened_file_is_written_down(counsellor: Client, chen: Any, li: Any) -> None:
    shown(counsellor, file_of(li))
    [entry] = AuditEntry.objects.filter(action="read")
    assert (entry.actor, entry.object_uid) == (chen.actor_key, li.person.uid)
    assert entry.membership.startswith("counsellor@")
    assert "李" not in entry.fields


def test_no_identity_number_is_on_the_page(counsellor: Client, chen: Any, li: Any) -> None:
    li.owner = chen
    li.save()
    li.person.set_id_number("319999197405150024")
    li.person.save()
    page = shown(counsellor, file_of(li))
    assert "319999" not in page


def test_nothing_personal_is_in_the_title(counsellor: Client, chen: Any, li: Any) -> None:
    li.owner = chen
    li.save()
    page = shown(counsellor, file_of(li))
    title = page[page.index("<title>") : page.index("</title>")]
    assert "李" not in title


def test_an_erased_person_does_not_exist(counsellor: Client, chen: Any, li: Any, at: datetime) -> None:
    li.owner = chen
    li.save()
    li.person.erased_at = at
    li.person.save()
    assert counsellor.get(file_of(li)).status_code == 404
    assert "李" not in search(counsellor, "李秀芳").split("<main", 1)[1]


# --- The front desk --------------------------------------------------------------------------


def test_by_name_the_front_desk_sees_masked_files(front_desk: Client, li: Any) -> None:
    main = search(front_desk, "李秀").split("<main", 1)[1]
    assert "李**" in main
    assert "李秀芳" not in main
    assert PHONE not in main


def test_by_the_whole_phone_the_front_desk_reads_name_and_phone(front_desk: Client, li: Any) -> None:
    main = search(front_desk, "120 0000 0001").split("<main", 1)[1]
    assert "李秀芳" in main
    page = shown(front_desk, file_of(li))
    assert "李秀芳" in page
    assert "保洁 厨房帮工" not in page
    assert "1974" not in page


def test_after_half_an_hour_the_file_is_masked_again(
    front_desk: Client, li: Any, at: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    search(front_desk, PHONE)
    monkeypatch.setattr(timezone, "now", lambda: at + timedelta(minutes=31))
    assert "李秀芳" not in shown(front_desk, file_of(li))


def test_the_front_desk_has_no_caseload_no_wishes_no_to_dos(
    front_desk: Client, li: Any, at: datetime
) -> None:
    todo = FollowUp.objects.create(kind="contact_due", person=li.person, due_on=at.date(), made_at=at)
    search(front_desk, PHONE)
    assert "李秀芳" not in shown(front_desk, "/desk/")
    assert front_desk.get("/desk/caseload/").status_code == 404
    assert front_desk.get(f"{file_of(li)}wishes/").status_code == 404
    assert front_desk.post(f"/desk/todos/{todo.uid}/done").status_code == 404


def test_the_front_desk_answers_a_call_for_help(
    front_desk: Client, fang: Any, barista: Any, at: datetime
) -> None:
    todo = FollowUp.objects.create(kind="help_wanted", vacancy=barista, due_on=at.date(), made_at=at)
    assert "咖啡师" in shown(front_desk, "/desk/")
    front_desk.post(f"/desk/todos/{todo.uid}/owner")
    todo.refresh_from_db()
    assert todo.assigned_to == fang


# --- Searching -------------------------------------------------------------------------------


def test_by_identity_number_only_the_whole_number_finds(counsellor: Client, li: Any) -> None:
    number = "31999919740515002X"
    from yuanmeng.core.checks_cn import id_check_char

    number = number[:17] + id_check_char(number[:17])
    li.person.set_id_number(number)
    li.person.save()
    assert "李秀芳" in search(counsellor, number).split("<main", 1)[1]
    assert 'data-testid="found"' not in search(counsellor, number[:17])


def test_part_of_a_phone_finds_nobody(counsellor: Client, li: Any) -> None:
    assert 'data-testid="found"' not in search(counsellor, "1200000")


def test_one_character_is_too_little(counsellor: Client, li: Any) -> None:
    assert 'data-testid="found"' not in search(counsellor, "李")


def test_thirty_whole_numbers_an_hour_are_enough(counsellor: Client, li: Any) -> None:
    for _turn in range(30):
        search(counsellor, PHONE)
    answer = counsellor.post("/desk/people/", {"q": PHONE})
    assert answer.status_code == 429
    assert "李秀芳" not in answer.content.decode()


def test_a_search_is_written_down_without_its_words(counsellor: Client, li: Any) -> None:
    search(counsellor, PHONE)
    entry = AuditEntry.objects.get(action="exact_search")
    assert (entry.fields, entry.count) == ("phone", 1)
    assert PHONE not in entry.reason + entry.fields


def test_in_english_the_desk_speaks_english(counsellor: Client, li: Any) -> None:
    counsellor.cookies["lang"] = "en"
    page = shown(counsellor, "/desk/?lang=en")
    assert "My to-dos" in page
    assert "我的待办" not in page

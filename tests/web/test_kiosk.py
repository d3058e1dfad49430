"""A short visit at the machine: look, say who one is by phone, apply, and leave nothing behind."""

from __future__ import annotations

import json
import re
from datetime import timedelta
from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from django.utils import timezone

from tests import factories
from yuanmeng.applications.models import Application
from yuanmeng.counsel.models import FollowUp
from yuanmeng.people.models import Session
from yuanmeng.web.kiosk.visit import KEY, Visit

pytestmark = pytest.mark.django_db
PHONE = "12000000077"


@pytest.fixture
def now() -> Any:
    """The wall clock: pages ask it, so what they show has to be open today."""
    return timezone.localtime()


@pytest.fixture
def cook(now: Any) -> Any:
    """A vacancy close by that asks for no degree."""
    return factories.vacancy(
        factories.employer(at=now), "厨房帮工", at=now, state="published", education=None,
        place=factories.place("娄山关路480号", 121.4002, 31.2101),
    )  # fmt: skip


@pytest.fixture
def analyst(now: Any) -> Any:
    """A vacancy far away that asks for a degree."""
    firm = factories.employer("上海云栈数据科技有限公司（示例）", at=now)
    return factories.vacancy(
        firm, "数据分析专员", at=now, state="published", education=7,
        place=factories.place("长宁路1000号", 121.4200, 31.2220),
    )  # fmt: skip


def text(client: Client, path: str) -> str:
    return client.get(path).content.decode()


def say_phone(client: Client, phone: str = PHONE) -> str:
    """Ask for a code and read it off the page, as the demonstration shows it."""
    assert client.post("/kiosk/phone/", {"phone": phone})["Location"] == "/kiosk/code/"
    found = re.search(r'data-testid="shown-code">(\d{6})<', text(client, "/kiosk/code/"))
    assert found
    return found[1]


def enter(client: Client, phone: str = PHONE) -> None:
    assert client.post("/kiosk/code/", {"code": say_phone(client, phone)}).status_code == 302


def send(client: Client, vacancy: Any, **more: str) -> Any:
    said = {"name": "李秀芳", "birth_year": "1974", "education": "4", "consent": "on", **more}
    return client.post(f"/kiosk/vacancies/{vacancy.uid}/application/", said)


# --- asking a person -------------------------------------------------------------------------------


@pytest.fixture
def machine(now: Any) -> Client:
    """The kiosk by the door, with its token."""
    client = Client()
    _, client.cookies["device"] = factories.device("kiosk", name="门口一体机", at=now)
    return client


def test_a_call_is_on_the_counter_and_touched_again_it_is_still_one(
    machine: Client, client: Client, operator: Any, now: Any
):
    assert "kiosk-call" in text(machine, "/kiosk/help/")
    for _n in range(3):
        assert machine.post("/kiosk/help/")["Location"] == "/kiosk/help/"
    shown = text(machine, "/kiosk/help/")
    assert "kiosk-called" in shown
    assert 'kiosk-call"' not in shown
    client.force_login(factories.member("front", "前台小何", operator, role="front_desk", at=now))
    assert text(client, "/desk/").count("有人在“门口一体机”请求帮助") == 1


def test_an_answered_call_makes_room_for_the_next(machine: Client, now: Any, operator: Any):
    machine.post("/kiosk/help/")
    chen = factories.member("chen", "陈老师", operator, role="counsellor", at=now)
    FollowUp.objects.get().settle(by=chen, at=now)
    assert 'kiosk-call"' in text(machine, "/kiosk/help/")
    machine.post("/kiosk/help/")
    assert [todo.state for todo in FollowUp.objects.order_by("id")] == ["done", "open"]


def test_after_ten_minutes_it_is_somebody_else(machine: Client, now: Any):
    machine.post("/kiosk/help/")
    FollowUp.objects.update(made_at=now - timedelta(minutes=11))
    machine.post("/kiosk/help/")
    assert FollowUp.objects.open().count() == 2


def test_every_machine_calls_for_itself_and_browsers_without_a_token_together(machine: Client):
    for caller in (machine, Client(), Client()):
        caller.post("/kiosk/help/")
    todos = FollowUp.objects.order_by("id")
    assert [todo.words for todo in todos] == ["有人在“门口一体机”请求帮助。", "有人在自助终端请求帮助。"]
    assert {todo.person for todo in todos} == {None}


# --- looking --------------------------------------------------------------------------------------


def test_the_nearest_come_first_and_wishes_narrow_the_list(client: Client, cook: Any, analyst: Any):
    both = text(client, "/kiosk/vacancies/")
    assert 0 < both.index("厨房帮工") < both.index("数据分析专员")
    near = text(client, "/kiosk/vacancies/?minutes=15&no_degree=1")
    assert "厨房帮工" in near
    assert "数据分析专员" not in near


def test_a_lit_wish_lifts_itself_when_touched_again(client: Client, cook: Any):
    page = text(client, "/kiosk/vacancies/?no_degree=1")
    lit = re.search(r'<a class="chip" href="(\?[^"]*)" aria-current="true">不用学历', page)
    assert lit
    assert "no_degree" not in lit[1]


def test_a_wish_that_makes_no_sense_is_said_and_the_list_stands(client: Client, cook: Any):
    page = text(client, "/kiosk/vacancies/?pay_min=many")
    assert "厨房帮工" in page
    assert 'role="alert"' in page


def test_map_and_list_ask_the_same_question(client: Client, cook: Any):
    page = text(client, "/kiosk/vacancies/?no_degree=1")
    found = re.search(r'<ym-map[^>]* src="([^"]*)"', page)
    assert found
    assert found[1].startswith("/api/v1/map?radius={radius}&")
    assert "no_degree=1" in found[1]


def test_what_is_closed_is_not_here(client: Client, cook: Any, now: Any):
    cook.valid_until = (now - timedelta(days=1)).date()
    cook.save()
    assert client.get(f"/kiosk/vacancies/{cook.uid}/").status_code == 404


# --- applying -------------------------------------------------------------------------------------


def test_applying_asks_for_a_phone_first_and_comes_back(client: Client, cook: Any):
    path = f"/kiosk/vacancies/{cook.uid}/application/"
    assert client.get(path)["Location"] == "/kiosk/phone/"
    assert client.post("/kiosk/code/", {"code": say_phone(client)})["Location"] == path


def test_an_application_goes_out_by_the_kiosk_and_its_number_is_shown(client: Client, cook: Any):
    enter(client)
    assert send(client, cook)["Location"] == "/kiosk/thanks/"
    row = Application.objects.get()
    assert (row.via, row.vacancy, row.seeker.person.name) == ("kiosk", cook, "李秀芳")
    assert cook.organisation.name in row.consent.receiver
    assert row.number in text(client, "/kiosk/thanks/")


def test_without_the_tick_nothing_goes_out_and_what_was_typed_stays(client: Client, cook: Any):
    enter(client)
    answer = send(client, cook, consent="")
    assert answer.status_code == 302
    assert not Application.objects.exists()
    page = text(client, answer["Location"])
    assert 'value="李秀芳"' in page
    assert 'role="alert"' in page


def test_a_second_application_for_the_same_vacancy_is_said_not_sent(client: Client, cook: Any):
    enter(client)
    send(client, cook)
    answer = send(client, cook)
    assert Application.objects.count() == 1
    assert 'role="alert"' in text(client, answer["Location"])


def test_a_wrong_code_opens_nothing(client: Client):
    right = say_phone(client)
    wrong = "000000" if right != "000000" else "111111"
    assert client.post("/kiosk/code/", {"code": wrong})["Location"] == "/kiosk/code/"
    assert client.get("/kiosk/mine/")["Location"] == "/kiosk/phone/"


def test_the_name_is_masked_where_others_look_over_ones_shoulder(client: Client, cook: Any):
    enter(client)
    send(client, cook)
    page = text(client, "/kiosk/mine/")
    assert "厨房帮工" in page
    assert "李秀芳" not in page


@pytest.mark.parametrize("path", ["/kiosk/phone/", "/kiosk/code/", "/kiosk/end/"])
def test_no_page_comes_from_a_post_so_that_back_sends_nothing_again(client: Client, path: str):
    assert client.post(path, {"phone": "nonsense", "code": ""}).status_code == 302


# --- leaving --------------------------------------------------------------------------------------


def test_a_visit_opens_no_other_page_of_the_house(client: Client, cook: Any):
    enter(client)
    send(client, cook)
    assert client.get("/me/").status_code == 302


def test_the_end_forgets_the_person_and_the_choices(client: Client, cook: Any):
    client.get("/kiosk/?elder=2&lang=en")
    enter(client)
    key = client.cookies[settings.SESSION_COOKIE_NAME].value
    answer = client.post("/kiosk/end/")
    assert '"storage"' in answer["Clear-Site-Data"]
    assert client.cookies["ym_text"].value == ""
    assert client.cookies[settings.LANGUAGE_COOKIE_NAME].value == ""
    assert client.get("/kiosk/mine/")["Location"] == "/kiosk/phone/"
    # Also for whoever wrote the key down.
    client.cookies[settings.SESSION_COOKIE_NAME] = key
    assert client.get("/kiosk/mine/")["Location"] == "/kiosk/phone/"


def test_the_database_holds_no_phone_and_no_name_of_a_visit(client: Client, cook: Any):
    enter(client)
    send(client, cook, consent="")
    kept = json.dumps([Visit(client.session).facts, client.session.get(KEY)], ensure_ascii=False)
    assert PHONE not in kept
    assert "李秀芳" not in kept
    assert Visit(client.session).unseal("typed")["name"] == "李秀芳"


def test_a_visit_ends_after_half_an_hour_whatever_happens(client: Client):
    enter(client)
    session = client.session
    session[KEY] = {**session[KEY], "opened_at": timezone.now().timestamp() - 31 * 60}
    session.save()
    assert client.get("/kiosk/mine/")["Location"] == "/kiosk/phone/"


def test_a_forgotten_visit_is_gone_five_minutes_later(client: Client):
    enter(client)
    left = Session.objects.get().expire_date - timezone.now()
    assert left <= timedelta(minutes=5)


def test_personal_pages_stay_out_of_every_cache(client: Client, cook: Any):
    enter(client)
    assert "no-store" in client.get("/kiosk/mine/")["Cache-Control"]


def test_a_tester_may_shorten_the_idle_time_in_the_demonstration_only(client: Client, settings: Any):
    assert 'quiet="2"' in text(client, "/kiosk/?idle=2")
    assert 'quiet="2"' in text(client, "/kiosk/help/")
    client.post("/kiosk/end/")
    settings.DEMO_MODE = False
    assert 'quiet="60"' in text(client, "/kiosk/?idle=2")


def test_large_print_gives_twice_the_time(client: Client):
    page = text(client, "/kiosk/?elder=1") and text(client, "/kiosk/")
    assert 'quiet="120"' in page
    assert 'warning="20"' in page

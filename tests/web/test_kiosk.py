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
from yuanmeng.counsel import readers
from yuanmeng.counsel.models import FollowUp, Shift
from yuanmeng.people.models import Session
from yuanmeng.recommend.models import Impression, ModelVersion, Suggestion
from yuanmeng.web.kiosk import offline
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


def test_an_empty_list_says_whether_the_wishes_or_the_day_are_to_blame(client: Client, now: Any):
    nothing, too_much = "这里暂时没有在招的岗位", "没有同时符合这些条件的岗位"
    for address, says, not_that in (("", nothing, too_much), ("?pay_min=90000", too_much, nothing)):
        page = client.get(f"/kiosk/vacancies/{address}").content.decode()
        assert says in page and not_that not in page


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


def test_a_late_answer_to_an_old_key_leaves_the_new_one_in_the_browser(client: Client, cook: Any):
    code, name = say_phone(client), settings.SESSION_COOKIE_NAME
    old = client.cookies[name].value
    client.post("/kiosk/code/", {"code": code})
    assert client.cookies[name].value != old
    late = Client()
    for path in ("/kiosk/", "/kiosk/offline/", "/api/v1/vacancies"):
        late.cookies[name] = old
        assert name not in late.get(path).cookies, path
    assert client.post("/kiosk/end/").cookies[name].value == ""


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


# --- keeping for later -----------------------------------------------------------------------------


def test_the_star_is_for_whoever_has_proved_a_phone(client: Client, cook: Any, now: Any):
    assert 'data-testid="keep"' not in text(client, f"/kiosk/vacancies/{cook.uid}/")
    assert client.post(f"/kiosk/vacancies/{cook.uid}/favourite/", {"on": "1"})["Location"] == "/kiosk/phone/"
    seeker = factories.seeker("李秀芳", at=now, phone=PHONE)
    user = factories.user("li", "", at=now, person=seeker.person)
    user.set_phone(PHONE)
    user.save()
    enter(client)
    assert 'data-testid="keep"' in text(client, "/kiosk/vacancies/")
    assert client.post(f"/kiosk/vacancies/{cook.uid}/favourite/", {"on": "1"})["Location"] == "/kiosk/mine/"
    assert f'href="/kiosk/vacancies/{cook.uid}/"' in text(client, "/kiosk/mine/")
    client.post(f"/kiosk/vacancies/{cook.uid}/favourite/", {"on": "0"})
    assert f'href="/kiosk/vacancies/{cook.uid}/"' not in text(client, "/kiosk/mine/")


# --- what suits me ---------------------------------------------------------------------------------


def tiles(html: str) -> list[str]:
    """Where the tiles lead, without the word of the visit."""
    found = re.findall(r'class="kiosk-tile" href="\?visit=\w+&amp;([^"]+)"', html)
    return [path.replace("&amp;", "&") for path in found]


def asked(client: Client, answers: str = "") -> str:
    """The page after these answers in the visit that goes on."""
    text(client, "/kiosk/suits/")
    return text(client, f"/kiosk/suits/?visit={client.session[KEY]['asking']}&{answers}")


def test_three_touches_lead_a_passer_by_to_a_list_with_reasons(client: Client, cook: Any, analyst: Any):
    assert "work=food" in tiles(text(client, "/kiosk/suits/"))
    second = tiles(asked(client, "work=food"))
    assert second[0] == "work=food&area=here"
    third = tiles(asked(client, second[0]))
    assert "work=food&area=here&pay=4000&go=1" in third
    html = asked(client, third[0])
    assert html.index("厨房帮工") < html.index("数据分析专员")
    assert "步行约" in html
    assert 'class="reasons"' in html


def test_a_touch_on_a_wish_lifts_it_or_sets_it(client: Client, cook: Any):
    assert "厨房帮工" in asked(client, "work=food&area=here&go=1&pay=8000")  # 6,500–8,500
    assert 'data-testid="suits"' not in asked(client, "work=food&area=here&go=1&part=1")


def test_with_the_end_of_a_visit_the_answers_are_gone(client: Client, cook: Any):
    assert "厨房帮工" in asked(client, "work=food&area=here&go=1")
    address = f"/kiosk/suits/?visit={client.session[KEY]['asking']}&work=food&area=here&go=1"
    assert set(client.session[KEY]) == {"opened_at", "asking"}
    client.post("/kiosk/end/")
    for _back in range(2):
        assert tiles(text(client, address))[0] == "work=food"  # the first question again


@pytest.mark.parametrize("query", ["work=nothing", "work=food&area=999", "work=food&area=here&pay=abc"])
def test_an_answer_nobody_offers_is_no_answer(client: Client, cook: Any, query: str):
    assert tiles(asked(client, query))


@pytest.fixture
def li_at_the_kiosk(client: Client, cook: Any, analyst: Any, now: Any) -> Any:
    """李阿姨 after her phone was proved, with two suggestions."""
    seeker = factories.seeker("李秀芳", at=now, phone=PHONE)
    user = factories.user("li", "", at=now, person=seeker.person)
    user.set_phone(PHONE)
    user.save()
    version = ModelVersion.objects.create(made_at=now, people=1, jobs=2, seconds=1.0, state="serving")
    reason = {"kind": "fresh", "facts": {"days": 0}, "contribution": 0.1}
    for score, vacancy in ((0.9, cook), (0.8, analyst)):
        Suggestion.objects.create(
            seeker=seeker, vacancy=vacancy, score=score, reasons=[reason], model_version=version, made_at=now
        )
    enter(client)
    return seeker


def test_who_proved_a_phone_sees_the_own_list_and_answers_it(client: Client, li_at_the_kiosk: Any, cook: Any):
    html = text(client, "/kiosk/suits/")
    assert html.index("厨房帮工") < html.index("数据分析专员")
    assert "今天刚发布" in html
    assert Impression.objects.filter(where="kiosk").count() == 2
    row = li_at_the_kiosk.suggestions.get(vacancy=cook)
    assert client.post(f"/kiosk/suits/{row.uid}/answer/", {"reason": "other"})["Location"] == "/kiosk/suits/"
    html = text(client, "/kiosk/suits/")
    assert "厨房帮工" in html[html.index('id="declined"') :]
    client.post(f"/kiosk/suits/{row.uid}/return/")
    row.refresh_from_db()
    assert row.answer == ""
    onward = client.post(f"/kiosk/suits/{row.uid}/answer/", {"answer": "agreed"})["Location"]
    assert onward == f"/kiosk/vacancies/{cook.uid}/application/"


def test_with_recommendations_off_the_list_knows_nobody(client: Client, li_at_the_kiosk: Any):
    seeker = li_at_the_kiosk
    seeker.recommendations_on = False
    seeker.save()
    html = text(client, "/kiosk/suits/")
    assert "/answer/" not in html
    assert not Impression.objects.exists()


def test_nobody_answers_for_somebody_else(client: Client, li_at_the_kiosk: Any, cook: Any):
    row = li_at_the_kiosk.suggestions.get(vacancy=cook)
    for path in ("answer", "return"):
        assert Client().post(f"/kiosk/suits/{row.uid}/{path}/", {"reason": "pay"}).status_code == 404


# --- words, wishes, large print ----------------------------------------------------------------------


def test_a_word_finds_and_the_lit_wishes_go_along(client: Client, cook: Any, analyst: Any):
    page = text(client, "/kiosk/vacancies/?q=帮工&no_degree=1")
    assert "厨房帮工" in page
    assert "数据分析专员" not in page
    assert '<input type="hidden" name="no_degree" value="1">' in page
    assert 'inputmode="none"' in page


def test_no_field_calls_the_systems_keyboard(client: Client, cook: Any):
    pages = [
        text(client, path) for path in ("/kiosk/", "/kiosk/vacancies/", "/kiosk/phone/", "/kiosk/offline/")
    ]
    say_phone(client)
    pages.append(text(client, "/kiosk/code/"))
    enter(client, "12000000076")
    pages.append(text(client, f"/kiosk/vacancies/{cook.uid}/application/"))
    for page in pages:
        for field in re.findall(r"<input (?![^>]*type=\"(?:hidden|checkbox)\")[^>]*>", page):
            assert 'inputmode="none"' in field, field


def test_friendly_to_an_age_is_what_employers_say_and_limits_nobody(client: Client, cook: Any, analyst: Any):
    cook.change(by=None, at=cook.made_at, tags=["50+友好"])
    assert "50+友好" in text(client, "/kiosk/vacancies/")
    found = re.search(r'<a class="chip" href="(\?[^"]*)">适合我的年龄段', text(client, "/kiosk/vacancies/"))
    assert found
    page = text(client, "/kiosk/vacancies/" + found[1].replace("&amp;", "&"))
    assert "厨房帮工" in page
    assert "数据分析专员" not in page
    assert "age" not in found[1]


@pytest.mark.parametrize("path", ["/kiosk/", "/kiosk/vacancies/", "/kiosk/vacancies/?view=wishes"])
def test_large_print_offers_at_most_four_things_a_page(client: Client, cook: Any, path: str):
    client.get("/kiosk/?elder=1")
    main = text(client, path).split("<main")[1].split("</main>")[0]
    buttons = re.findall(r'class="(?:kiosk-door|kiosk-tile)[ "]', main)
    assert len(buttons) <= 4
    assert main.count('class="chip"') == 0


def test_large_print_shows_three_vacancies_at_a_time(client: Client, now: Any):
    firm = factories.employer(at=now)
    for number in range(5):
        factories.vacancy(firm, f"保洁员{number}", at=now, state="published")
    assert text(client, "/kiosk/vacancies/").count("card--link") == 5
    assert text(client, "/kiosk/vacancies/?elder=1").count("card--link") == 3


# --- the receipt -------------------------------------------------------------------------------------


def test_the_receipt_names_the_vacancy_the_time_and_who_looks_after_it(
    client: Client, cook: Any, now: Any, operator: Any, chen: Any
):
    Shift.objects.create(user=chen, starts_at=now - timedelta(hours=1), ends_at=now + timedelta(hours=3))
    enter(client)
    send(client, cook)
    row = Application.objects.get()
    page = text(client, "/kiosk/thanks/")
    slip = page[page.index('slip"') : page.index("</section>")]
    for said in (row.number, "厨房帮工", cook.organisation.name, str(chen), "data:image/svg+xml;base64,"):
        assert said in slip
    assert timezone.localtime(row.submitted_at).strftime("%Y-%m-%d %H:%M") in slip
    assert "李秀芳" not in page
    assert PHONE not in page


def test_the_officer_on_the_receipt_gets_the_call(
    client: Client, cook: Any, now: Any, operator: Any, chen: Any
):
    Shift.objects.create(user=chen, starts_at=now - timedelta(hours=1), ends_at=now + timedelta(hours=3))
    enter(client)
    send(client, cook)
    readers.read_news()
    todo = FollowUp.objects.get(kind="new_application")
    assert todo.assigned_to == chen
    assert str(chen) in text(client, "/kiosk/thanks/")


def test_without_a_printer_the_receipt_says_what_to_do_instead(client: Client, cook: Any, settings: Any):
    enter(client)
    send(client, cook)
    assert "<ym-print" in text(client, "/kiosk/thanks/")
    settings.KIOSK_PAPER = ""
    page = text(client, "/kiosk/thanks/")
    assert "<ym-print" not in page
    assert "拍照" in page


# --- taking along ------------------------------------------------------------------------------------


def put(client: Client, vacancy: Any, on: str = "1") -> Any:
    return client.post(f"/kiosk/vacancies/{vacancy.uid}/basket/", {"on": on})


def test_a_basket_goes_to_one_phone_and_the_kiosk_hears_of_it(client: Client, cook: Any, analyst: Any):
    put(client, cook)
    put(client, analyst)
    client.post("/kiosk/basket/")
    page = text(client, "/kiosk/basket/")
    code = re.search(r'kiosk-pickup">(\d{6})<', page)
    assert code
    assert client.get("/kiosk/basket/state/").json() == {"opened": False}
    phone, other = Client(), Client()
    assert phone.post("/basket/", {"code": f"{code[1][:3]} {code[1][3:]}"})["Location"] == "/basket/"
    shown = text(phone, "/basket/")
    assert shown.index("厨房帮工") < shown.index("数据分析专员")
    assert client.get("/kiosk/basket/state/").json() == {"opened": True}
    assert other.post("/basket/", {"code": code[1]}).status_code == 422
    assert "厨房帮工" not in text(other, "/basket/")


def test_a_scanned_code_opens_once_and_a_preview_opens_nothing(client: Client, cook: Any):
    put(client, cook)
    client.post("/kiosk/basket/")
    token = Visit(client.session).unseal("packed")["token"]
    assert Client().head(f"/basket/{token}/").status_code == 200
    phone = Client()
    assert phone.get(f"/basket/{token}/")["Location"] == "/basket/"
    assert "厨房帮工" in text(phone, "/basket/")
    late = Client().get(f"/basket/{token}/")
    assert late.status_code == 410
    assert "取件码已使用" in late.content.decode()


def test_what_is_taken_out_is_not_in_the_code(client: Client, cook: Any, analyst: Any):
    put(client, cook)
    client.post("/kiosk/basket/")
    put(client, analyst)
    assert "kiosk-pickup" not in text(client, "/kiosk/basket/")  # another content wants another code
    put(client, cook, on="0")
    page = text(client, "/kiosk/basket/")
    assert "数据分析专员" in page
    assert "厨房帮工" not in page


def test_who_tries_codes_through_is_stopped(cook: Any):
    for _try in range(20):
        assert Client().post("/basket/", {"code": "000000"}).status_code == 422
    page = Client().post("/basket/", {"code": "000000"}).content.decode()
    assert "尝试次数过多" in page


def test_the_basket_ends_with_the_visit(client: Client, cook: Any):
    put(client, cook)
    assert "带走（1）" in text(client, "/kiosk/")
    client.post("/kiosk/end/")
    assert "带走（" not in text(client, "/kiosk/")


# --- without network ---------------------------------------------------------------------------------


def test_the_page_for_bad_times_is_nobodys(client: Client, cook: Any):
    enter(client)
    send(client, cook)
    mine, nobodys = client.get("/kiosk/offline/"), Client().get("/kiosk/offline/")
    page = nobodys.content.decode()
    assert "csrfmiddlewaretoken" not in page
    assert "厨房帮工" in page
    assert 'data-meets="near no_degree' in page
    assert "no-store" not in nobodys["Cache-Control"]
    assert not nobodys.cookies
    assert "李秀芳" not in mine.content.decode()
    assert "no-store" in mine["Cache-Control"]  # with a visit about, nothing is kept


def test_the_worker_stands_in_for_the_kiosk_alone(client: Client):
    kiosk = offline.of_the_kiosk()
    assert (kiosk.page, kiosk.pages, kiosk.as_nobody) == ("/kiosk/offline/", "^/kiosk/", True)

"""Applying takes one page, one code and one consent, and happens once."""

from __future__ import annotations

import re
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from django.utils import timezone

from tests import factories
from yuanmeng.applications.models import Application
from yuanmeng.people.models import Consent, Person, User
from yuanmeng.seekers.models import Seeker
from yuanmeng.web.shared import once

pytestmark = pytest.mark.django_db
PHONE = "12055550001"


@pytest.fixture(autouse=True)
def _now(monkeypatch: pytest.MonkeyPatch, at: datetime, settings: Any, tmp_path: Path) -> None:
    monkeypatch.setattr(timezone, "now", lambda: at)
    settings.DEMO_MODE, settings.OUTBOX = True, tmp_path / "outbox.jsonl"


def said(**other: str) -> dict[str, str]:
    """What 李阿姨 types."""
    typed = {"name": "李秀芳", "birth_year": "1974", "education": "4", "phone": PHONE, "consent": "on"}
    return typed | {"once": "first-form"} | other


def code_for(client: Client, vacancy: Any, phone: str = PHONE) -> str:
    answer = client.post(address(vacancy), said(phone=phone, send_code="1", consent=""))
    shown = re.search(r'data-testid="shown-code">(\d{6})<', answer.content.decode())
    assert shown, answer.content.decode()
    return shown[1]


def address(vacancy: Any) -> str:
    return f"/vacancies/{vacancy.uid}/application"


def apply(client: Client, vacancy: Any, **other: str) -> Any:
    return client.post(address(vacancy), said(code=code_for(client, vacancy), **other))


def test_the_form_asks_six_things_and_no_identity_number(client: Client, barista: Any):
    html = client.get(address(barista)).content.decode()
    asked = set(re.findall(r'name="(\w+)"[^>]*required', html)) | set(
        re.findall(r'required[^>]*name="(\w+)"', html)
    )
    assert asked == {"name", "birth_year", "education", "phone", "code", "consent"}
    assert "id_number" not in html


def test_the_consent_names_receiver_contact_purpose_way_and_fields(client: Client, barista: Any):
    html = client.get(address(barista)).content.decode()
    assert barista.organisation.name in html
    assert html.count("<dt>") == 5


def test_it_sends_one_application_with_the_consent_and_what_was_sent(
    client: Client, barista: Any, at: datetime
):
    answer = apply(client, barista, resume="做过十二年保洁。")
    row = Application.objects.get()
    assert answer["Location"] == f"/me/applications/{row.uid}/?thanks=1"
    assert (row.vacancy, row.submitted_at, row.via) == (barista, at, "phone_web")
    assert row.snapshot["name"] == "李秀芳"
    assert row.snapshot["resume"] == "做过十二年保洁。"
    assert "phone" not in row.snapshot
    assert row.consent.receiver == barista.organisation.name
    assert barista.organisation.name in row.consent.text
    assert Consent.objects.filter(purpose="service").count() == 1


def test_the_thank_you_page_gives_the_number_and_what_comes_next(client: Client, barista: Any):
    html = client.get(apply(client, barista)["Location"]).content.decode()
    assert Application.objects.get().number in html
    assert barista.organisation.name in html


def test_two_taps_are_one_application_and_one_answer(client: Client, barista: Any):
    code = code_for(client, barista)
    first, second = (client.post(address(barista), said(code=code)) for _tap in range(2))
    assert Application.objects.count() == 1
    assert first["Location"] == second["Location"]


def test_a_second_tap_that_still_comes_with_the_old_session_gets_the_first_ones_answer(
    client: Client, barista: Any
):
    code, late, session = code_for(client, barista), Client(), settings.SESSION_COOKIE_NAME
    late.cookies[session] = client.cookies[session].value
    key = once.new_key()
    first = client.post(address(barista), said(code=code, once=key))
    assert client.cookies[session].value != late.cookies[session].value
    assert late.post(address(barista), said(code=code, once=key))["Location"] == first["Location"]
    assert Application.objects.count() == 1
    other = late.post(address(barista), said(code=code, once="guessed"))
    assert other.status_code == 422


def test_the_same_form_with_other_words_is_not_sent_again(client: Client, barista: Any):
    apply(client, barista)
    answer = client.post(address(barista), {"education": "5", "consent": "on", "once": "first-form"})
    assert answer.status_code == 422
    assert Application.objects.count() == 1


def test_applying_again_leads_to_the_first_application(client: Client, barista: Any):
    apply(client, barista)
    answer = client.post(address(barista), {"education": "4", "consent": "on", "once": "another-form"})
    assert answer["Location"] == f"/me/applications/{Application.objects.get().uid}/"


def test_without_consent_nothing_is_sent(client: Client, barista: Any):
    assert apply(client, barista, consent="").status_code == 422
    assert not Application.objects.exists()


def test_a_wrong_code_keeps_everything_typed_and_sends_nothing(client: Client, barista: Any):
    code = code_for(client, barista)
    answer = client.post(address(barista), said(code=f"{(int(code) + 1) % 1_000_000:06d}"))
    assert answer.status_code == 422
    assert 'value="李秀芳"' in answer.content.decode()
    assert not User.objects.filter(person__isnull=False).exists()


def test_wrong_codes_are_counted_although_the_application_is_refused(client: Client, barista: Any):
    code = code_for(client, barista)
    wrong = f"{(int(code) + 1) % 1_000_000:06d}"
    for _try in range(5):
        client.post(address(barista), said(code=wrong))
    assert client.post(address(barista), said(code=code)).status_code == 422


def test_a_code_asked_for_in_another_browser_does_not_open(client: Client, barista: Any):
    code = code_for(Client(), barista)
    assert client.post(address(barista), said(code=code)).status_code == 422


def test_the_page_says_where_the_person_came_from(client: Client, barista: Any):
    assert 'name="via" value="wall_qr"' in client.get(address(barista) + "?via=wall_qr").content.decode()
    apply(client, barista, via="wall_qr")
    assert Application.objects.get().via == "wall_qr"


def test_an_invented_origin_counts_as_the_phone(client: Client, barista: Any):
    apply(client, barista, via="desk")
    assert Application.objects.get().via == "phone_web"


def test_the_file_from_the_counter_becomes_ones_own_by_code_name_and_birth_year(
    client: Client, barista: Any, at: datetime
):
    waiting = factories.seeker("李秀芳", at=at, birth_year=1974, phone=PHONE, skills=["保洁"])
    apply(client, barista)
    assert Application.objects.get().seeker == waiting
    assert Person.objects.count() == 1


@pytest.mark.parametrize("other", [{"name": "李秀兰"}, {"birth_year": "1975"}])
def test_a_shared_phone_does_not_open_somebody_elses_file(
    client: Client, barista: Any, at: datetime, other: dict[str, str]
):
    waiting = factories.seeker("李秀芳", at=at, birth_year=1974, phone=PHONE)
    apply(client, barista, **other)
    assert Application.objects.get().seeker != waiting
    assert Seeker.objects.count() == 2


def test_children_cannot_be_registered(client: Client, barista: Any, at: datetime):
    assert apply(client, barista, birth_year=str(at.year - 15)).status_code == 422
    assert not Application.objects.exists()


def test_a_closed_vacancy_takes_no_application(client: Client, barista: Any, hu: Any, at: datetime):
    code = code_for(client, barista)
    barista.close("filled", by=hu, at=at)
    assert client.post(address(barista), said(code=code)).status_code == 302
    assert not Application.objects.exists()


def test_who_is_known_types_no_name_phone_or_code_again(
    client: Client, barista: Any, cafe: Any, at: datetime
):
    apply(client, barista)
    second = factories.vacancy(cafe, "店长", at=at, state="published")
    html = client.get(address(second)).content.decode()
    assert 'name="phone"' not in html
    assert 'name="name"' not in html
    assert client.post(address(second), {"education": "4", "consent": "on", "once": "two"}).status_code == 302
    assert Application.objects.count() == 2


def test_asking_for_a_second_code_at_once_says_how_long_to_wait(client: Client, barista: Any):
    code_for(client, barista)
    answer = client.post(address(barista), said(send_code="1"))
    assert answer.status_code == 422
    assert "60" in answer.content.decode()


def test_the_answer_is_the_same_for_known_and_unknown_numbers(client: Client, barista: Any, at: datetime):
    factories.seeker("周晓晨", at=at, phone="12055550002")

    def shape(phone: str) -> str:
        html = Client().post(address(barista), said(phone=phone, send_code="1")).content.decode()
        return re.sub(r'csrfmiddlewaretoken" value="\w+"|\d{6}|[0-9a-f]{32}', "", html.replace(phone, ""))

    assert shape("12055550002") == shape("12055550003")


def test_personal_pages_are_in_no_cache(client: Client, barista: Any):
    apply(client, barista)
    assert "no-store" in client.get("/me/")["Cache-Control"]
    assert "no-store" in client.get(f"/vacancies/{barista.uid}/")["Cache-Control"]


def test_the_thirty_first_application_of_a_day_waits_till_tomorrow(
    client: Client, barista: Any, cafe: Any, at: datetime, settings: Any
):
    settings.LIMITS = {"applications": 1}
    apply(client, barista)
    second = factories.vacancy(cafe, "店长", at=at, state="published")
    answer = client.post(address(second), {"education": "4", "consent": "on", "once": "two"})
    assert answer.status_code == 429
    assert int(answer["Retry-After"]) == 24 * 3600
    assert "您今天已投递多次" in answer.content.decode()
    assert Application.objects.count() == 1

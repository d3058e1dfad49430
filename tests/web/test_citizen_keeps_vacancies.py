"""A star keeps a vacancy: one tap on, one tap off, closed ones not lost, and it is the person's own."""

from __future__ import annotations

import json
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from tests import factories
from tests.web.test_citizen_rights import logged_in
from yuanmeng.applications.models import Application, Favourite
from yuanmeng.core.models import EventRow, Step
from yuanmeng.seekers.models import Seeker
from yuanmeng.web.shared import own_data

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _now(monkeypatch: pytest.MonkeyPatch, at: datetime) -> None:
    monkeypatch.setattr(timezone, "now", lambda: at)


@pytest.fixture
def mine(li: Seeker, at: datetime) -> Client:
    return logged_in(li, at)


def tap(client: Client, vacancy: Any, on: str = "1", **headers: str) -> Any:
    return client.post(f"/vacancies/{vacancy.uid}/favourite", {"on": on}, headers=headers)


def page(client: Client, path: str) -> str:
    return client.get(path).content.decode()


def test_one_tap_keeps_and_one_tap_takes_back(mine: Client, li: Seeker, barista: Any):
    assert 'value="1" data-testid="keep"' in page(mine, f"/vacancies/{barista.uid}/")
    assert tap(mine, barista)["Location"] == f"/vacancies/{barista.uid}/"
    tap(mine, barista)
    assert Favourite.objects.get().vacancy == barista
    assert 'value="0" data-testid="keep"' in page(mine, f"/vacancies/{barista.uid}/")
    assert "咖啡师" in page(mine, "/me/favourites/")
    tap(mine, barista, "0")
    assert not Favourite.objects.exists()
    assert "咖啡师" not in page(mine, "/me/favourites/")


def test_a_page_that_stays_gets_no_page_back(mine: Client, barista: Any):
    assert tap(mine, barista, accept="application/json").status_code == 204


def test_lists_say_what_is_kept_with_one_question(
    mine: Client, cafe: Any, barista: Any, at: datetime, django_assert_max_num_queries: Any
):
    for number in range(5):
        factories.vacancy(cafe, f"咖啡师{number}", at=at, state="published")
    tap(mine, barista)
    with django_assert_max_num_queries(20) as asked:
        html = page(mine, "/")
    assert sum("applications_favourite" in query["sql"] for query in asked.captured_queries) == 1
    assert (html.count('value="0" data-testid="keep"'), html.count('value="1" data-testid="keep"')) == (1, 5)


def test_what_was_taken_out_of_the_list_can_be_put_back(mine: Client, barista: Any):
    tap(mine, barista)
    answer = tap(mine, barista, "0", referer="http://testserver/me/favourites/")
    assert answer["Location"] == f"/me/favourites/?gone={barista.uid}"
    html = page(mine, answer["Location"])
    assert 'data-testid="gone"' in html
    assert (
        tap(mine, barista, "1", referer=f"http://testserver{answer['Location']}")["Location"]
        == "/me/favourites/"
    )
    assert Favourite.objects.exists()


def test_a_closed_vacancy_is_shown_as_closed(mine: Client, barista: Any, hu: Any, at: datetime):
    tap(mine, barista)
    barista.close("filled", by=hu, at=at)
    html = page(mine, "/me/favourites/")
    assert "咖啡师" in html
    assert "已停止招聘" in html
    assert f'href="/vacancies/{barista.uid}/"' not in html


def test_what_was_applied_for_says_so(mine: Client, li: Seeker, barista: Any, at: datetime):
    tap(mine, barista)
    Application.submit(
        seeker=li, vacancy=barista, via="phone_web", by=li.person.user, at=at, consent_text="…",
        consent_version="1",
    )  # fmt: skip
    assert "已投递" in page(mine, "/me/favourites/")


def test_a_visitor_logs_in_first_and_comes_back_to_the_vacancy(client: Client, mine: Client, barista: Any):
    assert 'data-testid="keep"' in page(client, f"/vacancies/{barista.uid}/")
    assert 'data-testid="keep"' not in page(client, "/")
    where = tap(client, barista)["Location"]
    assert where == f"/login/phone/?next=/vacancies/{barista.uid}/favourite"
    assert mine.get(f"/vacancies/{barista.uid}/favourite")["Location"] == f"/vacancies/{barista.uid}/"
    assert not Favourite.objects.exists()


def test_whoever_recruits_is_offered_no_star(client: Client, hu: Any, barista: Any):
    client.force_login(hu)
    assert 'data-testid="keep"' not in page(client, f"/vacancies/{barista.uid}/")


def test_a_draft_cannot_be_kept(mine: Client, cafe: Any, at: datetime):
    assert tap(mine, factories.vacancy(cafe, "草稿", at=at)).status_code == 404


def test_it_works_with_recommendations_off_and_leaves_no_trace(
    mine: Client, li: Seeker, barista: Any, at: datetime
):
    li.set_recommendations(False, by=li.person.user, at=at)
    events, steps = EventRow.objects.count(), Step.objects.count()
    tap(mine, barista)
    tap(mine, barista, "0")
    assert (EventRow.objects.count(), Step.objects.count()) == (events, steps)


def test_it_is_in_the_archive_and_goes_with_the_person(mine: Client, li: Seeker, barista: Any, at: datetime):
    tap(mine, barista)
    kept = own_data.everything_of(li.person)["favourites"]
    assert json.loads(json.dumps(kept))[0]["vacancy__title"] == "咖啡师"
    own_data.erase(li.person, by=li.person.user, at=at + timedelta(minutes=1))
    assert not Favourite.objects.exists()

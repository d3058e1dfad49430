"""胡经理 is asked whether a vacancy still stands and answers with one tap."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from tests import factories
from yuanmeng.vacancies.models import Vacancy

pytestmark = pytest.mark.django_db
CONFIRM = "/employer/vacancies/confirmation"


@pytest.fixture(autouse=True)
def _now(monkeypatch: pytest.MonkeyPatch, at: datetime) -> None:
    monkeypatch.setattr(timezone, "now", lambda: at)


@pytest.fixture
def at_work(client: Client, hu: Any) -> Client:
    client.force_login(hu)
    return client


@pytest.fixture
def old(cafe: Any, at: datetime) -> Vacancy:
    return factories.vacancy(cafe, "店长", at=at - timedelta(days=31), state="published",
                             valid_until=at.date() + timedelta(days=60))  # fmt: skip


def test_nothing_is_asked_about_fresh_vacancies(at_work: Client, barista: Vacancy):
    assert CONFIRM not in at_work.get("/employer/").content.decode()
    assert CONFIRM not in at_work.get(f"/employer/vacancies/{barista.uid}/").content.decode()


def test_one_tap_on_the_first_page_confirms_them_all(at_work: Client, old: Vacancy, cafe: Any, at: datetime):
    second = factories.vacancy(cafe, "收银员", at=at - timedelta(days=40), state="published",
                               valid_until=at.date() + timedelta(days=60))  # fmt: skip
    page = at_work.get("/employer/").content.decode()
    assert CONFIRM in page and old.title in page and second.title in page
    answer = at_work.post(CONFIRM, {"vacancy": [old.uid, second.uid]}, follow=True)
    assert CONFIRM not in answer.content.decode()
    assert {row.verified_at for row in Vacancy.objects.all()} == {at}


def test_its_own_page_asks_too_and_comes_back(at_work: Client, old: Vacancy):
    here = f"/employer/vacancies/{old.uid}/"
    assert CONFIRM in at_work.get(here).content.decode()
    answer = at_work.post(CONFIRM, {"vacancy": old.uid, "next": here})
    assert answer.headers["Location"] == here


def test_what_was_paused_for_silence_is_said(at_work: Client, cafe: Any, at: datetime):
    gone = factories.vacancy(cafe, "店长", at=at - timedelta(days=95), state="paused",
                             verified_at=at - timedelta(days=91))  # fmt: skip
    assert f"/employer/vacancies/{gone.uid}/" in at_work.get("/employer/").content.decode()


def test_a_vacancy_of_somebody_else_does_not_exist(at_work: Client, at: datetime):
    other = factories.employer(at=at)
    theirs = factories.vacancy(other, "厨师", at=at - timedelta(days=40), state="published")
    assert at_work.post(CONFIRM, {"vacancy": theirs.uid}).status_code == 404
    theirs.refresh_from_db()
    assert theirs.verified_at is None

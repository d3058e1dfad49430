"""Anybody finds open vacancies, and nothing but open vacancies."""

from __future__ import annotations

import json
import re
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _now(monkeypatch: pytest.MonkeyPatch, at: datetime) -> None:
    monkeypatch.setattr(timezone, "now", lambda: at)


def page(client: Client, path: str, status: int = 200) -> str:
    answer = client.get(path)
    assert answer.status_code == status, answer.content.decode()[:2000]
    return answer.content.decode()


def test_the_first_page_shows_todays_figures_and_the_newest(client: Client, barista: Any):
    html = page(client, "/")
    assert re.search(r'hero__number">2<', html)
    assert barista.title in html
    assert f"/vacancies/{barista.uid}/" in html


def test_the_search_finds_by_word_and_counts_openings(client: Client, barista: Any, cafe: Any, at: datetime):
    factories.vacancy(cafe, "保洁员", at=at, state="published", openings=3)
    html = page(client, "/vacancies/?q=咖啡师")
    assert "咖啡师" in html
    assert "保洁员" not in html
    assert "<strong>1</strong>" in html


def test_each_filter_says_how_many_it_would_leave(client: Client, barista: Any, cafe: Any, at: datetime):
    factories.vacancy(cafe, "保洁员", at=at, state="published", employment_type="PART_TIME")
    html = page(client, "/vacancies/")
    assert re.search(r'employment_type=PART_TIME"[^>]*>[^<]+<span class="chip__count">1</span>', html)


def test_a_filter_that_is_set_can_be_lifted(client: Client, barista: Any):
    html = page(client, "/vacancies/?q=咖啡&employment_type=FULL_TIME")
    assert 'href="?q=%E5%92%96%E5%95%A1"' in html
    assert 'href="?employment_type=FULL_TIME"' in html


def test_drafts_expired_and_paused_ones_are_nowhere(client: Client, cafe: Any, at: datetime):
    draft = factories.vacancy(cafe, "没有发布的岗位", at=at)
    old = factories.vacancy(
        cafe, "过期的岗位", at=at, state="published", valid_until=at.date() - timedelta(days=1)
    )
    html = page(client, "/vacancies/")
    assert draft.title not in html
    assert old.title not in html
    page(client, f"/vacancies/{draft.uid}/", status=404)
    assert old.content not in page(client, f"/vacancies/{old.uid}/", status=410)


def test_no_answer_comes_with_a_next_step(client: Client, barista: Any):
    html = page(client, "/vacancies/?q=宇航员")
    assert 'class="empty"' in html
    assert 'href="/help/"' in html


def test_a_filter_that_makes_no_sense_is_refused_in_words(client: Client):
    assert "notice--bad" in page(client, "/vacancies/?pay_min=viel", status=422)


def test_the_map_asks_for_the_same_vacancies_as_the_list(client: Client, barista: Any):
    html = page(client, "/map/?employment_type=FULL_TIME&q=咖啡")
    assert "/api/v1/map?radius={radius}&amp;q=%E5%92%96%E5%95%A1&amp;employment_type=FULL_TIME" in html
    words = json.loads(re.search(r'id="map-words"[^>]*>(.*?)</script>', html, re.S)[1])  # type: ignore[index]
    assert "{n}" in words["cell"]


def test_a_vacancy_is_machine_readable(client: Client, barista: Any):
    html = page(client, f"/vacancies/{barista.uid}/")
    posting = json.loads(re.search(r'ld\+json">(.*?)</script>', html, re.S)[1])  # type: ignore[index]
    assert posting["@type"] == "JobPosting"
    assert posting["validThrough"] == "2027-01-04T23:59:59+08:00"
    assert posting["totalJobOpenings"] == 2
    assert posting["baseSalary"]["value"] == {
        "@type": "QuantitativeValue",
        "unitText": "MONTH",
        "minValue": 6500,
        "maxValue": 8500,
    }
    assert posting["jobLocation"]["geo"]["longitude"] == 121.4001


def test_words_of_an_employer_cannot_leave_their_place(client: Client, cafe: Any, at: datetime):
    nasty = factories.vacancy(
        cafe, "</script><b>店员", at=at, state="published", content="</script><img src=x onerror=alert(1)>"
    )
    html = page(client, f"/vacancies/{nasty.uid}/")
    assert "<b>店员" not in html
    assert "<img src=x" not in html


def test_a_vacancy_shows_no_contact_of_the_employer(client: Client, cafe: Any, at: datetime):
    row = factories.vacancy(cafe, "收银员", at=at, state="published", contact_phone="12099998888")
    html = page(client, f"/vacancies/{row.uid}/")
    assert "12099998888" not in html


def test_the_code_opens_the_same_vacancy_and_says_where_it_stood(
    client: Client, barista: Any, monkeypatch: pytest.MonkeyPatch
):
    from yuanmeng.web.shared import qr

    asked: list[str] = []
    monkeypatch.setattr(qr, "svg", lambda address: asked.append(address) or b"<svg/>")
    answer = client.get(f"/vacancies/{barista.uid}/qr.svg?via=wall_qr")
    client.get(f"/vacancies/{barista.uid}/qr.svg?via=javascript")
    assert answer["Content-Type"] == "image/svg+xml"
    assert asked[0].endswith(f"/vacancies/{barista.uid}/?via=wall_qr")
    assert asked[1].endswith(f"/vacancies/{barista.uid}/")


def test_anybody_may_report_a_vacancy_once_per_form(client: Client, barista: Any):
    from yuanmeng.vacancies.models import Report

    form = {"reason": "fee", "words": "要交 200 元服装费", "once": "k1"}
    for _tap in range(2):
        assert client.post(f"/vacancies/{barista.uid}/report", form).status_code == 302
    assert Report.objects.get().words == "要交 200 元服装费"


def test_a_page_of_twenty_costs_few_queries(
    client: Client, cafe: Any, at: datetime, django_assert_max_num_queries: Any
):
    for n in range(20):
        factories.vacancy(cafe, f"店员{n}", at=at, state="published")
    page(client, "/vacancies/")
    with django_assert_max_num_queries(8):
        page(client, "/vacancies/")

"""胡经理 writes a vacancy: the gate names clauses and better words before anything goes out."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from tests import factories
from yuanmeng.vacancies.models import Vacancy

pytestmark = pytest.mark.django_db
BAD = "限女性，35岁以下，沪籍优先，押金200"


@pytest.fixture(autouse=True)
def _now(monkeypatch: pytest.MonkeyPatch, at: datetime) -> None:
    monkeypatch.setattr(timezone, "now", lambda: at)


@pytest.fixture
def at_work(client: Client, hu: Any) -> Client:
    client.force_login(hu)
    return client


def typed(**other: str) -> dict[str, str]:
    """What 胡经理 types: a whole, decent vacancy."""
    words = {
        "title": "咖啡师", "openings": "2", "content": "制作饮品，接待顾客。", "requirements": "有服务意识。",
        "pay_min_yuan": "6500", "pay_max_yuan": "8500", "pay_unit": "month", "address": "娄山关路500号",
        "employment_type": "FULL_TIME", "valid_until": "2026-12-31", "source": "own", "once": "first",
    }  # fmt: skip
    return words | other


def test_a_decent_vacancy_is_handed_in(at_work: Client, hu: Any, cafe: Any):
    answer = at_work.post("/employer/vacancies/new", typed(do="submit"))
    vacancy = Vacancy.objects.get()
    assert answer.headers["Location"] == f"/employer/vacancies/{vacancy.uid}/"
    assert (vacancy.state, vacancy.organisation, vacancy.submitted_by) == ("submitted", cafe, hu.actor_key)
    assert (vacancy.pay_min_fen, vacancy.pay_max_fen, vacancy.openings) == (650_000, 850_000, 2)
    assert vacancy.place.precision == "street"
    assert vacancy.occupation_code


def test_two_taps_are_one_vacancy(at_work: Client):
    for _tap in range(2):
        at_work.post("/employer/vacancies/new", typed(do="submit"))
    assert Vacancy.objects.count() == 1


def test_the_gate_names_clauses_and_nothing_is_saved(at_work: Client):
    answer = at_work.post("/employer/vacancies/new", typed(requirements=BAD, do="submit"))
    html = answer.content.decode()
    assert answer.status_code == 422
    assert Vacancy.objects.count() == 0
    assert "3 处需要修改" in html
    for words in ("限女性", "沪籍优先", "押金200", "就业促进法", "劳动合同法", "性别不限", "年龄不限"):
        assert words in html


def test_one_tap_puts_the_better_words_in(at_work: Client):
    html = at_work.post("/employer/vacancies/new", typed(requirements=BAD, use="0")).content.decode()
    assert "性别不限，35岁以下，沪籍优先，押金200</textarea>" in html
    html = at_work.post("/employer/vacancies/new", typed(requirements=BAD, use="all")).content.decode()
    assert "性别不限，年龄不限，户籍不限，不收取押金及任何费用</textarea>" in html
    assert "没有需要修改的地方" in html


def test_missing_elements_are_asked_for(at_work: Client):
    empty = dict.fromkeys(
        ["openings", "content", "requirements", "pay_min_yuan", "pay_max_yuan", "address", "valid_until"], ""
    )
    html = at_work.post("/employer/vacancies/new", typed(**empty, do="submit")).content.decode()
    for words in ("缺招聘人数", "缺工作内容", "缺招聘条件", "缺工作地点", "缺薪酬", "缺有效期"):
        assert words in html


def test_the_form_is_read_along_while_it_is_written(at_work: Client):
    answer = at_work.post("/employer/vacancies/check", typed(requirements="仅限女生"))
    html = answer.content.decode()
    assert "<html" not in html
    assert 'data-field="requirements"' in html
    assert 'data-value="性别不限"' in html
    assert Vacancy.objects.count() == 0


def test_a_draft_may_be_incomplete(at_work: Client):
    at_work.post("/employer/vacancies/new", typed(openings="", do="draft"))
    assert Vacancy.objects.get().state == "draft"


def test_a_draft_is_changed_and_its_place_too(at_work: Client, hu: Any, cafe: Any, at: datetime):
    draft = factories.vacancy(cafe, "咖啡师", at=at)
    answer = at_work.post(
        f"/employer/vacancies/{draft.uid}/edit",
        typed(title="夜班咖啡师", address="仙霞路350号", version="1", do="draft"),
    )
    assert answer.status_code == 302, answer.content.decode()
    draft.refresh_from_db()
    assert (draft.title, draft.place.address, draft.version) == ("夜班咖啡师", "仙霞路350号", 2)


def test_of_two_who_edit_the_second_sees_both_texts(at_work: Client, cafe: Any, at: datetime):
    draft = factories.vacancy(cafe, "咖啡师", at=at, version=3, content="别人刚写下的内容")
    answer = at_work.post(
        f"/employer/vacancies/{draft.uid}/edit", typed(content="我写的内容", version="2", do="draft")
    )
    html = answer.content.decode()
    assert answer.status_code == 409
    assert "别人刚写下的内容" in html
    assert "我写的内容" in html
    again = at_work.post(
        f"/employer/vacancies/{draft.uid}/edit",
        typed(content="我写的内容", version="3", do="draft", once="second"),
    )
    assert again.status_code == 302
    draft.refresh_from_db()
    assert draft.content == "我写的内容"


def test_what_has_gone_out_is_not_rewritten(at_work: Client, barista: Any):
    answer = at_work.post(
        f"/employer/vacancies/{barista.uid}/edit", typed(title="别的", version="1", do="draft")
    )
    assert answer.headers["Location"] == f"/employer/vacancies/{barista.uid}/"
    barista.refresh_from_db()
    assert barista.title == "咖啡师"


def test_an_unverified_employer_is_told_and_can_still_write(client: Client, at: datetime):
    fresh = factories.employer("上海新开面馆有限公司（示例）", at=at, state="unverified", valid_until=None)
    client.force_login(factories.member("ma", "马老板", fresh, role="recruiter", at=at))
    html = client.post("/employer/vacancies/new", typed(do="submit")).content.decode()
    assert "单位资质未认证或已过期" in html
    client.post("/employer/vacancies/new", typed(do="draft", once="second"))
    assert Vacancy.objects.get().state == "draft"


def test_lowest_above_highest_pay_is_marked(at_work: Client):
    html = at_work.post("/employer/vacancies/new", typed(pay_min_yuan="9000", do="draft")).content.decode()
    assert "最高薪酬低于最低薪酬" in html
    assert Vacancy.objects.count() == 0

"""The desk opens with what is to be done; one tap settles it."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from tests import factories
from yuanmeng.core.models import AuditEntry
from yuanmeng.counsel.models import FollowUp, ServiceRecord, Shift
from yuanmeng.vacancies.models import Vacancy

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _now(monkeypatch: pytest.MonkeyPatch, at: datetime) -> None:
    monkeypatch.setattr(timezone, "now", lambda: at)


@pytest.fixture
def desk(client: Client, chen: Any) -> Client:
    """陈老师 at the desk."""
    client.force_login(chen)
    return client


@pytest.fixture
def todo(li: Any, chen: Any, at: datetime) -> FollowUp:
    return FollowUp.remind(li.person, by=chen, at=at, due_on=at.date(), words="问问体检")


def page(client: Client, path: str = "/desk/") -> str:
    answer = client.get(path)
    assert answer.status_code == 200, answer.status_code
    return str(answer.content.decode())


def test_late_today_and_next_stand_apart_in_this_order(
    desk: Client, li: Any, chen: Any, at: datetime
) -> None:
    for days in (3, -2, 0):
        FollowUp.remind(
            li.person, by=chen, at=at, due_on=at.date() + timedelta(days=days), words=f"第{days}天"
        )
    shown = page(desk)
    places = [shown.index(words) for words in ("第-2天", "第0天", "第3天")]
    assert places == sorted(places)
    assert "逾期 2 天" in shown
    assert 'data-testid="due">2<' in shown


def test_further_than_a_week_is_not_shown_yet(desk: Client, li: Any, chen: Any, at: datetime) -> None:
    FollowUp.remind(li.person, by=chen, at=at, due_on=at.date() + timedelta(days=8), words="很久以后")
    assert "很久以后" not in page(desk)


def test_the_common_pile_is_on_every_counsellors_desk(desk: Client, li: Any, at: datetime) -> None:
    FollowUp.objects.create(kind="new_application", person=li.person, due_on=at.date(), made_at=at)
    shown = page(desk)
    assert "李秀芳" in shown
    assert "公共待办" in shown


def test_a_colleagues_to_dos_are_not(desk: Client, li: Any, operator: Any, at: datetime) -> None:
    lao = factories.member("lao", "劳老师", operator, role="counsellor", at=at)
    FollowUp.remind(li.person, by=lao, at=at, due_on=at.date())
    assert "李秀芳" not in page(desk)


def test_an_empty_desk_says_what_next(desk: Client) -> None:
    assert "/desk/caseload/?show=unheard" in page(desk)


def test_done_is_one_tap_and_can_be_undone(desk: Client, todo: FollowUp) -> None:
    desk.post(f"/desk/todos/{todo.uid}/done")
    todo.refresh_from_db()
    assert todo.state == "done"
    assert f"/desk/todos/{todo.uid}/reopening" in page(desk)
    desk.post(f"/desk/todos/{todo.uid}/reopening")
    todo.refresh_from_db()
    assert todo.state == "open"


def test_tomorrow_is_one_tap(desk: Client, todo: FollowUp, at: datetime) -> None:
    desk.post(f"/desk/todos/{todo.uid}/postponement")
    todo.refresh_from_db()
    assert todo.due_on == at.date() + timedelta(days=1)


def test_what_is_done_from_the_pile_is_mine(desk: Client, chen: Any, li: Any, at: datetime) -> None:
    todo = FollowUp.objects.create(kind="contact_due", person=li.person, due_on=at.date(), made_at=at)
    desk.post(f"/desk/todos/{todo.uid}/done")
    todo.refresh_from_db()
    assert (todo.assigned_to, todo.state) == (chen, "done")


@pytest.mark.parametrize("act", ["done", "postponement", "owner", "reopening", "check"])
def test_a_colleagues_to_do_does_not_exist(
    desk: Client, li: Any, operator: Any, at: datetime, act: str
) -> None:
    lao = factories.member("lao", "劳老师", operator, role="counsellor", at=at)
    todo = FollowUp.remind(li.person, by=lao, at=at, due_on=at.date())
    assert desk.post(f"/desk/todos/{todo.uid}/{act}").status_code == 404
    todo.refresh_from_db()
    assert (todo.state, todo.assigned_to) == ("open", lao)


def test_kinds_sift_the_list(desk: Client, todo: FollowUp, zhou: Any, at: datetime) -> None:
    FollowUp.objects.create(kind="new_application", person=zhou.person, due_on=at.date(), made_at=at)
    shown = page(desk, "/desk/?kind=new_application")
    assert "周晓晨" in shown
    assert "李秀芳" not in shown


def test_the_look_at_names_is_written_down_once(desk: Client, todo: FollowUp, chen: Any) -> None:
    page(desk)
    [entry] = AuditEntry.objects.filter(action="to_dos")
    assert (entry.actor, entry.count, entry.fields) == (chen.actor_key, 1, "name")


def test_many_to_dos_cost_few_queries(
    desk: Client, cafe: Any, chen: Any, at: datetime, django_assert_max_num_queries: Any
) -> None:
    for n in range(40):
        FollowUp.remind(factories.seeker(f"某{n}", at=at).person, by=chen, at=at, due_on=at.date())
    with django_assert_max_num_queries(30):
        page(desk)


def test_it_says_who_is_on_duty(desk: Client, chen: Any, at: datetime) -> None:
    Shift.objects.create(user=chen, starts_at=at - timedelta(hours=1), ends_at=at + timedelta(hours=5))
    assert "正在值班" in page(desk)


# --- Vacancies to check ----------------------------------------------------------------------


@pytest.fixture
def recheck(barista: Any, cafe: Any, at: datetime) -> FollowUp:
    return FollowUp.objects.create(
        kind="vacancy_recheck", vacancy=barista, organisation=cafe, due_on=at.date(), made_at=at
    )


def test_rechecks_wait_apart_and_do_not_bury_people(desk: Client, recheck: FollowUp) -> None:
    assert "/desk/vacancies/" in page(desk)
    assert 'data-testid="todo"' not in page(desk)
    assert "咖啡师" in page(desk, "/desk/vacancies/")


def test_still_open_counts_as_checked_now(
    desk: Client, recheck: FollowUp, barista: Any, at: datetime
) -> None:
    desk.post(f"/desk/todos/{recheck.uid}/check", {"result": "still_open"})
    barista.refresh_from_db()
    recheck.refresh_from_db()
    assert (barista.verified_at, recheck.state) == (at, "done")
    assert ServiceRecord.objects.get().result == "still_open"


def test_filled_takes_it_off_every_surface(
    desk: Client, recheck: FollowUp, barista: Any, at: datetime
) -> None:
    desk.post(f"/desk/todos/{recheck.uid}/check", {"result": "filled"})
    barista.refresh_from_db()
    assert (barista.state, barista.close_reason) == ("closed", "filled")
    assert not Vacancy.objects.open_on(at.date()).filter(pk=barista.pk).exists()


def test_nobody_answering_brings_it_back_tomorrow(desk: Client, recheck: FollowUp, at: datetime) -> None:
    desk.post(f"/desk/todos/{recheck.uid}/check", {"result": "no_answer"})
    recheck.refresh_from_db()
    assert (recheck.state, recheck.due_on) == ("open", at.date() + timedelta(days=1))

"""The board in memory follows the events: nothing is stale, nothing undone stays, nothing slow is missed."""

from __future__ import annotations

import threading
from datetime import datetime
from typing import Any

import pytest
from django.db import connection, transaction

from tests import factories
from yuanmeng.core import events
from yuanmeng.vacancies import board
from yuanmeng.vacancies.models import Vacancy
from yuanmeng.vacancies.search import VacancyQuery, search

pytestmark = pytest.mark.django_db


def test_nothing_is_read_again_while_nothing_happens(
    barista: Vacancy, at: datetime, django_assert_max_num_queries: Any
) -> None:
    events.tell("vacancy.published", barista, by=None, at=at)
    held = board.current()
    with django_assert_max_num_queries(2):
        assert board.current() is held


def test_only_what_an_event_names_is_read_again(cafe: Any, hu: Any, at: datetime) -> None:
    rows = [factories.vacancy(cafe, f"岗位{n}", at=at, state="published") for n in range(5)]
    events.tell_many([("vacancy.published", row, {}) for row in rows], by=None, at=at)
    before = board.current()
    # A change nobody tells of is not seen: that is the contract.
    Vacancy.objects.filter(pk=rows[0].pk).update(openings=99)
    rows[1].change(by=hu, at=at, openings=7)
    after = board.current()
    assert before.columns is not after.columns
    assert after.columns.openings.tolist() == [2, 7, 2, 2, 2]


def test_a_board_once_given_out_never_changes(barista: Vacancy, hu: Any, at: datetime) -> None:
    events.tell("vacancy.published", barista, by=None, at=at)
    held = board.current()
    barista.close("filled", by=hu, at=at)
    assert len(held.columns) == 1
    assert len(board.current().columns) == 0


def test_what_was_rolled_back_is_forgotten(barista: Vacancy, hu: Any, at: datetime) -> None:
    events.tell("vacancy.published", barista, by=None, at=at)
    board.current()
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        barista.change(by=hu, at=at, openings=50)
        assert board.current().columns.openings.tolist() == [50]
        raise ZeroDivisionError
    assert board.current().columns.openings.tolist() == [2]


def test_a_suspended_organisation_takes_its_vacancies_along(
    barista: Vacancy, wang: Any, at: datetime
) -> None:
    events.tell("vacancy.published", barista, by=None, at=at)
    assert _total(at) == 1
    barista.organisation.suspend(by=wang, at=at, reason="投诉核实中")
    assert _total(at) == 0
    barista.organisation.verify(by=wang, at=at)
    assert _total(at) == 1


def test_a_firm_is_found_by_its_new_name(barista: Vacancy, wang: Any, at: datetime) -> None:
    events.tell("vacancy.published", barista, by=None, at=at)
    firm = barista.organisation
    assert _total(at, q="梧桐咖啡") == 1
    firm.name = "上海香樟咖啡管理有限公司（示例）"
    firm.save()
    firm.tell_changed(by=wang, at=at)
    assert _total(at, q="香樟") == 1
    assert _total(at, q="梧桐") == 0


def test_a_deleted_vacancy_is_gone_however_little_is_left_to_name_it(
    cafe: Any, barista: Vacancy, at: datetime
) -> None:
    stays = factories.vacancy(cafe, "店员", at=at, state="published")
    events.tell_many([("vacancy.published", row, {}) for row in (barista, stays)], by=None, at=at)
    assert _total(at) == 2
    events.tell("vacancy.undone", barista, by=None, at=at)
    barista.delete()
    assert _total(at) == 1
    assert _total(at, q="咖啡师") == 0


def test_a_lapsed_verification_ends_by_its_date(barista: Vacancy, at: datetime) -> None:
    firm = barista.organisation
    firm.valid_until = at.date()
    firm.save()
    assert _total(at) == 1
    assert _total(at.replace(day=26)) == 0


@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif("postgresql" not in connection.vendor, reason="SQLite has one writer: nothing overtakes")
def test_a_slow_transaction_overtaken_by_a_fast_one_is_not_missed(cafe: Any, at: datetime) -> None:
    """Ids are drawn before commit: a reader that goes by id alone would never see the slow one."""
    slow = factories.vacancy(cafe, "慢", at=at, state="published")
    fast = factories.vacancy(cafe, "快", at=at, state="published")
    events.tell("vacancy.published", fast, by=None, at=at)
    board.current()
    told, go_on = threading.Event(), threading.Event()

    def change_slowly() -> None:
        with transaction.atomic():
            Vacancy.objects.filter(pk=slow.pk).update(openings=5)
            events.tell("vacancy.changed", slow, by=None, at=at)
            told.set()
            go_on.wait(10)
        connection.close()

    thread = threading.Thread(target=change_slowly)
    thread.start()
    assert told.wait(10)
    Vacancy.objects.filter(pk=fast.pk).update(openings=9)
    events.tell("vacancy.changed", fast, by=None, at=at)
    assert sorted(board.current().columns.openings.tolist()) == [2, 9]
    go_on.set()
    thread.join()
    assert sorted(board.current().columns.openings.tolist()) == [5, 9]


def _total(at: datetime, **params: str) -> int:
    return search(VacancyQuery.parse(params), at=at).total

from __future__ import annotations

from datetime import datetime, timedelta
from threading import Thread
from typing import Any

import pytest
from django.db import OperationalError, connection, transaction

from yuanmeng.core import limits
from yuanmeng.core.limits import Limit, Strides, TooOften
from yuanmeng.core.models import Use

HOUR = timedelta(hours=1)
TWICE = Limit("twice", 2, HOUR, lambda minutes: f"wait {minutes}")


@pytest.mark.django_db
def test_what_is_allowed_passes_and_the_next_waits(at: datetime) -> None:
    for minutes in (0, 10):
        limits.spend(TWICE, "hu", at=at + timedelta(minutes=minutes))
    with pytest.raises(TooOften) as refusal:
        limits.spend(TWICE, "hu", at=at + timedelta(minutes=20))
    assert refusal.value.wait == timedelta(minutes=40)
    assert (str(refusal.value), refusal.value.code, refusal.value.seconds) == ("wait 40", "too_many", 2400)


@pytest.mark.django_db
def test_a_refusal_is_not_counted_and_the_count_begins_anew(at: datetime) -> None:
    for _n in range(2):
        limits.spend(TWICE, "hu", at=at)
    with pytest.raises(TooOften):
        limits.spend(TWICE, "hu", at=at)
    assert Use.objects.get().count == 2
    limits.spend(TWICE, "hu", at=at + HOUR)
    assert (Use.objects.get().count, Use.objects.get().since) == (1, at + HOUR)


@pytest.mark.django_db
def test_everybody_has_a_count_of_their_own(at: datetime) -> None:
    for who in ("hu", "hu", "chen", "chen"):
        limits.spend(TWICE, who, at=at)
    assert Use.objects.count() == 2


@pytest.mark.django_db
def test_an_act_that_is_undone_was_no_use(at: datetime) -> None:
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        limits.spend(TWICE, "hu", at=at)
        raise ZeroDivisionError
    assert not Use.objects.exists()


@pytest.mark.django_db
def test_an_install_sets_its_own_numbers_and_nought_lifts_them(at: datetime, settings: Any) -> None:
    settings.LIMITS = {"twice": 0}
    for _n in range(5):
        limits.spend(TWICE, "hu", at=at)
    settings.LIMITS = {"twice": 1}
    limits.spend(TWICE, "hu", at=at)
    with pytest.raises(TooOften):
        limits.spend(TWICE, "hu", at=at)


@pytest.mark.django_db
def test_a_clock_set_back_asks_nobody_to_wait_longer_than_the_limit(at: datetime) -> None:
    for _n in range(2):
        limits.spend(TWICE, "hu", at=at + timedelta(days=3))
    with pytest.raises(TooOften) as refusal:
        limits.spend(TWICE, "hu", at=at)
    assert refusal.value.wait == HOUR


@pytest.mark.django_db
def test_counts_whose_time_is_over_are_forgotten(at: datetime) -> None:
    limits.spend(TWICE, "hu", at=at - timedelta(days=2))
    limits.spend(TWICE, "chen", at=at)
    assert limits.forget_old(at=at) == 1
    assert Use.objects.get().who == "chen"


@pytest.mark.django_db(transaction=True)
def test_of_many_at_once_as_many_pass_as_are_allowed(at: datetime) -> None:
    ten, passed = Limit("ten", 10, HOUR, str), []

    def press() -> None:
        for _n in range(5):
            try:
                limits.spend(ten, "hu", at=at)
                passed.append(1)
            except TooOften:
                pass
        connection.close()

    hands = [Thread(target=press) for _n in range(6)]
    for hand in hands:
        hand.start()
    for hand in hands:
        hand.join()
    assert len(passed) == Use.objects.get().count == 10


@pytest.mark.django_db
def test_while_the_database_is_away_the_process_counts_for_itself(
    at: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    def away(*args: Any, **kwargs: Any) -> Any:
        raise OperationalError

    monkeypatch.setattr(limits, "_count", away)
    for _n in range(2):
        limits.spend(TWICE, "away", at=at)
    with pytest.raises(TooOften):
        limits.spend(TWICE, "away", at=at)
    limits.spend(TWICE, "away", at=at + HOUR)


@pytest.mark.django_db
def test_strides_cost_a_write_a_tenth_and_hold_for_all_processes(
    at: datetime, django_assert_num_queries: Any
) -> None:
    pages = Limit("pages", 20, timedelta(minutes=1), str)
    alone = Strides(pages)
    with django_assert_num_queries(0):
        alone.spend("a", at=at)
        alone.spend("a", at=at)
    assert _passed(alone, "b", at) == 20
    assert alone.limit.allowed == 20
    two = (Strides(pages), Strides(pages))
    assert sum(_passed(one, "c", at) for one in two) == 22
    assert _passed(two[0], "c", at + timedelta(minutes=1)) == 20


@pytest.mark.django_db
def test_strides_remember_few_names(at: datetime) -> None:
    strides = Strides(TWICE, most_names=2)
    for name in "abc":
        strides.spend(name, at=at)
    assert [*strides._steps] == ["b", "c"]


def _passed(strides: Strides, who: str, at: datetime) -> int:
    for n in range(100):
        try:
            strides.spend(who, at=at)
        except TooOften:
            return n
    return 100

"""1131: one policy talk, one guidance, three referrals, one training or traineeship; counted, never typed."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest

from tests import factories
from yuanmeng.applications.models import Referral
from yuanmeng.counsel import ledger, readers
from yuanmeng.counsel.models import ServiceRecord


def _given(person: Any, at: datetime) -> list[tuple[int, int]]:
    return [(line.given, line.due) for line in ledger.entitlements(person, at=at)]


def _serve(kind: str, person: Any, chen: Any, at: datetime, **facts: Any) -> ServiceRecord:
    return ServiceRecord.write(kind=kind, by=chen, at=at, person=person, **facts)


def test_nothing_yet(zhou: Any, at: datetime) -> None:
    assert _given(zhou.person, at) == [(0, 1), (0, 1), (0, 3), (0, 1)]


def test_one_of_each_line(zhou: Any, chen: Any, at: datetime) -> None:
    for kind in ("policy_talk", "guidance", "referral", "traineeship", "contact", "contact"):
        _serve(kind, zhou.person, chen, at)
    assert _given(zhou.person, at) == [(1, 1), (1, 1), (1, 3), (1, 1)]
    assert [line.is_met for line in ledger.entitlements(zhou.person, at=at)] == [True, True, False, True]


def test_three_referrals_sent_are_three(town: Any, at: datetime) -> None:
    for title in ("数据专员", "统计助理", "报表员"):
        vacancy = factories.vacancy(town.cafe, title, at=at, state="published")
        row = Referral.propose(officer=town.chen, seeker=town.zhou, vacancy=vacancy, at=at)
        row.agree(by=town.chen, at=at)
        row.send(by=town.chen, at=at, consent_text="同意", consent_version="1")
    readers.read_news()
    assert _given(town.zhou.person, at)[2] == (3, 3)


def test_a_proposal_that_lapsed_is_no_service(town: Any, at: datetime) -> None:
    Referral.propose(officer=town.chen, seeker=town.zhou, vacancy=town.barista, at=at).lapse(at=at)
    readers.read_news()
    assert ServiceRecord.objects.get().result == "lapsed"
    assert _given(town.zhou.person, at)[2] == (0, 3)


def test_a_correction_does_not_count_twice_and_a_mistake_not_at_all(
    zhou: Any, chen: Any, at: datetime
) -> None:
    row = _serve("guidance", zhou.person, chen, at)
    again = row.correct(by=chen, at=at, minutes=40)
    assert _given(zhou.person, at)[1] == (1, 1)
    again.correct(by=chen, at=at, result="mistaken")
    assert _given(zhou.person, at)[1] == (0, 1)


def test_last_years_services_are_outside_the_window(zhou: Any, chen: Any, at: datetime) -> None:
    _serve("guidance", zhou.person, chen, at - timedelta(days=365))
    _serve("policy_talk", zhou.person, chen, at - timedelta(days=364))
    assert _given(zhou.person, at)[:2] == [(1, 1), (0, 1)]


def test_another_persons_services_are_not_counted(zhou: Any, li: Any, chen: Any, at: datetime) -> None:
    _serve("guidance", li.person, chen, at)
    assert _given(zhou.person, at)[1] == (0, 1)


def test_an_unknown_set_is_a_mistake_of_ours(zhou: Any, at: datetime) -> None:
    with pytest.raises(LookupError):
        ledger.entitlements(zhou.person, at=at, code="9999")

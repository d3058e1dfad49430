from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest

from yuanmeng.applications.models import Application, Referral
from yuanmeng.counsel.models import FollowUp
from yuanmeng.counsel.relations import in_care_of


@pytest.fixture
def cares(town: Any) -> Any:
    return lambda at: in_care_of(town.chen, [town.li.person.pk], at=at) == {town.li.person.pk}


def test_a_stranger_is_in_nobodys_care(cares: Any, at: datetime) -> None:
    assert not cares(at)


def test_the_caseload_is(cares: Any, town: Any, at: datetime) -> None:
    town.li.owner = town.chen
    town.li.save()
    assert cares(at)


def test_an_open_to_do_on_my_desk_or_the_common_pile_is(cares: Any, town: Any, at: datetime) -> None:
    todo = FollowUp.objects.create(kind="contact_due", person=town.li.person, due_on=at.date(), made_at=at)
    assert cares(at)
    todo.take(by=town.chen)
    assert cares(at)


def test_a_to_do_on_a_colleagues_desk_is_not(cares: Any, town: Any, at: datetime) -> None:
    FollowUp.remind(town.li.person, by=town.hu, at=at, due_on=at.date())
    assert not cares(at)


def test_a_to_do_i_did_keeps_the_file_open_until_tonight(cares: Any, town: Any, at: datetime) -> None:
    todo = FollowUp.remind(town.li.person, by=town.chen, at=at, due_on=at.date())
    todo.settle(by=town.chen, at=at)
    assert cares(at + timedelta(hours=8))
    assert not cares(at + timedelta(days=1))


def test_a_referral_closes_90_days_later(cares: Any, town: Any, at: datetime) -> None:
    Referral.propose(officer=town.chen, seeker=town.li, vacancy=town.barista, at=at)
    assert cares(at + timedelta(days=90))
    assert not cares(at + timedelta(days=91))


def test_an_application_on_behalf_closes_90_days_after_its_end(cares: Any, town: Any, at: datetime) -> None:
    sent = Application.submit(
        seeker=town.li, vacancy=town.barista, via="desk", by=town.chen, on_behalf_by=town.chen, at=at,
        consent_text="同意", consent_version="1",
    )  # fmt: skip
    assert cares(at + timedelta(days=200))
    sent.decline(by=town.hu, at=at, reason="pay")
    assert cares(at + timedelta(days=90))
    assert not cares(at + timedelta(days=91))

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest

from yuanmeng.applications.models import Application
from yuanmeng.applications.relations import AFTERGLOW, seen_by
from yuanmeng.core import visibility
from yuanmeng.organisations.viewer import Viewer, viewer_of


def _apply(town: Any, at: datetime) -> Application:
    return Application.submit(
        seeker=town.li, vacancy=town.barista, via="phone_web", by=town.chen, at=at,
        consent_text="同意", consent_version="1",
    )  # fmt: skip


def _as(user: Any, at: datetime) -> Viewer:
    return viewer_of(user, on=at.date())


def test_a_visitor_sees_nothing_of_a_person(town: Any, at: datetime) -> None:
    assert seen_by(Viewer(), town.li, at=at) == {}


def test_a_recruiter_sees_no_name_before_an_application(town: Any, at: datetime) -> None:
    assert set(seen_by(_as(town.hu, at), town.li, at=at)) == {"pseudonym"}


def test_a_recruiter_sees_the_name_after_it_and_the_phone_after_the_invitation(
    town: Any, at: datetime
) -> None:
    sent = _apply(town, at)
    before = seen_by(_as(town.hu, at), town.li, at=at)
    assert before["name"] == "李秀芳"
    assert "phone" not in before
    sent.invite(by=town.hu, at=at, meeting_at=at, meeting_place="店里")
    assert seen_by(_as(town.hu, at), town.li, at=at)["phone"] == "12000000001"


def test_the_view_closes_when_the_seeker_takes_it_back(town: Any, at: datetime) -> None:
    _apply(town, at).withdraw(by=town.chen, at=at)
    assert "name" not in seen_by(_as(town.hu, at), town.li, at=at)


def test_the_view_closes_ninety_days_after_the_end(town: Any, at: datetime) -> None:
    _apply(town, at).decline(by=town.hu, at=at, reason="skill")
    later = at + AFTERGLOW + timedelta(days=1)
    assert "name" in seen_by(_as(town.hu, at), town.li, at=at)
    assert "name" not in seen_by(_as(town.hu, later), town.li, at=later)


def test_a_counsellor_sees_masks_until_the_case_is_hers(town: Any, at: datetime) -> None:
    assert seen_by(_as(town.chen, at), town.li, at=at)["name"] == "李**"
    town.li.owner = town.chen
    town.li.save()
    assert seen_by(_as(town.chen, at), town.li, at=at)["name"] == "李秀芳"


def test_a_manager_sees_no_person(town: Any, at: datetime) -> None:
    assert seen_by(_as(town.wang, at), town.li, at=at) == {}


def test_an_ended_membership_has_no_power(town: Any, at: datetime) -> None:
    _apply(town, at)
    town.hu.memberships.get().end(on=at.date())
    assert seen_by(_as(town.hu, at), town.li, at=at) == {}


def test_a_field_without_a_row_may_not_leave() -> None:
    with pytest.raises(visibility.UnknownField):
        visibility.shape("person", {"shoe_size": 41}, held={"counsellor"}, relations=set())


def test_no_one_reads_sensitive_fields_unmasked() -> None:
    for rule in visibility.matrix().values():
        if rule.level == "L4":
            codes = {code for cells in rule.grants.values() for code, _ in cells}
            assert codes <= {"m"}, f"{rule.noun}.{rule.field}"

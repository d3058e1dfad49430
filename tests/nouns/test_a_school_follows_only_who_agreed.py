"""A school sees a graduate while the graduate agrees, with a masked name; nobody else's, and not after."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import pytest

from tests import factories
from yuanmeng.applications.relations import seen_by
from yuanmeng.core.errors import Refused
from yuanmeng.organisations.viewer import viewer_of
from yuanmeng.seekers import schools

pytestmark = pytest.mark.django_db


@pytest.fixture
def university(db: Any, at: datetime) -> Any:
    return factories.organisation("东海样例大学（示例）", kind="university", at=at)


@pytest.fixture
def ning(university: Any, at: datetime) -> Any:
    """宁老师 of the careers office."""
    return viewer_of(factories.member("ning", "宁老师", university, role="partner", at=at), on=at.date())


def test_it_lasts_from_the_word_to_its_taking_back(zhou: Any, university: Any, ning: Any, at: datetime):
    assert seen_by(ning, zhou, at=at) == {}
    consent = schools.share(zhou, university, by=None, at=at, channel="desk", version="1")
    assert list(schools.graduates_of(university)) == [zhou]
    seen = seen_by(ning, zhou, at=at)
    assert seen["name"] == f"{zhou.person.name[0]}*" or "*" in seen["name"]
    assert zhou.person.name not in str(seen) and "phone" not in seen
    consent.withdraw(at=at)
    assert not schools.graduates_of(university).exists()
    assert seen_by(ning, zhou, at=at) == {}


def test_the_name_of_a_school_alone_shows_nothing(zhou: Any, university: Any, ning: Any, at: datetime):
    zhou.change(by=None, at=at, graduate_of=university)
    assert not schools.graduates_of(university).exists()
    assert seen_by(ning, zhou, at=at) == {}


def test_one_school_at_a_time_and_only_schools(zhou: Any, university: Any, cafe: Any, at: datetime):
    other = factories.organisation("浦江样例理工大学（示例）", kind="university", at=at)
    first = schools.share(zhou, university, by=None, at=at, channel="desk", version="1")
    assert schools.share(zhou, university, by=None, at=at, channel="desk", version="1") == first
    schools.share(zhou, other, by=None, at=at, channel="desk", version="1")
    assert not schools.graduates_of(university).exists()
    assert list(schools.graduates_of(other)) == [zhou]
    with pytest.raises(Refused):
        schools.share(zhou, cafe, by=None, at=at, channel="desk", version="1")

"""The vacancy's page says what would bring it nearer, the list what is worth learning."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import pytest
from django.test import Client

from tests import factories
from yuanmeng.recommend import door

pytestmark = pytest.mark.django_db


@pytest.fixture
def asking(town: Any, at: datetime) -> Any:
    """A cleaner's vacancy that asks for more than Li says she can do."""
    town.at = at
    town.asking = factories.vacancy(town.cafe, "保洁员", at=at, state="published", occupation_code="4-13",
                                    skills=["保洁", "布草整理", "外墙清洗"])  # fmt: skip
    door.train(at=at)
    return town


def li(client: Client, town: Any) -> Client:
    client.force_login(factories.user("li", "李秀芳", at=town.at, person=town.li.person))
    return client


def test_the_page_names_the_skill_and_the_list_adds_them_up(client: Client, asking: Any) -> None:
    page = li(client, asking).get(f"/vacancies/{asking.asking.uid}/").content.decode()
    assert "怎样会更合适" in page and "学会“外墙清洗”会更合适。" in page
    listed = client.get("/me/recommendations/").content.decode()
    assert "值得学的技能" in listed and "外墙清洗" in listed


def test_a_stranger_and_who_switched_off_are_told_nothing(client: Client, asking: Any, at: datetime) -> None:
    address = f"/vacancies/{asking.asking.uid}/"
    assert "怎样会更合适" not in client.get(address).content.decode()
    asking.li.set_recommendations(False, by=asking.chen, at=at)
    assert "怎样会更合适" not in li(client, asking).get(address).content.decode()
    assert "值得学的技能" not in client.get("/me/recommendations/").content.decode()
    assert door.steps(asking.li, asking.asking, at=at) == [] and door.lessons(asking.li, at=at) == []


def test_who_says_they_can_do_it_is_not_told_to_learn_it(client: Client, asking: Any, at: datetime) -> None:
    asking.li.skills = [*asking.li.skills, "外墙清洗"]
    asking.li.save(update_fields=["skills"])
    assert not any("外墙清洗" in said for said in door.steps(asking.li, asking.asking, at=at))
    assert "外墙清洗" not in [one.skill for one in door.lessons(asking.li, at=at)]

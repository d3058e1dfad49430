"""The big screen is public, speaks the reader's language, and shows what anybody could search for."""

from __future__ import annotations

import json
import re
from datetime import datetime
from typing import Any

import pytest
from django.conf import settings
from django.http import QueryDict
from django.test import Client, RequestFactory

from yuanmeng.places.gazetteer import find_place
from yuanmeng.vacancies.query import VacancyQuery
from yuanmeng.web.wall import views
from yuanmeng.web.wall.themes import themes

pytestmark = pytest.mark.django_db


def handed_over(page: str, name: str) -> Any:
    found = re.search(rf'<script id="{name}" type="application/json">(.*?)</script>', page)
    assert found, f"the page hands over no {name}"
    return json.loads(found[1])


def test_passers_by_see_it_without_a_login_and_leave_no_session(client: Client):
    answer = client.get("/wall/")
    assert answer.status_code == 200
    assert settings.SESSION_COOKIE_NAME not in answer.cookies


def test_every_word_it_hands_to_the_browser_is_chinese(client: Client):
    page = client.get("/wall/").content.decode()
    words = handed_over(page, "wall-words") | handed_over(page, "map-words")
    plain = {key: re.sub(r"\{\w+\}", "", word) for key, word in words.items()}
    assert {key for key, word in plain.items() if re.search("[A-Za-z]{2,}", word)} == set()


def test_english_is_one_touch_away(client: Client):
    page = client.get("/wall/?lang=en").content.decode()
    assert '<html lang="en"' in page
    assert handed_over(page, "wall-words")["people"] == "{n} {n:person|people} wanted"


def test_each_theme_is_a_search_anybody_could_make():
    for theme in themes():
        asked = QueryDict(theme["query"], mutable=True)
        asked["from"] = "121.4001,31.2103"
        VacancyQuery.parse(asked)
    assert len({theme["key"] for theme in themes()}) == len(themes())


def test_the_wall_stands_where_its_address_is():
    found = find_place("娄山关路500号")
    assert found is not None
    assert (found.lon, found.lat) == settings.HERE


@pytest.mark.parametrize(
    ("hour", "asked", "shown"),
    [
        (5, "", "night"),
        (6, "", "day"),
        (17, "", "day"),
        (18, "", "night"),
        (23, "day", "day"),
        (9, "?", "day"),
    ],
)
def test_it_is_day_from_six_to_six(at: datetime, hour: int, asked: str, shown: str):
    request = RequestFactory().get("/wall/", {"theme": asked})
    request.at = at.replace(hour=hour)  # type: ignore[attr-defined]
    assert views.theme_at(request) == shown

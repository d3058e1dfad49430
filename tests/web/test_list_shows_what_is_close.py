"""Under a short list stands what is close to the words typed, on the page and in the API."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import pytest
from django.test import Client

from tests import factories
from yuanmeng.recommend import door


@pytest.fixture
def alike(cafe: Any, at: datetime, monkeypatch: pytest.MonkeyPatch) -> Any:
    """A vacancy that stands for what the engine finds close."""
    row = factories.vacancy(cafe, "收银员", at=at, state="published")
    monkeypatch.setattr(door, "close_to", lambda found, **_: [(row, 7)] if found.query.q else [])
    return row


def test_the_page_shows_it_apart_from_the_list(alike: Any) -> None:
    page = Client(headers={"accept-language": "zh-hans"}).get("/vacancies/?q=刷卡").content.decode()
    heading = page.index("与您输入的相近")
    assert page.index("没有同时符合这些条件的岗位") < heading < page.index(alike.uid)
    assert 'aria-labelledby="close"' in page


def test_without_words_there_is_no_such_part(alike: Any) -> None:
    assert "与您输入的相近" not in Client().get("/vacancies/").content.decode()


def test_the_api_gives_it_beside_the_items(alike: Any) -> None:
    body = Client().get("/api/v1/vacancies?q=刷卡").json()
    assert body["total"] == 0 and body["items"] == []
    assert [(row["uid"], row["walk_minutes"]) for row in body["close"]] == [(alike.uid, 7)]

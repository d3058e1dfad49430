"""Moments are kept in UTC; the day, the month and the hour people read are those of the clock on the wall."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.utils.timezone import localdate

from tests import factories
from tests.house.floors import SOURCE
from yuanmeng.applications.models.snapshot import new_number
from yuanmeng.recommend import door

PARTS = {"date", "strftime", "weekday", "isocalendar", "year", "month", "day", "hour"}


def test_no_code_takes_the_day_of_a_moment_without_asking_where() -> None:
    wrong = [
        f"{path.relative_to(SOURCE)}:{node.lineno}"
        for path in SOURCE.rglob("*.py")
        for node in _taken(ast.parse(path.read_text(encoding="utf-8")))
    ]
    assert wrong == []


def _taken(tree: ast.AST) -> Iterator[Any]:
    """`at.date()`, `row.made_at.year`, f"{at:%Y}": the parts of a moment whose place nobody asked for."""
    for node in ast.walk(tree):
        part = isinstance(node, ast.Attribute) and node.attr in PARTS and _is_moment(node.value)
        told = (
            isinstance(node, ast.FormattedValue) and node.format_spec is not None and _is_moment(node.value)
        )
        if part or told:
            yield node


def _is_moment(node: ast.AST) -> bool:
    name = getattr(node, "attr", None) or getattr(node, "id", "")
    return name in {"at", "now"} or name.endswith("_at")


@pytest.fixture
def early(at: datetime) -> datetime:
    """Seven in the morning here is eleven at night, the day before, in UTC."""
    return at.replace(hour=7).astimezone(UTC)


def test_what_ended_yesterday_is_not_suggested_at_seven(li: Any, cafe: Any, early: datetime) -> None:
    today = localdate(early)
    facts = {"at": early, "state": "published", "valid_from": today - timedelta(days=9)}
    factories.vacancy(cafe, "昨天截止", **facts, valid_until=today - timedelta(days=1))
    factories.vacancy(cafe, "今天截止", **facts, valid_until=today)
    assert [line.vacancy.title for line in door.suggest_vacancies(li, at=early)] == ["今天截止"]


def test_what_begins_today_is_suggested_at_seven(li: Any, cafe: Any, early: datetime) -> None:
    day = {"valid_from": localdate(early), "valid_until": localdate(early) + timedelta(days=9)}
    factories.vacancy(cafe, "今天开始", at=early, state="published", **day)
    assert [line.vacancy.title for line in door.suggest_vacancies(li, at=early)] == ["今天开始"]


def test_the_number_of_an_application_names_the_month_here(at: datetime) -> None:
    first = at.replace(month=12, day=1, hour=7).astimezone(UTC)
    assert new_number(first).startswith("2612-")

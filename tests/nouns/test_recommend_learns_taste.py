"""Choices tell what else somebody likes: with a reason, at once for what is new; off with the switch."""

from __future__ import annotations

from datetime import datetime, timedelta
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest

from tests import factories
from yuanmeng.applications.models import Favourite
from yuanmeng.core import events
from yuanmeng.recommend import choices, door, engine, labels
from yuanmeng.recommend.models import Impression, Suggestion

TRADES = {"咖啡师": "拉花", "保安员": "巡逻", "收银员": "盘点"}
PEOPLE, EACH = 30, 6


@pytest.fixture
def street(town: Any, at: datetime) -> SimpleNamespace:
    """Thirty people who tell nothing about work apart; each kept five of six vacancies of one trade."""
    jobs = {
        title: [
            factories.vacancy(town.cafe, f"{title}{n}号", at=at - timedelta(days=30), state="published",
                              skills=[skill], content=f"{title}，{skill}")
            for n in range(EACH)
        ]
        for title, skill in TRADES.items()
    }  # fmt: skip
    people = [factories.seeker(f"乙{n}", at=at, wanted_text="全职", skills=[]) for n in range(PEOPLE)]
    for n, seeker in enumerate(people):
        own = jobs[list(TRADES)[n % 3]]
        for step in range(EACH - 1):
            Favourite.keep(
                seeker, own[(n // 3 + step) % EACH], at=at - timedelta(days=10, minutes=100 * n + step)
            )
    return SimpleNamespace(jobs=jobs, people=people, town=town, at=at)


def trade(row: Suggestion) -> str:
    return row.vacancy.title[:3]


def test_what_is_like_the_chosen_stands_first_and_says_so(street: Any) -> None:
    door.train(at=street.at)
    for n, seeker in enumerate(street.people[:6]):
        best = door.suggest_vacancies(seeker, at=street.at, limit=3)
        own = list(TRADES)[n % 3]
        assert [line.vacancy.title[:3] for line in best] == [own] * 3
        assert any(own in said and "选过" in said for said in best[0].reasons), best[0].reasons


def test_a_vacancy_posted_after_the_training_is_liked_at_once(street: Any) -> None:
    door.train(at=street.at)
    later = street.at + timedelta(minutes=1)
    new = factories.vacancy(street.town.cafe, "咖啡师夜班", at=later, state="published", skills=["拉花"],
                            content="咖啡师，拉花")  # fmt: skip
    events.tell("vacancy.published", new, by=None, at=later)
    door.catch_up(at=later)
    drinker, guard = (Suggestion.objects.filter(seeker=street.people[n], vacancy=new).first() for n in (0, 1))
    assert drinker is not None
    assert "taste" in [reason["kind"] for reason in drinker.reasons]
    assert guard is None or guard.score < drinker.score


def test_an_employer_is_told_nothing_of_what_somebody_chose(street: Any) -> None:
    door.train(at=street.at)
    found = door.explain(street.people[0], street.jobs["咖啡师"][0], at=street.at, reader="employer")
    assert found.score and not any("选过" in said for said in found.reasons)


def test_with_the_switch_off_nobody_has_choices(street: Any) -> None:
    street.people[0].set_recommendations(False, by=street.town.chen, at=street.at)
    chosen = choices.of_seekers(None, street.at.date())
    assert street.people[0].uid not in chosen.of
    assert len(chosen.of[street.people[1].uid]) == EACH - 1


def test_what_is_forgotten_is_no_longer_counted_and_what_comes_after_is(street: Any) -> None:
    door.train(at=street.at)
    seeker, later = street.people[0], street.at + timedelta(minutes=1)
    seeker.forget_choices(by=street.town.chen, at=later)
    door.catch_up(at=later)
    assert "chose_titles" not in door.tags(seeker, at=later)
    kinds = [r["kind"] for row in seeker.suggestions.all() for r in row.reasons]
    assert kinds and "taste" not in kinds
    Favourite.keep(seeker, street.jobs["保安员"][0], at=later + timedelta(minutes=1))
    assert door.tags(seeker, at=later)["chose_titles"] == ("保安员0号",)


def test_what_was_chosen_and_is_closed_is_still_known(street: Any) -> None:
    chosen = choices.of_seekers(None, street.at.date())
    open_ones = [job for job in engine.rows_of(street.at.date())[1] if not job.title.startswith("保安员")]
    assert {job.title[:3] for job in chosen.past(open_ones)} == {"保安员"}


def test_no_choice_foretells_itself_in_the_labels(street: Any) -> None:
    """The older half of the labels knows no taste; the newer one that of before."""
    model = door.train(at=street.at)
    for seeker in street.people:
        for place, row in enumerate(Favourite.objects.filter(seeker=seeker)):
            Impression.objects.create(seeker=seeker, vacancy=row.vacancy, where="own", position=place + 1,
                                      model_version=model, at=row.made_at - timedelta(minutes=1))  # fmt: skip
    rows = labels.labels(at=street.at)
    held = engine.full(street.at.date())
    assert held is not None and held.matcher.liking_ is not None
    found, rows = labels.examples(rows, held.matcher)
    taste = found.values[:, [feature.name for feature in held.matcher.recipe.features].index("taste")]
    half = len(rows) // 2
    assert np.isnan(taste[: half + 1]).all()
    # Each of these people had chosen nothing before: their choices came at one time.
    assert np.isnan(taste[half + 1 :]).mean() > 0.8

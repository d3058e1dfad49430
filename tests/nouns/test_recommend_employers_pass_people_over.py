"""An employer's "not for us" moves one vacancy's list at once, and nothing of the person's own."""

from __future__ import annotations

from datetime import datetime, timedelta
from types import SimpleNamespace
from typing import Any

import pytest

from tests import factories
from yuanmeng.core.models import EventRow
from yuanmeng.people.models import Consent
from yuanmeng.recommend import door, impressions
from yuanmeng.recommend.models import ModelVersion, PassedOver, Suggestion
from yuanmeng.web.shared import own_data


@pytest.fixture
def row(town: Any, at: datetime) -> SimpleNamespace:
    """Five people who agreed to be suggested, best first by a whisker, apart in skills, years and home."""
    asked = ["咖啡拉花", "收银", "点单"]
    vacancy = factories.vacancy(town.cafe, "咖啡师甲", at=at, state="published", skills=asked,
                                experience_min_years=3)  # fmt: skip
    version = ModelVersion.objects.create(made_at=at, people=5, jobs=1, seconds=1.0)
    people = []
    for n, (skills, years) in enumerate([(1, 0), (1, 1), (2, 2), (3, 4), (3, 8)]):
        seeker = factories.seeker(f"甲{n}", at=at, wanted_text="咖啡师", skills=asked[:skills],
                                  years_experience=years)  # fmt: skip
        Consent.objects.create(person=seeker.person, purpose="suggested_to_employers", text_version="1",
                               text="同意", channel="desk", given_at=at - timedelta(days=1))  # fmt: skip
        Suggestion.objects.create(seeker=seeker, vacancy=vacancy, score=0.9 - n / 100, made_at=at,
                                  model_version=version)  # fmt: skip
        people.append(seeker)
    return SimpleNamespace(vacancy=vacancy, people=people, by=town.hu, at=at, other=town.barista)


def order(row: Any) -> list[int]:
    found = door.suggest_people(row.vacancy, at=row.at)
    return [row.people.index(one.seeker) for one in found]


def say(row: Any, n: int, reason: str) -> PassedOver:
    return door.pass_over(row.people[n], row.vacancy, reason, by=row.by, at=row.at)


def test_the_person_leaves_the_list_at_once_and_the_rest_stay_as_they_were(row: Any) -> None:
    assert order(row) == [0, 1, 2, 3, 4]
    say(row, 2, "other")
    assert order(row) == [0, 1, 3, 4]


@pytest.mark.parametrize(
    ("reason", "n", "after"), [("skills", 0, [2, 3, 4, 1]), ("experience", 2, [3, 4, 0, 1])]
)
def test_whoever_is_no_better_at_what_was_said_stands_lower(row: Any, reason: str, n: int, after: list[int]):
    say(row, n, reason)
    assert order(row) == after


def test_a_second_no_weighs_more_but_never_shuts_anybody_out(row: Any) -> None:
    from yuanmeng.recommend import passing

    for n in (4, 3, 2):
        say(row, n, "experience")
    rows = list(row.vacancy.suggestions.filter(seeker__in=row.people[:2]).select_related("seeker__person"))
    said = list(PassedOver.objects.select_related("seeker__person"))
    times = passing._times(row.vacancy, [one.seeker for one in rows], said, row.at)
    assert times == pytest.approx([0.75**3] * 2)
    assert passing._times(row.vacancy, [one.seeker for one in rows], said * 3, row.at) == [0.3, 0.3]
    assert order(row) == [0, 1]


def test_bringing_back_undoes_it_exactly(row: Any) -> None:
    no = say(row, 0, "skills")
    assert list(door.passed_over(row.vacancy, at=row.at)) == [no]
    door.return_to_list(no, by=row.by, at=row.at)
    assert order(row) == [0, 1, 2, 3, 4]
    assert not door.passed_over(row.vacancy, at=row.at)


def test_a_second_tap_keeps_the_first_answer(row: Any) -> None:
    say(row, 0, "skills")
    assert say(row, 0, "pay").reason == "skills"
    assert EventRow.objects.filter(kind="passedover.said").count() == 1


def test_the_persons_own_list_and_the_officers_are_not_hurt(row: Any) -> None:
    seeker = row.people[0]
    before = [(line.vacancy, line.score) for line in door.suggest_vacancies(seeker, at=row.at)]
    say(row, 0, "skills")
    assert [(line.vacancy, line.score) for line in door.suggest_vacancies(seeker, at=row.at)] == before
    assert len(door.suggest_people(row.vacancy, at=row.at, reader="officer")) == 5


def test_nothing_that_goes_round_names_the_person_and_nothing_of_theirs_names_the_employer(row: Any) -> None:
    no = say(row, 0, "skills")
    news = EventRow.objects.get(kind="passedover.said")
    assert (news.object_uid, news.payload) == (no.uid, {"vacancy": row.vacancy.uid})
    assert str(own_data.everything_of(row.people[0].person)["passed_over"]) == "['skills']"


def test_the_worker_reads_the_news_and_does_not_bring_anybody_back(town: Any, at: datetime) -> None:
    town.li.person.consents.create(
        purpose="suggested_to_employers", text_version="1", text="同意", channel="desk", given_at=at
    )
    door.train(at=at)
    assert [line.seeker for line in door.suggest_people(town.barista, at=at)] == [town.li]
    no = door.pass_over(town.li, town.barista, "hours", by=town.hu, at=at)
    assert door.catch_up(at=at)
    assert door.suggest_people(town.barista, at=at) == []
    door.return_to_list(no, by=town.hu, at=at)
    assert door.catch_up(at=at)
    assert [line.seeker for line in door.suggest_people(town.barista, at=at)] == [town.li]


def test_the_switch_takes_it_along_and_half_a_year_ends_it(row: Any) -> None:
    say(row, 0, "skills")
    door.forget(row.people[0])
    assert not PassedOver.objects.exists()
    say(row, 1, "pay")
    assert impressions.forget_old(at=row.at + timedelta(days=179)) == 0
    assert impressions.forget_old(at=row.at + timedelta(days=181)) == 1
    assert not PassedOver.objects.exists()


def test_who_agrees_no_longer_is_not_named_among_those_passed_over(row: Any) -> None:
    say(row, 0, "skills")
    row.people[0].person.consents.get().withdraw(at=row.at)
    assert not door.passed_over(row.vacancy, at=row.at + timedelta(seconds=1))


def test_whom_nobody_wants_takes_no_place_from_the_next(town: Any, at: datetime) -> None:
    from yuanmeng.recommend.models import KEPT_PER_SEEKER, KEPT_PER_VACANCY

    version = ModelVersion.objects.create(made_at=at, people=5, jobs=1, seconds=1.0)
    better = [
        factories.vacancy(town.cafe, f"更好{n}", at=at, state="published") for n in range(KEPT_PER_SEEKER)
    ]
    people = [factories.seeker(f"乙{n}", at=at) for n in range(KEPT_PER_VACANCY + 1)]
    Suggestion.objects.bulk_create(
        Suggestion(seeker=seeker, vacancy=vacancy, score=score - n / 1000, model_version=version, made_at=at)
        for n, seeker in enumerate(people)
        for vacancy, score in [(town.barista, 0.5), *((one, 0.9) for one in better)]
    )
    last = Suggestion.objects.get(vacancy=town.barista, seeker=people[-1])
    door.pass_over(people[0], town.barista, "other", by=town.hu, at=at)
    Suggestion.objects.filter(vacancy=town.barista).drop_crowded_out(vacancies=[town.barista.pk])
    assert Suggestion.objects.filter(pk=last.pk).exists()
    door.return_to_list(PassedOver.objects.get(), by=town.hu, at=at)
    Suggestion.objects.filter(vacancy=town.barista).drop_crowded_out(vacancies=[town.barista.pk])
    assert not Suggestion.objects.filter(pk=last.pk).exists()

"""Taking a named fact away moves the score by just what the reason said."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from tests.engine.toy_town import DAY, crowd, town
from yuanmeng.matching import Matcher, Person, Telling
from yuanmeng.matching.features import FEATURES

FAMILY = {feature.name: feature.family for feature in FEATURES}
EVERYTHING = Telling("person", len(FEATURES))
# What to take from the person (or the job) so that a feature falls silent.
SILENCED: dict[str, tuple[dict[str, Any], dict[str, Any]]] = {
    "title": ({"wish": ""}, {}),
    "text": ({"text": "", "skills": ()}, {"skills": ()}),
    "occupation": ({"occupations": ()}, {}),
    "background": ({"last_occupation": ""}, {}),
    "skills": ({}, {"skills": ()}),
    "commute": ({"lon": None, "lat": None}, {}),
    "pay": ({"pay_floor_fen_month": None}, {}),
    "hours": ({"shifts": ()}, {}),
    "experience": ({"experience_years": None}, {}),
    "education": ({"education_rank": None}, {}),
    "fresh": ({}, {"published_on": None}),
    "taste": ({"chose": (), "chose_titles": ()}, {}),
}


def test_every_feature_can_be_silenced() -> None:
    assert set(SILENCED) == {feature.name for feature in FEATURES}


# Skills and words hang together (a skill is a word too), taste needs a crowd: they have tests of their own.
ALONE = set(SILENCED) - {"text", "skills", "taste"}
NAMED = [("li", "cleaner", kind) for kind in sorted(ALONE)]
NAMED += [("zhou", "analyst", kind) for kind in sorted(ALONE - {"background", "hours"})]


@pytest.mark.parametrize(("person", "job", "kind"), NAMED)
def test_removing_a_fact_moves_the_score_as_said(person: str, job: str, kind: str) -> None:
    matcher = town()
    before = matcher.explain(person, job, DAY, tell=EVERYTHING)
    said = {reason.kind: reason.contribution for reason in before.reasons}
    without(matcher, person, job, kind)
    after = matcher.score(person, job, DAY)
    assert before.score - after == pytest.approx(said[kind], abs=1e-6)


def test_skills_lift_the_score_and_a_missing_one_less_so() -> None:
    matcher = town()
    whole = matcher.score("li", "cleaner", DAY)
    assert reason(matcher, "skills").contribution > 0
    matcher.upsert_people([replace(person_of(matcher, "li"), skills=("保洁",))])
    assert matcher.score("li", "cleaner", DAY) < whole


def test_what_was_chosen_moves_the_score_as_said() -> None:
    people, jobs = crowd(60, 80)
    matcher = Matcher().fit(people, jobs, DAY)
    told = 0
    for person in (person for person in people if person.chose):
        pair = matcher.rank([person.id], DAY, k=1, tell=EVERYTHING)[0][0]
        said = {reason.kind: reason for reason in pair.reasons}
        matcher.upsert_people([replace(person, chose=(), chose_titles=())])
        fell = pair.score - matcher.score(pair.person, pair.job, DAY)
        if "taste" in said:
            told += 1
            assert fell == pytest.approx(said["taste"].contribution, abs=1e-6)
            assert said["taste"].facts["chosen"] in {"", *person.chose_titles}
    assert told > 10


def test_the_three_strongest_true_reasons_for_every_pair_of_a_crowd() -> None:
    people, jobs = crowd(60, 80)
    matcher = Matcher().fit(people, jobs, DAY)
    for pair in (pair for pairs in matcher.rank([p.id for p in people], DAY, k=5) for pair in pairs):
        moved = [reason.contribution for reason in pair.reasons]
        true_ones = matcher.explain(pair.person, pair.job, DAY, tell=EVERYTHING).reasons
        families = [FAMILY[reason.kind] for reason in pair.reasons]
        assert pair.reasons == true_ones[:3]
        if len(set(families)) == 3:  # three reasons say three things, the strongest first
            assert moved == sorted(moved, reverse=True)
        else:
            assert len({FAMILY[reason.kind] for reason in true_ones}) < 3


def test_an_employer_is_told_nothing_of_home_pay_or_past() -> None:
    people, jobs = crowd(60, 80)
    matcher = Matcher().fit(people, jobs, DAY)
    tell = Telling("employer", len(FEATURES))
    told = [
        pair for pairs in matcher.rank([j.id for j in jobs], DAY, side="jobs", tell=tell) for pair in pairs
    ]
    kinds = {reason.kind for pair in told for reason in pair.reasons}
    assert kinds == {"title", "occupation", "skills", "experience", "education"}


def without(matcher: Matcher, person: str, job: str, kind: str) -> None:
    of_person, of_job = SILENCED[kind]
    matcher.upsert_people([replace(person_of(matcher, person), **of_person)])
    record = matcher.town.jobs.record(matcher.town.jobs.slot[job])
    matcher.upsert_jobs([replace(record, **of_job)])


def person_of(matcher: Matcher, key: str) -> Person:
    return matcher.town.people.record(matcher.town.people.slot[key])


def reason(matcher: Matcher, kind: str) -> Any:
    pair = matcher.explain("li", "cleaner", DAY, tell=EVERYTHING)
    return next(reason for reason in pair.reasons if reason.kind == kind)

"""Forbidden features are absent by construction: no field, no feature, no word of a text carries them."""

from __future__ import annotations

from dataclasses import fields, replace

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.engine.test_text_is_read_as_it_is_written import TRAITS
from tests.engine.toy_town import DAY, JOBS, LI, PEOPLE
from yuanmeng.matching import Job, Matcher, Person
from yuanmeng.matching.features import FEATURES
from yuanmeng.matching.gates import GATES
from yuanmeng.matching.records import NEVER

# Every field of a person, and what it is read for. A new field must be argued for here.
PURPOSES = {
    "id": "naming",
    "wish": "score",
    "text": "score",
    "skills": "score",
    "occupations": "score",
    "last_occupation": "score",
    "education_rank": "gate and score",
    "experience_years": "score",
    "pay_floor_fen_month": "gate and score",
    "lon": "gate and score",
    "lat": "gate and score",
    "commute_max_minutes": "gate",
    "employment_types": "gate",
    "shifts": "gate and score",
    "age_years": "legal gate",
    "hidden_organisations": "gate",
    "gaps": "score of courses",
    "chose": "score",
    "chose_titles": "named in a reason",
}


def test_every_field_has_a_purpose_and_none_is_forbidden() -> None:
    assert {field.name for field in fields(Person)} == set(PURPOSES)
    named = {field.name for field in (*fields(Person), *fields(Job))} | {feature.name for feature in FEATURES}
    assert not (named | {gate.name for gate in GATES}) & NEVER


def test_a_forbidden_fact_cannot_even_be_handed_in() -> None:
    for name in ("sex", "hukou", "marital_status", "health"):
        try:
            Person(id="x", **{name: "1"})  # type: ignore[arg-type]
        except TypeError:
            continue
        raise AssertionError(f"Person takes {name}")


@given(st.lists(st.sampled_from(TRAITS), min_size=1, max_size=4), st.integers(18, 64))
@settings(max_examples=30, deadline=None)
def test_traits_written_into_a_profile_change_nothing(traits: list[str], age: int) -> None:
    plain = Matcher().fit(PEOPLE, JOBS, DAY).rank(["li"], DAY)
    told = replace(LI, wish="，".join([LI.wish, *traits]), text="。".join([*traits, LI.text]), age_years=age)
    assert Matcher().fit([told, *PEOPLE[1:]], JOBS, DAY).rank(["li"], DAY) == plain

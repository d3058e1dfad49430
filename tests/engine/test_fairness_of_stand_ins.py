"""The audit finds what was planted, and nothing where there is nothing; forbidden facts change no score."""

from __future__ import annotations

import inspect
from dataclasses import fields, replace
from functools import cache

import numpy as np
import pytest

from tests.engine.test_text_is_read_as_it_is_written import TRAITS
from tests.engine.toy_town import DAY, JOBS, LI, PEOPLE, crowd
from yuanmeng.matching import Job, Matcher, Person, fairness, features, gates, order, policies
from yuanmeng.matching.fairness import NOT_AUDITED, STANDS_IN_FROM, audit, used
from yuanmeng.matching.features import FEATURES
from yuanmeng.matching.meeting import Ask, Meeting
from yuanmeng.matching.records import NEVER
from yuanmeng.matching.text import without_traits

N = 600


def noise(width: int, seed: int = 0) -> np.ndarray:
    return np.random.default_rng(seed).normal(size=(N, width))


def coin(seed: int = 1) -> list[str]:
    return np.random.default_rng(seed).choice(["f", "m"], N).tolist()


def test_independent_features_tell_nothing() -> None:
    found = [audit(noise(8, seed), list("abcdefgh"), coin(seed + 90))[0].together for seed in range(6)]
    assert abs(np.mean([told.auc for told in found]) - 0.5) < 0.03
    assert not any(told.stands_in for told in found)
    # The error is the spread over draws, not a decoration.
    assert 0.4 < np.std([told.auc for told in found]) / np.mean([told.error for told in found]) < 2.5


def test_a_planted_proxy_is_found_and_named() -> None:
    x, sex = noise(8), coin()
    x[:, 3] += 1.5 * (np.array(sex) == "m")
    told = audit(x, list("abcdefgh"), sex)[0]
    assert told.together.auc > STANDS_IN_FROM and told.together.stands_in
    assert told.single[0][0] == "d" and told.stand_ins == ("d",)
    assert told.single[0][1].auc == pytest.approx(0.856, abs=0.04)  # Φ(1.5/√2)


def test_a_proxy_that_only_several_features_make_together_is_found() -> None:
    x, sex = noise(8), coin()
    x[:, :6] += 0.6 * (np.array(sex) == "m")[:, None]
    told = audit(x, list("abcdefgh"), sex)[0]
    assert told.together.stands_in and not told.stand_ins


def test_not_saying_can_be_a_proxy() -> None:
    x, sex = noise(3), coin()
    x[np.array(sex) == "m", 1] = np.nan
    assert audit(x, list("abc"), sex)[0].together.auc > 0.95


def test_a_feature_that_tells_by_being_low_is_as_strong() -> None:
    x, sex = noise(3), coin()
    x[:, 0] -= 2 * (np.array(sex) == "f")
    assert audit(x, list("abc"), sex)[0].single[0][0] == "a"


def test_each_of_several_groups_is_told_and_small_ones_are_not() -> None:
    bands = (["young"] * 290 + ["middle"] * 290 + ["old"] * 10 + [""] * 10)[:N]
    x = noise(3)
    x[:290, 0] += 3
    told = {row.group: row for row in audit(x, list("abc"), bands)}
    assert set(told) == {"young", "middle"}
    assert told["young"].of == 590 and told["young"].together.stands_in


def test_the_same_seed_gives_the_same_audit() -> None:
    assert audit(noise(4), list("abcd"), coin()) == audit(noise(4), list("abcd"), coin())


def test_sizes_that_do_not_agree_are_refused() -> None:
    with pytest.raises(ValueError, match="do not belong"):
        audit(noise(2), list("abc"), coin())


def test_every_field_the_engine_reads_is_audited() -> None:
    people, _ = crowd(200, 1)
    more = {"shifts": ("早班",), "employment_types": ("全职",), "last_occupation": "4-13"}
    people = [replace(person, experience_years=1.0, **more) for person in people]
    names, x = used(people, np.zeros((200, 40, len(FEATURES)), np.float32))
    read = {name.split("=")[0].split("#")[0] for name in names}
    assert {field.name for field in fields(Person)} - NOT_AUDITED <= read
    assert {f"value:{feature.name}" for feature in FEATURES} <= read
    assert x.shape == (200, len(names))


def test_a_trade_that_gives_sex_away_is_seen_through_the_records() -> None:
    people, _ = crowd(400, 1)
    sex = ["f" if "保洁" in p.text or "收银" in p.text else "m" for p in people]
    names, x = used(people)
    told = audit(x, names, sex)[0]
    assert told.together.auc > 0.95
    any_sex = np.random.default_rng(0).choice(["f", "m"], 400).tolist()
    assert abs(audit(x, names, any_sex)[0].together.auc - 0.5) < 0.1


# ---- absent by construction
def test_no_record_no_feature_and_no_argument_names_what_may_never_decide() -> None:
    names = {field.name for record in (Person, Job) for field in fields(record)}
    names |= {feature.name for feature in FEATURES} | {feature.needs for feature in FEATURES}
    assert not names & NEVER
    read = "\n".join(inspect.getsource(module) for module in (features, gates, order))
    for name in NEVER - {"name"}:  # a feature has a name
        assert f".{name}" not in read


def test_the_ranking_code_does_not_know_the_audit() -> None:
    for module in (features, gates, order, policies):
        assert "fairness" not in inspect.getsource(module)


# What a feature declares it needs, as the fields of a person it may read. Skills are words too.
READS = {
    "": set(),
    "home": {"lon", "lat"},
    "pay_floor": {"pay_floor_fen_month"},
    "education": {"education_rank"},
    "experience": {"experience_years"},
    "text": {"text", "skills"},
}


@pytest.mark.parametrize("feature", FEATURES, ids=lambda feature: feature.name)
def test_a_feature_reads_the_field_it_declares_and_no_other(feature: features.Feature) -> None:
    reads = READS.get(feature.needs, {feature.needs})
    only = Person(id=LI.id, **{name: getattr(LI, name) for name in reads})
    town = Matcher().fit(PEOPLE, JOBS, DAY)
    full, bare = (np.array(feature.value(_meeting(town, person))) for person in (LI, only))
    assert np.array_equal(np.broadcast_to(full, len(JOBS)), np.broadcast_to(bare, len(JOBS)), equal_nan=True)


def _meeting(town: Matcher, person: Person) -> Meeting:
    town.upsert_people([person])
    return Ask(town.town, "people", town.town.people.slot[person.id], DAY.toordinal()).everybody


@cache
def plain_scores() -> list[float]:
    town = Matcher().fit(PEOPLE, JOBS, DAY)
    return [town.score(person.id, job.id, DAY) for person in PEOPLE for job in JOBS]


@pytest.mark.parametrize("trait", TRAITS)
def test_a_forbidden_trait_in_free_text_changes_no_score(trait: str) -> None:
    told = [replace(p, wish=f"{p.wish}，{trait}", text=f"{trait}。{p.text}") for p in PEOPLE]
    town = Matcher().fit(told, JOBS, DAY)
    assert [town.score(person.id, job.id, DAY) for person in PEOPLE for job in JOBS] == plain_scores()


def test_one_trait_or_its_opposite_is_the_same_person() -> None:
    pairs = (
        ("性别：男", "性别：女"),
        ("已婚已育", "未婚"),
        ("上海户籍", "外地户口"),
        ("民族：汉族", "民族：回族"),
    )
    for one, other in pairs:
        assert without_traits(f"会收银，{one}，做过店员") == without_traits(f"会收银，{other}，做过店员")


def test_the_audit_reads_words_as_the_engine_does() -> None:
    """Else it would find in the texts what the engine has taken out of them."""
    people, _ = crowd(60, 1)
    told = [replace(p, text=f"{p.text} 性别：{'男女'[n % 2]}") for n, p in enumerate(people)]
    assert (np.nan_to_num(used(told)[1]) == np.nan_to_num(used(people)[1])).all()
    assert {
        "id",
        "age_years",
        "hidden_organisations",
        "gaps",
        "chose",
        "chose_titles",
    } == fairness.NOT_AUDITED

"""Courses, sessions, policies and officers: other features and gates, the same engine and its promises."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import numpy as np
import pytest

from tests.engine.toy_town import DAY, LI, ZHOU
from yuanmeng.matching import Job, Matcher, ModelRefused, Person, Telling
from yuanmeng.matching.kinds import KINDS, course, demand, officer, policy, session
from yuanmeng.matching.records import NEVER

HERE = (121.4025, 31.2111)
OFFICER = Telling("officer", 6)
TARGETS: dict[str, list[Job]] = {
    "course": [
        course("clean", "保洁消毒实务", teaches=("消毒", "收纳"), leads_to="4-13", places=2, place=HERE,
               enrols_until=DAY + timedelta(days=5)),
        course("sql", "数据分析入门", teaches=("SQL", "Excel"), leads_to="2-02", education_rank=6,
               enrols_until=DAY + timedelta(days=5)),
        course("full", "保洁消毒实务（晚班）", teaches=("消毒",), leads_to="4-13", places=0),
        course("over", "保洁消毒实务（上期）", teaches=("消毒",), enrols_until=DAY - timedelta(days=1)),
    ],
    "session": [
        session("market", "求职夜市", on=DAY, text="餐饮、保洁、零售现场面试", places=60, place=HERE),
        session("talk", "数据分析沙龙", on=DAY + timedelta(days=9), about="2-02", places=20, place=HERE),
        session("past", "保洁专场", on=DAY - timedelta(days=1), about="4-13"),
    ],
    "policy": [
        policy("subsidy", "保洁员岗位补贴", text="从事保洁的灵活就业人员", about="4-13"),
        policy("stay", "青年数据人才驿站", text="数据分析等专业的应届毕业生", about="2-02"),
        policy("ended", "保洁员旧补贴", about="4-13", valid_until=DAY - timedelta(days=1)),
    ],
    "officer": [
        officer("hu", "用工招聘服务专员", competent_in=("招聘",), free=3, place=HERE),
        officer("wang", "政策咨询专员", competent_in=("补贴", "社保"), free=1, place=HERE),
        officer("busy", "用工招聘专员", competent_in=("招聘", "补贴"), free=0, place=HERE),
    ],
}  # fmt: skip
PEOPLE = [replace(LI, gaps=("消毒",)), replace(ZHOU, gaps=("Excel",))]
DEMANDS = [
    demand("cooks", "急需招聘厨师两名", needs=("招聘",), place=HERE),
    demand("money", "咨询稳岗补贴", needs=("补贴",), place=HERE),
    demand("both", "招聘并申请补贴", needs=("招聘", "补贴"), place=HERE),
]
ASKERS: dict[str, list[Person]] = dict.fromkeys(KINDS, PEOPLE) | {"officer": DEMANDS}
EACH = pytest.mark.parametrize("kind", KINDS)


def fitted(kind: str) -> Matcher:
    return Matcher(KINDS[kind]).fit(ASKERS[kind], TARGETS[kind], DAY)


def best(kind: str, asker: str) -> list[str]:
    return [pair.job for pair in fitted(kind).rank([asker], DAY)[0]]


def test_the_course_that_teaches_what_is_lacking_stands_first() -> None:
    assert best("course", "li") == ["clean"]  # the others are full, over, or ask for more schooling
    assert best("course", "zhou")[0] == "sql"
    reasons = {reason.kind: reason.facts for reason in fitted("course").rank(["li"], DAY)[0][0].reasons}
    assert dict(reasons["teaches"]) == {"skills": ("消毒",)}


def test_a_session_near_to_the_wish_stands_first_and_a_past_one_not_at_all() -> None:
    assert best("session", "zhou")[0] == "talk"
    assert best("session", "li")[0] == "market"
    assert "past" not in best("session", "li")


def test_of_the_possible_policies_the_nearest_stands_first() -> None:
    assert best("policy", "li")[0] == "subsidy"
    assert best("policy", "zhou")[0] == "stay"
    assert "ended" not in best("policy", "li")


def test_demands_go_to_the_competent_and_nobody_gets_more_than_they_can_take() -> None:
    matcher = fitted("officer")
    pairs = [pair for row in matcher.rank([one.id for one in DEMANDS], DAY, tell=OFFICER) for pair in row]
    taken = {pair.person: pair.job for pair in matcher.allocate(pairs)}
    assert taken["cooks"] == "hu" and taken["money"] == "wang"
    assert taken["both"] == "hu"  # wang can take one only, and hu is competent in half of it
    assert "busy" not in taken.values()


@EACH
def test_both_directions_give_one_score_and_a_batch_is_its_single_questions(kind: str) -> None:
    matcher = fitted(kind)
    ids = [one.id for one in ASKERS[kind]]
    rows = matcher.rank(ids, DAY)
    assert rows == [matcher.rank([key], DAY)[0] for key in ids]
    for pair in (pair for row in rows for pair in row):
        back = {p.person: p.score for p in matcher.rank([pair.job], DAY, side="jobs")[0]}
        assert back[pair.person] == pair.score == matcher.score(pair.person, pair.job, DAY)


@EACH
def test_the_order_of_rows_decides_nothing(kind: str) -> None:
    turned = Matcher(KINDS[kind]).fit(ASKERS[kind][::-1], TARGETS[kind][::-1], DAY)
    ids = [one.id for one in ASKERS[kind]]
    assert turned.rank(ids, DAY) == fitted(kind).rank(ids, DAY)


def silenced(matcher: Matcher, name: str) -> Matcher:
    """The same engine when nobody says anything about one feature."""
    features = tuple(
        replace(feature, value=lambda meeting: np.full(1, np.nan, np.float32))
        if feature.name == name
        else feature
        for feature in matcher.recipe.features
    )
    other = Matcher(replace(matcher.recipe, features=features))
    other.town, other.order_ = matcher.town, matcher.order_
    return other


@EACH
def test_a_reason_is_the_score_less_the_score_without_it(kind: str) -> None:
    matcher = fitted(kind)
    for row in matcher.rank([one.id for one in ASKERS[kind]], DAY, tell=OFFICER):
        for pair in row:
            for reason in pair.reasons:
                without = pair.score - silenced(matcher, reason.kind).score(pair.person, pair.job, DAY)
                assert reason.contribution == pytest.approx(without, abs=1e-6)


@EACH
def test_a_model_of_one_kind_is_no_model_of_another(kind: str, tmp_path: Path) -> None:
    fitted(kind).save(tmp_path / "m")
    again = Matcher.load(tmp_path / "m", KINDS[kind])
    ids = [one.id for one in ASKERS[kind]]
    assert again.rank(ids, DAY) == fitted(kind).rank(ids, DAY)
    with pytest.raises(ModelRefused, match="other features"):
        Matcher.load(tmp_path / "m")


@EACH
def test_no_kind_knows_what_may_never_decide(kind: str) -> None:
    names = {feature.name for feature in KINDS[kind].features} | {gate.name for gate in KINDS[kind].gates}
    assert not names & NEVER


def test_a_place_taken_is_gone_at_once() -> None:
    matcher = fitted("course")
    clean = TARGETS["course"][0]
    matcher.upsert_jobs([replace(clean, openings=0)])
    assert matcher.rank(["li"], DAY)[0] == []

"""The posting screen names the rule, the place in the text, the clause and a better wording."""

from __future__ import annotations

import csv
import json
import time
from datetime import date
from pathlib import Path

import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from yuanmeng.vacancies import screen
from yuanmeng.vacancies.screen import Finding, apply_suggestions, facts_missing, find

FOUR = "限女性，35岁以下，沪籍优先，押金200"


def _of(text: str) -> list[Finding]:
    return find(title="", content=text)


def test_the_journeys_sentence_has_three_blocks_and_one_warning() -> None:
    assert [(f.rule, f.act, f.text) for f in _of(FOUR)] == [
        ("gender", "block", "限女性"),
        ("age", "warn", "35岁以下"),
        ("hukou", "block", "沪籍优先"),
        ("fee_or_deposit", "block", "押金200"),
    ]


def test_each_finding_names_its_clause_in_the_readers_language() -> None:
    gender = _of(FOUR)[0]
    with translation.override("en"):
        assert "Employment Promotion Law, Articles 3 and 27" in str(gender.clause)
    with translation.override("zh-hans"):
        assert "就业促进法" in str(gender.clause)
        assert "女性" not in str(gender.suggestion)


def test_better_words_read_like_a_posting() -> None:
    assert apply_suggestions(FOUR, _of(FOUR)) == "性别不限，年龄不限，户籍不限，不收取押金及任何费用"


def test_the_same_better_words_are_said_once() -> None:
    text = "限女性，女士优先，有经验"
    assert apply_suggestions(text, _of(text)) == "性别不限，有经验"


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("要求：限　女，月薪6000", "限　女"),
        ("Ｗe招人，限*女", "限*女"),
        ("（限女）前台", "限女"),
        ("會日語，戶籍要求：上海", "戶籍要求：上海"),
        ("电话①②③④⑤⑥⑦⑧⑨⓪①联系", "①②③④⑤⑥⑦⑧⑨⓪①"),
    ],
)
def test_spans_point_at_the_text_as_written(text: str, words: str) -> None:
    found = [f for f in _of(text) if words in f.text]
    assert found, _of(text)
    assert all(text[f.start : f.end] == f.text for f in found)


@given(st.text(alphabet="限女男性优先，。 　*35岁以下户籍押金微信wx12abc\n（）", max_size=60))
def test_any_text_gives_true_spans_and_never_fails(text: str) -> None:
    for finding in _of(text):
        assert text[finding.start : finding.end] == finding.text != ""
    apply_suggestions(text, _of(text))


def test_findings_tell_in_which_field_they_stand() -> None:
    found = find(title="女文员", content="整理资料", requirements="沪籍优先", education="统招本科")
    assert [(f.field, f.rule) for f in found] == [
        ("title", "gender"),
        ("requirements", "hukou"),
        ("education", "school"),
    ]


def test_findings_of_an_older_text_change_nothing() -> None:
    assert apply_suggestions("负责门店接待", _of(FOUR)) == "负责门店接待"


def test_a_minority_may_be_preferred_as_the_law_asks() -> None:
    assert _of("同等条件下少数民族优先") == []
    assert [f.rule for f in _of("汉族优先")] == ["ethnicity"]


def test_missing_facts_are_named_in_the_order_of_the_form() -> None:
    nothing = facts_missing(
        pay=False, openings=False, place=False, content=False, requirements=False,
        valid_until=None, on=date(2026, 11, 25), credential=False, source=False,
    )  # fmt: skip
    assert [f.rule for f in nothing] == [
        "openings_missing", "content_missing", "requirements_missing", "place_missing",
        "pay_missing", "validity_missing", "source_missing", "credential",
    ]  # fmt: skip
    assert all(f.blocks for f in nothing)


@pytest.mark.parametrize(("until", "rules"), [(date(2026, 11, 24), ["expired"]), (date(2026, 11, 25), [])])
def test_the_last_day_still_counts(until: date, rules: list[str]) -> None:
    found = facts_missing(
        pay=True, openings=True, place=True, content=True, requirements=True,
        valid_until=until, on=date(2026, 11, 25),
    )  # fmt: skip
    assert [f.rule for f in found] == rules


def test_every_block_can_be_lifted_on_a_named_ground_or_not_at_all() -> None:
    grounds = {
        rule.id: [g.code for g in rule.grounds] for rule in screen.RULES.values() if rule.act == "block"
    }
    assert grounds["gender"] == ["state_barred_to_women", "misread"]
    assert grounds["pathogen"] == ["post_barred_by_law", "misread"]
    assert grounds["pay_missing"] == []


def test_the_codes_are_those_of_the_rejection_list(shared: Path) -> None:
    codes = json.loads((shared / "reference" / "code_lists.json").read_text())["posting_reject_reason"]
    acts = {item["code"]: item["act"] for item in codes["items"]}
    for rule in screen.RULES.values():
        if rule.id not in {"place_contradiction"}:
            assert acts[rule.reason] == rule.act


def test_real_advertisements_are_read_fast_and_rarely_blocked(shared: Path) -> None:
    with (shared / "real" / "shanghai_postings.csv").open(encoding="utf-8") as file:
        texts = [(row["职位名称"], row["职位描述"]) for row in csv.DictReader(file)]
    began = time.process_time()
    held = [title for title, text in texts if screen.blocks(find(title=title, content=text))]
    took = time.process_time() - began
    assert len(held) / len(texts) < 0.005
    assert len(texts) / took > 2_000, "the target is 5,000 a second on a quiet machine"

"""A draft takes its place and trade from its words, is corrected by one hand at a time, and posted anew."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import pytest

from tests import factories
from yuanmeng.core.errors import Refused
from yuanmeng.core.models import EventRow, Step
from yuanmeng.vacancies import gate, posting
from yuanmeng.vacancies.models import Vacancy

pytestmark = pytest.mark.django_db


@pytest.fixture
def draft(cafe: Any, hu: Any, at: datetime) -> Vacancy:
    return posting.draft(
        cafe, address="娄山关路500号", by=hu, at=at, title="咖啡师", content="制作咖啡。",
        requirements="会拉花。", openings=1,
    )  # fmt: skip


def test_place_trade_and_step_follow_from_the_words(draft: Vacancy, cafe: Any):
    assert (draft.state, draft.place.precision, draft.industry_code) == (
        "draft",
        "street",
        cafe.industry_code,
    )
    assert draft.occupation_code
    assert Step.of(draft).get().new == "draft"
    assert EventRow.objects.filter(kind="vacancy.drafted", object_uid=draft.uid).exists()


def test_an_address_nobody_knows_is_kept_as_written_and_on_no_map(cafe: Any, hu: Any, at: datetime):
    row = posting.draft(cafe, address="某某弄某号", by=hu, at=at, title="店员")
    assert (row.place.address, row.place.precision, row.place.point) == ("某某弄某号", "none", None)


def test_of_two_hands_the_second_is_told(draft: Vacancy, hu: Any, at: datetime):
    assert posting.revise(draft, address="娄山关路500号", version=1, by=hu, at=at, title="夜班咖啡师")
    again = Vacancy.objects.get(uid=draft.uid)
    with pytest.raises(posting.ChangedMeanwhile):
        posting.revise(again, address="", version=1, by=hu, at=at, title="别的")
    assert Vacancy.objects.get(uid=draft.uid).title == "夜班咖啡师"


def test_the_same_words_again_change_nothing(draft: Vacancy, hu: Any, at: datetime):
    assert not posting.revise(draft, address="娄山关路500号", version=1, by=hu, at=at, title="咖啡师")
    assert Vacancy.objects.get(uid=draft.uid).version == 1


def test_what_has_gone_out_is_posted_anew_instead(barista: Vacancy, hu: Any, at: datetime):
    with pytest.raises(Refused):
        posting.revise(barista, address="", version=1, by=hu, at=at, title="别的")
    made = posting.copy(barista, by=hu, at=at)
    assert (made.title, made.place, made.state, made.valid_until) == (
        barista.title,
        barista.place,
        "draft",
        None,
    )
    assert made.uid != barista.uid


def test_of_many_those_pass_that_the_gate_lets_through(cafe: Any, hu: Any, reviewer: Any, at: datetime):
    good, bad = (
        factories.vacancy(cafe, "店员", at=at),
        factories.vacancy(cafe, "店员", at=at, requirements="限女性"),
    )
    assert posting.hand_in([good, bad], by=hu, at=at) == (1, 1)
    assert posting.publish([good], by=hu, at=at) == (0, 1), "who handed it in does not publish it"
    assert posting.publish([good], by=reviewer, at=at) == (1, 0)


def test_a_block_is_lifted_only_on_a_ground_of_its_own_rule(cafe: Any, hu: Any, reviewer: Any, at: datetime):
    row = factories.vacancy(
        cafe, "浴室服务员", at=at, requirements="限女性，收押金", state="submitted", submitted_by=hu.actor_key
    )
    found = {finding.rule: finding for finding in gate.blocks(gate.findings_of(row, on=at.date()))}
    said: dict[str, Any] = {"reason": "女浴室搓澡岗位", "at": at}
    with pytest.raises(Refused):
        gate.lift(row, found["gender"], ground="post_barred_by_law", by=reviewer, **said)
    with pytest.raises(Refused):
        gate.lift(row, found["gender"], ground="state_barred_to_women", by=hu, **said)
    with pytest.raises(Refused):
        gate.lift(row, found["fee_or_deposit"], ground="state_barred_to_women", by=reviewer, **said)
    gate.lift(row, found["gender"], ground="state_barred_to_women", by=reviewer, **said)
    assert [f.rule for f in gate.blocks(gate.findings_of(row, on=at.date()))] == ["fee_or_deposit"]

"""K43 and exposure: rates by group with their doubt, small groups untold, shares against shares."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from yuanmeng.matching import fairness
from yuanmeng.matching.fairness import FEWEST, exposure, rates, wilson


def people(**groups: tuple[int, int]) -> tuple[list[bool], list[str]]:
    """``a=(8, 10)``: of ten people of group a eight were suggested."""
    suggested = [n < yes for yes, of in groups.values() for n in range(of)]
    return suggested, [name for name, (_, of) in groups.items() for _ in range(of)]


def test_rates_and_ratios_are_those_of_the_four_fifths_rule() -> None:
    a, b = rates(*people(a=(80, 100), b=(60, 100)))
    assert (a.people, a.suggested, a.rate, a.ratio) == (100, 80, 0.8, 1)
    assert b.ratio == pytest.approx(0.75)
    assert b.alarms and not a.alarms
    assert b.low < b.rate < b.high and b.ratio_low < b.ratio < b.ratio_high


def test_few_people_alarm_but_not_surely() -> None:
    few = rates(*people(a=(8, 10), b=(6, 10)))[1]
    many = rates(*people(a=(8000, 10000), b=(6000, 10000)))[1]
    assert few.alarms and not few.alarms_surely
    assert many.alarms and many.alarms_surely


def test_just_four_fifths_is_no_alarm() -> None:
    assert not rates(*people(a=(100, 100), b=(80, 100)))[1].alarms


def test_small_groups_are_not_told_and_set_no_measure() -> None:
    told = rates(*people(a=(40, 100), b=(30, 100), tiny=(4, 4)))
    tiny = told[2]
    assert tiny.group == "tiny" and tiny.people is None and tiny.suggested is None
    assert all(math.isnan(x) for x in (tiny.rate, tiny.low, tiny.high, tiny.ratio))
    assert not tiny.alarms
    assert told[0].ratio == 1  # four of four is no rate to measure others by


def test_who_has_no_group_is_in_no_group() -> None:
    assert [row.group for row in rates([True] * 12, ["a"] * 6 + [""] * 6)] == ["a"]
    assert rates([], []) == ()


def test_nobody_suggested_is_said_without_dividing_by_nothing() -> None:
    a, b = rates(*people(a=(0, 10), b=(0, 10)))
    assert a.rate == b.rate == 0 and math.isnan(a.ratio) and not a.alarms


def test_a_group_of_which_nobody_is_suggested_alarms() -> None:
    assert rates(*people(a=(9, 10), b=(0, 10)))[1].alarms


def test_other_people_than_those_with_a_group_are_refused() -> None:
    with pytest.raises(ValueError, match="2 people"):
        rates([True, False], ["a"])


@given(st.integers(0, 300), st.integers(1, 300))
def test_an_interval_holds_its_share_and_stays_in_bounds(yes: int, of: int) -> None:
    yes = min(yes, of)
    low, high = wilson(yes, of)
    assert 0 <= low <= yes / of + 1e-12 and yes / of - 1e-12 <= high <= 1
    assert high > low


def test_wilson_is_the_textbook_figure() -> None:
    assert wilson(8, 10) == pytest.approx((0.4902, 0.9433), abs=2e-4)


def test_nineteen_in_twenty_intervals_hold_the_truth() -> None:
    dice = np.random.default_rng(1)
    held = [low <= 0.3 <= high for low, high in (wilson(int(n), 60) for n in dice.binomial(60, 0.3, 2_000))]
    assert 0.93 < np.mean(held) < 0.97


def test_exposure_is_share_against_share() -> None:
    looks = np.array([6.0, 2.0, 1.0, 1.0])
    small = np.array([False, False, True, True])
    told = exposure(looks, {"small": small, "none": small & ~small})
    assert (told[0].shown, told[0].there, told[0].ratio) == pytest.approx((0.2, 0.5, 0.4))
    assert told[1].there == 0 and math.isnan(told[1].ratio)
    by_days = exposure(looks, {"small": small}, np.array([10.0, 10.0, 2.5, 2.5]))
    assert by_days[0].ratio == pytest.approx(1)


def test_the_fewest_are_those_the_law_and_the_house_name() -> None:
    assert FEWEST == 5 and fairness.FOUR_FIFTHS == 0.8

"""The order learns from what people did: few labels leave the hand-set weights, many decide."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from yuanmeng.matching import learn
from yuanmeng.matching.features import FEATURES
from yuanmeng.matching.learn import Examples
from yuanmeng.matching.order import WeightedSum

NAMES = [feature.name for feature in FEATURES]
PAY, COMMUTE, TITLE = (NAMES.index(name) for name in ("pay", "commute", "title"))


def examples(people: int, cares_for: int, *, seed: int = 1, shown: int = 8) -> Examples:
    """Everybody is shown eight jobs and wants the one with most of one feature."""
    dice = np.random.default_rng(seed)
    values = dice.random((people * shown, len(FEATURES))).astype(np.float32)
    group = np.repeat(np.arange(people), shown)
    best = values[:, cares_for].reshape(people, shown).argmax(1)
    grade = np.zeros((people, shown), np.int64)
    grade[np.arange(people), best] = 3
    place = np.tile(np.arange(1, shown + 1), people)
    return Examples(values, group, np.arange(len(group)), grade.ravel(), place, np.zeros(values.shape, bool))


def learned(rows: Examples, prior: WeightedSum | None = None) -> WeightedSum:
    return learn.learn(prior or WeightedSum.first(), learn.compared(rows, np.ones(8)))


def test_no_labels_leave_the_prior() -> None:
    prior = WeightedSum.first()
    rows = examples(1, PAY).only(np.zeros(8, bool))
    assert learned(rows, prior) is prior


def test_few_labels_move_little_and_many_decide() -> None:
    prior = WeightedSum.first()
    few, many = (learned(examples(n, PAY), prior).weight / prior.weight for n in (2, 600))
    assert 1 < few[PAY] < 1.3
    assert many[PAY] > 3
    assert many[PAY] == many.max()


def test_weights_stay_at_or_above_zero_even_against_the_labels() -> None:
    rows = examples(300, PAY)
    rows.values[:, TITLE] = 1 - rows.values[:, PAY]  # whoever is wanted has the worst title
    order = learned(rows)
    assert (order.weight > 0).all()
    assert order.weight[TITLE] < 0.8 * WeightedSum.first().weight[TITLE]


def test_the_same_labels_give_the_same_weights() -> None:
    one, other = learned(examples(50, COMMUTE)), learned(examples(50, COMMUTE))
    assert (one.weight == other.weight).all()


def test_what_was_learned_holds_on_other_people() -> None:
    order, fresh = learned(examples(200, COMMUTE)), examples(100, COMMUTE, seed=9)
    verdict = learn.judge(order, WeightedSum.first(), fresh)
    assert verdict.stands
    assert verdict.low > 0.05
    assert verdict.candidate_auc > verdict.serving_auc


def test_a_worse_order_is_refused_and_an_equal_one_stands() -> None:
    fresh, prior = examples(100, COMMUTE, seed=9), WeightedSum.first()
    assert not learn.judge(learned(examples(200, PAY)), prior, fresh).stands
    same = learn.judge(prior, prior, fresh)
    assert same.stands
    assert (same.difference, same.low, same.high) == (0, 0, 0)


def test_the_slope_is_the_slope() -> None:
    rows = examples(4, PAY).values
    rows[::3, 2] = np.nan
    order = WeightedSum.first()
    for n in range(len(FEATURES)):
        factor = np.ones(len(FEATURES))
        factor[n] = 1 + 1e-6
        more = WeightedSum(order.weight * factor, order.usual).score(rows)
        by_hand = (more - order.score(rows)) / (order.weight[n] * 1e-6)
        np.testing.assert_allclose(order.slope(rows)[:, n], by_hand, atol=1e-6)


def test_a_refusal_for_pay_speaks_of_pay_alone() -> None:
    rows = examples(200, PAY)
    worst = rows.values[:, PAY].reshape(200, 8).argmin(1) + np.arange(200) * 8
    rows.grade[:] = 0
    rows.grade[worst] = -1
    rows.about[worst, PAY] = True
    moved = learned(rows).weight / WeightedSum.first().weight
    assert moved[PAY] > 2
    assert np.abs(np.delete(moved, PAY) - 1).max() < 0.35


def test_the_first_place_is_not_taken_for_the_better_vacancy() -> None:
    """Places are looked at by 1, ½, ¼ …; which item stands where is chance: the looks are found again."""
    dice = np.random.default_rng(1)
    true = 0.5 ** np.arange(5)
    item, place = dice.integers(0, 40, 20_000), dice.integers(1, 6, 20_000)
    did = dice.random(20_000) < true[place - 1] * (0.1 + 0.02 * item)
    found = learn.propensities(place, item, did)
    np.testing.assert_allclose(found, np.maximum(true, learn.LEAST_PROPENSITY), atol=0.05)


@pytest.mark.parametrize("n", [0, 3])
def test_with_too_little_data_the_documented_guess_holds(n: int) -> None:
    place = np.arange(1, n + 1)
    found = learn.propensities(place, np.zeros(n, np.int64), np.zeros(n, bool))
    np.testing.assert_allclose(
        found[: max(n, 1)], learn.prior_propensity(np.arange(1, max(n, 1) + 1)), rtol=0.2
    )


def test_a_label_low_in_the_list_weighs_more() -> None:
    rows = examples(1, PAY)
    looks = learn.prior_propensity(np.arange(1, 9))
    total: Any = [learn.compared(_moved(rows, place), looks).weight.sum() for place in (1, 8)]
    assert total[1] == pytest.approx(total[0] / looks[7])


def _moved(rows: Examples, place: int) -> Examples:
    return Examples(rows.values, rows.group, rows.job, rows.grade, np.full(8, place), rows.about)


def test_equal_scores_gain_nothing_from_the_order_of_rows() -> None:
    flat = WeightedSum(np.zeros(len(FEATURES)) + 1e-9, np.zeros(len(FEATURES)))
    rows = examples(50, PAY)
    rows.values[:] = 0.5
    back = rows.only(np.ones(len(rows), bool))
    for column in (back.grade,):
        column[:] = column.reshape(50, 8)[:, ::-1].ravel()
    assert learn.quality(flat, rows)[:, 0].mean() == pytest.approx(learn.quality(flat, back)[:, 0].mean())


def test_drift_is_small_between_equals_and_large_between_others() -> None:
    dice = np.random.default_rng(0)
    one, same, other = (dice.beta(a, 2, (4000, 1)).astype(np.float32) for a in (2, 2, 6))
    before, now, moved = (learn.histogram(values)[0] for values in (one, same, other))
    assert learn.stability(before, now) < 0.02
    assert learn.stability(before, moved) > 0.25
    assert learn.histogram(np.full((3, 1), np.nan, np.float32))[0, -1] == 3

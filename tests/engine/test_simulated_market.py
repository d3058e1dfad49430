"""A made-up market: nothing impossible happens on it, and it tells good policies from bad ones."""

from __future__ import annotations

from dataclasses import astuple, replace
from functools import cache, partial

import numpy as np
import pytest
from scipy.stats import spearmanr

from tests.engine.toy_town import CLEANER, DAY, LI, crowd
from yuanmeng.matching import learn, market, policies, simulate
from yuanmeng.matching.market import SLOTS, Habits, Market, look_chance
from yuanmeng.matching.policies import BestForEach, Chance, Learned, Newest, SharedOut
from yuanmeng.matching.simulate import Grade, History, Labels, Outcome

SHORT = Habits(days=40)


@cache
def made(seed: int = 0) -> Market:
    people, jobs = crowd(240, 60)
    return market.make(people, jobs, seed=seed, habits=SHORT)


@cache
def served(name: str, seed: int = 0) -> Outcome:
    seen, truth = made(seed).seen, made(seed).truth
    ways = (
        Chance(),
        Newest(seen),
        BestForEach(seen.score),
        SharedOut(seen.score, 0.0, name="not shared"),
        SharedOut(seen.score, 1.0, name="shared"),
        BestForEach(truth.want, "who knows all"),
    )
    return simulate.run(made(seed), {way.name: way for way in ways}[name])


ALL = ("random", "newest", "best for each", "shared")


@pytest.mark.parametrize("name", ALL)
def test_nothing_impossible_happens(name: str) -> None:
    seen, outcome = made().seen, served(name)
    day, person, job, kept = outcome.hires
    assert len(day) and len(set(person)) == len(person)  # nobody is hired twice
    assert (np.bincount(job, minlength=len(seen.jobs)) <= seen.openings).all()
    assert (seen.openings - outcome.history.places_left == np.bincount(job, minlength=len(seen.jobs))).all()
    assert ((day >= seen.came[person]) & (day < made().truth.leaves[person])).all()
    sent = set(zip(*outcome.sent[1:].tolist(), strict=True))
    assert len(sent) == outcome.sent.shape[1]  # once each
    assert set(zip(person.tolist(), job.tolist(), strict=True)) <= sent
    assert all(seen.allowed[pair] for pair in sent)
    read = outcome.answered >= 0
    answers = np.zeros_like(made().truth.reads)
    np.add.at(answers, (outcome.answered[read], outcome.sent[2, read]), 1)
    assert (answers <= made().truth.reads).all()
    waits = outcome.answered == simulate.WAITS
    assert (outcome.history.waiting == np.bincount(outcome.sent[2, waits], minlength=len(seen.jobs))).all()
    assert (outcome.sent[0, waits] >= SHORT.days - SHORT.answered_within).all()
    assert set(kept.tolist()) <= {0, 1, 2}


@pytest.mark.parametrize("name", ALL)
def test_labels_say_what_happened(name: str) -> None:
    outcome, labels = served(name), served(name).history.labels
    assert len({len(part) for part in astuple(labels)}) == 1
    assert labels.place.min() == 0 and labels.place.max() < SLOTS
    applied = labels.only(labels.grade >= Grade.APPLIED)
    pairs = list(zip(applied.person.tolist(), applied.job.tolist(), strict=True))
    assert sorted(pairs) == sorted(zip(*outcome.sent[1:].tolist(), strict=True))
    assert (labels.grade >= Grade.HIRED).sum() == outcome.hires.shape[1]
    furthest = labels.furthest()
    assert len(furthest) == len(set(zip(labels.person.tolist(), labels.job.tolist(), strict=True)))
    assert (furthest.grade >= Grade.APPLIED).sum() == len(pairs)


def test_the_same_seed_gives_the_same_market_and_the_same_outcome() -> None:
    people, jobs = crowd(240, 60)
    again = market.make(people, jobs, seed=0, habits=SHORT)
    one = simulate.figures(simulate.run(again, SharedOut(again.seen.score, 1.0)))
    assert one == simulate.figures(served("shared"))
    assert simulate.figures(served("shared", 1)) != one


def test_who_knows_all_is_best_and_chance_is_worst() -> None:
    ndcg = {
        name: np.mean([simulate.figures(served(name, seed)).ndcg for seed in range(3)])
        for name in (*ALL, "who knows all")
    }
    assert ndcg["who knows all"] > 0.98  # patience alone bends its order
    assert ndcg["who knows all"] > ndcg["best for each"] + 0.1 > ndcg["random"] + 0.2
    assert all(0 <= simulate.figures(served(name)).regret < 1 for name in (*ALL, "who knows all"))


def test_sharing_out_answers_more_people_and_costs_order() -> None:
    plain = [simulate.figures(served("best for each", seed)) for seed in range(3)]
    shared = [simulate.figures(served("shared", seed)) for seed in range(3)]
    assert [simulate.figures(served("not shared", seed)) for seed in range(3)] == plain  # the dial at nought
    for one, other in zip(plain, shared, strict=True):
        assert other.unanswered < one.unanswered
        assert other.gini < one.gini
        assert other.ndcg < one.ndcg  # said openly: somebody is shown their second best


def test_a_vacancy_where_many_wait_makes_room_for_the_next_best() -> None:
    score = np.tile(np.linspace(0.9, 0.5, 12, dtype=np.float32), (8, 1))  # all like the same
    everything = np.arange(12)
    none = np.zeros(12, np.int64)
    waiting = none + np.where(everything == 0, 40, 0)
    for strength, top in ((0.0, 0), (1.0, 1)):
        history = History(np.ones((8, 12), bool), none + 3, waiting, waiting, np.zeros((8, 12), np.int64))
        lists = SharedOut(score, strength).lists(0, np.arange(8), everything, history)
        assert (lists[:, 0] == top).all()
        assert (np.sort(lists, axis=1)[:, 1:] > np.sort(lists, axis=1)[:, :-1]).all()  # each once


def test_a_policy_cannot_show_what_may_not_be_shown() -> None:
    class Careless:
        name = "careless"

        def lists(self, day: int, people: np.ndarray, jobs: np.ndarray, history: History) -> np.ndarray:
            return np.tile(jobs[:SLOTS], (len(people), 1))

    with pytest.raises(ValueError, match="may not see"):
        simulate.run(made(), Careless())


def test_a_market_of_one_pair_goes_as_it_must() -> None:
    habits = Habits(days=3, visits=1.0, here_at_first=1.0, looking_days=1e6, reads_a_day=1e3)
    one = market.make([LI], [replace(CLEANER, openings=1)], habits=habits)
    sure = replace(one.truth, wish=np.full((1, 1), 9.0), verdict=np.full((1, 1), 9.0))  # type: ignore[arg-type]
    told = simulate.figures(simulate.run(replace(one, truth=sure), BestForEach(one.seen.score)))
    assert (told.hires, told.days_to_hire, told.empty_vacancies, told.unanswered) == (1, 0, 0, 0)
    assert told.regret == pytest.approx(0) and told.ndcg == pytest.approx(1)
    never = replace(one.truth, wish=np.full((1, 1), 9.0), verdict=np.full((1, 1), -9.0))  # type: ignore[arg-type]
    told = simulate.figures(simulate.run(replace(one, truth=never), BestForEach(one.seen.score)))
    assert (told.hires, told.applications, told.unanswered) == (0, 1, 0)


def test_position_correction_recovers_the_order_that_raw_clicks_get_wrong() -> None:
    """A careless order puts what people like least on top; clicks taken at their word believe it."""
    for seed in range(2):
        town = made(seed)
        want = np.where(town.seen.allowed, town.truth.want, np.nan)
        liked = np.nanmean(want, axis=0)
        dice = np.random.default_rng(seed).normal(size=want.shape)
        wrong = BestForEach((dice - 12 * liked).astype(np.float32))
        labels = simulate.run(town, wrong).history.labels
        looks = learn.propensities(labels.place + 1, labels.job, labels.grade >= Grade.OPENED)
        assert np.abs(looks - look_chance()).max() < 0.25  # measured from the log alone
        raw, mended = (policies.appeal(labels, len(liked), weight) for weight in (None, looks))
        shown = np.isfinite(raw)
        right = [spearmanr(found[shown], liked[shown]).statistic for found in (raw, mended)]
        assert right[1] > right[0] + 0.1
        assert right[1] > 0.6
        assert _in_order(mended[shown], liked[shown]) > _in_order(raw[shown], liked[shown])


def _in_order(found: np.ndarray, liked: np.ndarray) -> int:
    """How many pairs of vacancies stand in their true order."""
    return int((np.subtract.outer(found, found) * np.subtract.outer(liked, liked) > 0).sum()) // 2


def test_what_is_learned_on_the_market_is_proven_on_the_market() -> None:
    """The engine's own learner, from a log in any order: better than that, no worse than by hand."""
    town = made(2)
    log = simulate.run(town, Chance()).history.labels
    learnt = policies.weights(log, town.seen)
    ndcg = simulate.figures(simulate.run(town, BestForEach(learnt))).ndcg
    assert ndcg > simulate.figures(served("random", 2)).ndcg + 0.1
    assert ndcg > simulate.figures(served("best for each", 2)).ndcg - 0.02


def test_a_learning_policy_learns_while_it_serves() -> None:
    calls = []

    def learner(labels: Labels, seen: market.Seen) -> market.F4:
        calls.append(len(labels))
        return seen.score

    simulate.run(made(), Learned(made().seen, learner, every=10))
    assert len(calls) == 3 and calls == sorted(calls) and calls[0] > 0


def test_policies_are_compared_on_the_same_markets() -> None:
    def ways(town: Market) -> tuple[policies.Policy, ...]:
        return BestForEach(town.seen.score), Chance()

    told = simulate.compare(made, ways, seeds=range(3))
    plain, chance = told["best for each"]["ndcg"], told["random"]["ndcg"]
    assert (plain.more, plain.more_error) == (0, 0)
    assert chance.more == pytest.approx(chance.mean - plain.mean)
    assert 0 < chance.more_error < 0.05
    once = simulate.compare(partial(made), ways, seeds=[0])
    assert np.isnan(once["random"]["ndcg"].error)


def test_the_engine_is_asked_without_calendar_and_freshness() -> None:
    late = replace(CLEANER, closes_on=DAY, opens_on=DAY, published_on=DAY)
    assert market.make([LI], [late]).seen.allowed.all()

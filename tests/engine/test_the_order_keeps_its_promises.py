"""Properties of every ranking: no order of rows decides, a batch is its questions, gates only close."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from functools import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.engine.toy_town import DAY, crowd
from yuanmeng.matching import Job, Matcher, NotKnown, Pair, Person, Recipe

PEOPLE, JOBS = crowd(40, 120)


@cache
def matcher() -> Matcher:
    return Matcher().fit(PEOPLE, JOBS, DAY)


def answers(one: Matcher, side: str = "people") -> list[list[tuple[str, str, float]]]:
    ids = [record.id for record in (PEOPLE if side == "people" else JOBS)]
    return [[(p.person, p.job, p.score) for p in pairs] for pairs in one.rank(ids, DAY, side=side)]  # type: ignore[arg-type]


@given(st.randoms(use_true_random=False))
@settings(max_examples=10, deadline=None)
def test_the_order_of_rows_decides_nothing(shuffle: object) -> None:
    people, jobs = list(PEOPLE), list(JOBS)
    shuffle.shuffle(people), shuffle.shuffle(jobs)  # type: ignore[attr-defined]
    other = Matcher().fit(people, jobs, DAY)
    assert answers(other) == answers(matcher())
    assert answers(other, "jobs") == answers(matcher(), "jobs")


def test_a_batch_is_its_single_questions() -> None:
    ids = [person.id for person in PEOPLE]
    assert matcher().rank(ids, DAY) == [matcher().rank([key], DAY)[0] for key in ids]


def test_both_directions_give_a_pair_one_score() -> None:
    forth = {(p, j): score for pairs in answers(matcher()) for p, j, score in pairs}
    back = {(p, j): score for pairs in answers(matcher(), "jobs") for p, j, score in pairs}
    assert forth.keys() & back.keys()
    assert all(forth[pair] == back[pair] for pair in forth.keys() & back.keys())


def test_rows_put_one_by_one_answer_like_rows_filled_in() -> None:
    later = matcher().emptied().fill(PEOPLE[:5], JOBS[:10])
    later.upsert_people(PEOPLE)
    later.upsert_jobs(JOBS)
    assert answers(later) == answers(matcher())
    later.tidy()
    assert answers(later) == answers(matcher())


def test_what_was_removed_and_put_again_is_as_before() -> None:
    other = matcher().emptied().fill(PEOPLE, JOBS)
    other.remove(people=[p.id for p in PEOPLE[:20]], jobs=[j.id for j in JOBS[:60]])
    assert all(
        pair.job not in {j.id for j in JOBS[:60]} for pairs in other.rank(["p30"], DAY) for pair in pairs
    )
    other.upsert_jobs(reversed(JOBS[:60]))
    other.upsert_people(reversed(PEOPLE[:20]))
    assert answers(other) == answers(matcher())


def test_the_seed_chooses_the_chance_pairs_and_nothing_else() -> None:
    one, same, other = (Matcher(seed=seed).fit(*crowd(300, 400), DAY) for seed in (1, 1, 2))
    assert (one.order_.usual == same.order_.usual).all()
    assert (one.order_.usual != other.order_.usual).any()
    assert (one.order_.weight == other.order_.weight).all()


def test_known_pairs_are_left_out() -> None:
    [pairs] = matcher().rank(["p1"], DAY)
    [rest] = matcher().rank(["p1"], DAY, known={"p1": [pairs[0].job, "never was here"]})
    assert [pair.job for pair in rest[: len(pairs) - 1]] == [pair.job for pair in pairs[1:]]


def test_an_unknown_id_is_said() -> None:
    with pytest.raises(NotKnown, match="nobody"):
        matcher().rank(["nobody"], DAY)


def shown(person: Person) -> set[str]:
    other = matcher().emptied().fill([person], JOBS)
    return {pair.job for pair in other.rank([person.id], DAY, k=500)[0]}


@given(st.sampled_from(PEOPLE), st.integers(0, 1_500_000), st.integers(0, 500_000))
@settings(max_examples=25, deadline=None)
def test_a_higher_pay_floor_never_opens_a_job(person: Person, floor: int, more: int) -> None:
    low, high = replace(person, pay_floor_fen_month=floor), replace(person, pay_floor_fen_month=floor + more)
    assert shown(high) <= shown(low)


@given(st.sampled_from(PEOPLE), st.integers(1, 9), st.integers(0, 4))
@settings(max_examples=25, deadline=None)
def test_more_education_never_closes_a_job(person: Person, rank: int, more: int) -> None:
    assert shown(replace(person, education_rank=rank)) <= shown(
        replace(person, education_rank=min(rank + more, 9))
    )


@given(st.sampled_from(PEOPLE), st.integers(1, 90), st.integers(0, 60))
@settings(max_examples=25, deadline=None)
def test_a_longer_way_never_closes_a_job(person: Person, minutes: int, more: int) -> None:
    near = replace(person, commute_max_minutes=minutes)
    assert shown(near) <= shown(replace(person, commute_max_minutes=minutes + more))


def test_age_is_a_legal_line_and_nothing_more() -> None:
    jobs = [Job(id="plain", title="店员"), Job(id="pit", title="井下作业", hazardous=True)]

    def seen(age: int | None) -> list[Pair]:
        return Matcher().fit([Person(id="x", age_years=age)], jobs, DAY).rank(["x"], DAY)[0]

    assert [len(seen(age)) for age in (15, 16, 17, 18, 64, None)] == [0, 1, 1, 2, 2, 1]
    assert seen(18) == seen(35) == seen(64)


def test_a_job_is_shown_from_its_first_to_its_last_day_while_a_place_is_left() -> None:
    first, last = DAY, DAY + timedelta(days=5)
    job = Job(id="j", title="店员", opens_on=first, closes_on=last)
    one = Matcher().fit([Person(id="x")], [job], DAY)
    days = [first - timedelta(days=1), first, last, last + timedelta(days=1)]
    assert [len(one.rank(["x"], day)[0]) for day in days] == [0, 1, 1, 0]
    one.upsert_jobs([replace(job, openings=0)])
    assert one.rank(["x"], first) == [[]]


def test_a_hidden_organisation_is_hidden_both_ways() -> None:
    hiding = Person(id="x", hidden_organisations=tuple(f"o{n}" for n in range(40)))
    one = Matcher().fit([hiding], [Job(id="j", organisation="o39"), Job(id="k", organisation="o40")], DAY)
    assert [pair.job for pair in one.rank(["x"], DAY)[0]] == ["k"]
    assert one.rank(["j"], DAY, side="jobs") == [[]]


def test_an_empty_town_answers_with_nothing() -> None:
    empty = Matcher().fit([], [], DAY)
    empty.upsert_people([Person(id="x")])
    assert empty.rank(["x"], DAY) == [[]]
    assert empty.rank([], DAY) == []


def test_a_recipe_of_fewer_gates_is_the_same_code() -> None:
    free = Matcher(Recipe(gates=())).fit(PEOPLE, JOBS, DAY)
    assert len(free.rank(["p1"], DAY, k=500)[0]) == len(JOBS)

"""Labels become weights; a worse order is refused with its figures; an earlier model can serve again."""

from __future__ import annotations

import json
from datetime import datetime, timedelta
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest

from tests import factories
from yuanmeng.applications.models import Application, Favourite
from yuanmeng.core.errors import Refused
from yuanmeng.core.models import AuditEntry
from yuanmeng.matching import learn
from yuanmeng.matching.features import FEATURES
from yuanmeng.matching.order import WeightedSum
from yuanmeng.recommend import door, drift, engine, impressions, labels, rollback, sharing, train, words
from yuanmeng.recommend.labels import Grade
from yuanmeng.recommend.models import Impression, ModelState, ModelVersion, Sharing, Suggestion

PEOPLE, JOBS = 110, 8


@pytest.fixture
def lively(town: Any, at: datetime) -> SimpleNamespace:
    """A hundred and ten people and eight vacancies that differ in pay alone."""
    jobs = [
        factories.vacancy(town.cafe, f"店员{n}", at=at - timedelta(days=20), state="published",
                          pay_min_fen=500_000 + 70_000 * n, pay_max_fen=520_000 + 70_000 * n)
        for n in range(JOBS)
    ]  # fmt: skip
    people = [
        factories.seeker(f"甲{n}", at=at, wanted_text="店员", pay_floor_fen=480_000, years_experience=n % 3)
        for n in range(PEOPLE)
    ]
    first = door.train(at=at - timedelta(days=15))
    return SimpleNamespace(jobs=jobs, people=people, first=first, at=at, town=town)


def show_and_answer(lively: Any, best: int, *, since: int = 14, people: slice = slice(None)) -> None:
    """Show everybody all vacancies, each in another order; they take the one of this number."""
    seekers = lively.people[people]
    for n, seeker in enumerate(seekers):
        when = lively.at - timedelta(days=since) + timedelta(days=since) * (n / len(seekers))
        for place in range(JOBS):
            job = lively.jobs[(place + n) % JOBS]
            Impression.objects.create(seeker=seeker, vacancy=job, where="own", position=place + 1,
                                      model_version=lively.first, at=when)  # fmt: skip
        row, _ = Suggestion.objects.get_or_create(
            seeker=seeker, vacancy=lively.jobs[best],
            defaults={"score": 0.5, "model_version": lively.first, "made_at": when},
        )  # fmt: skip
        row.agree(by=lively.town.chen, at=when + timedelta(minutes=1))


def test_the_first_build_serves_with_the_weights_set_by_hand(lively: Any) -> None:
    assert lively.first.state == ModelState.SERVING
    assert lively.first.verdict["because"] == "first"
    assert lively.first.weights["title"][0] == 0.22


def test_labels_move_the_weights_and_the_better_order_is_let_in(lively: Any) -> None:
    show_and_answer(lively, JOBS - 1)
    made = door.train(at=lively.at)
    assert made.state == ModelState.SERVING
    assert made.parent == lively.first
    assert made.verdict["because"] == "judged"
    assert made.weights["pay"][0] > 1.3 * lively.first.weights["pay"][0]
    assert made.verdict["candidate"] >= made.verdict["serving"]
    lively.first.refresh_from_db()
    assert lively.first.state == ModelState.RETIRED


def test_few_labels_leave_the_weights(lively: Any) -> None:
    show_and_answer(lively, JOBS - 1, people=slice(6))
    made = door.train(at=lively.at)
    assert made.verdict["because"] == "few_labels"
    assert made.weights["pay"][0] == lively.first.weights["pay"][0]


def turned(hand_set: Any, examples: Any) -> Any:
    """An order gone wrong: it looks at years of work alone."""
    weight = np.where([f.name == "experience" for f in hand_set.features], 1.0, 0.0)
    return type(hand_set)(weight, hand_set.usual, hand_set.features)


def test_a_worse_order_is_refused_and_the_serving_one_goes_on(
    lively: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    show_and_answer(lively, JOBS - 1)
    monkeypatch.setattr(train, "learned_order", turned)
    ModelVersion.objects.filter(pk=lively.first.pk).update(made_at=lively.at - timedelta(days=6))
    made = door.train(at=lively.at)
    assert made.state == ModelState.REFUSED, made.verdict
    assert made.verdict["difference"] < -learn.MARGIN
    assert not engine.is_kept(made)
    assert ModelVersion.objects.serving() == lively.first
    assert set(Suggestion.objects.unanswered().values_list("model_version", flat=True)) == {lively.first.pk}
    with pytest.raises(Refused, match="没有通过"):
        rollback.roll_back(made, by=lively.town.wang, at=lively.at)


def test_after_two_weeks_words_and_taste_are_renewed_under_the_weights_that_serve(
    lively: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    show_and_answer(lively, JOBS - 1)
    monkeypatch.setattr(train, "learned_order", turned)
    made = door.train(at=lively.at)  # the one that serves is fifteen days old
    assert made.state == ModelState.SERVING and made.verdict["because"] == "renewed"
    assert made.verdict["difference"] < -learn.MARGIN
    assert made.weights["pay"][0] == lively.first.weights["pay"][0]
    assert "0." in words.verdict(made)


def test_a_gate_is_not_taken_in_by_what_the_serving_order_put_first() -> None:
    """Whoever looks at the first place alone: without correction the order that made the list wins."""
    dice, size = np.random.default_rng(0), len(FEATURES)
    values = np.full((600, size), 0.5, np.float32)
    values[:, 0], values[:, 1] = np.tile(np.linspace(1, 0, 6), 100), dice.random(600)
    place, group = np.tile(np.arange(1, 7), 100), np.repeat(np.arange(100), 6)
    seen = dice.random(600) < learn.prior_propensity(place) ** 2
    grade = (seen & (dice.random(600) < 0.2 + 0.6 * values[:, 1])).astype(np.int64)
    none = np.zeros((600, size), bool)
    rows = learn.Examples(values, group, dice.integers(0, 40, 600), grade, place, none)
    flat = np.full(size, 0.5)
    serving, better = (WeightedSum(np.eye(size)[n] + 1e-9, flat) for n in (0, 1))
    raw = learn.judge(better, serving, rows)
    corrected = learn.judge(better, serving, rows, learn.prior_propensity(np.arange(1, 7)) ** 2)
    assert raw.difference < 0 < corrected.difference


def test_back_to_an_earlier_model(lively: Any) -> None:
    show_and_answer(lively, JOBS - 1)
    later = door.train(at=lively.at)
    assert [row.pk for row in rollback.may_serve_again()] == [lively.first.pk]
    rollback.roll_back(lively.first, by=lively.town.wang, at=lively.at)
    assert ModelVersion.objects.serving() == lively.first
    assert AuditEntry.objects.filter(action="engine.rollback").exists()
    door.catch_up(at=lively.at + timedelta(minutes=1))
    rows = Suggestion.objects.unanswered()
    assert rows and set(rows.values_list("model_version", flat=True)) == {lively.first.pk}
    later.refresh_from_db()
    assert later.state == ModelState.RETIRED


def test_an_unreadable_model_lets_the_last_good_one_serve(lively: Any) -> None:
    later = door.train(at=lively.at)
    manifest = engine.folder_of(later) / "manifest.json"
    facts = json.loads(manifest.read_text())
    manifest.write_text(json.dumps({**facts, "version": 99}))
    engine.forget_learned()
    found = engine.condition(later)
    assert found.instead == lively.first
    assert "99" in found.fault
    assert door.suggest_vacancies(lively.people[0], at=lively.at)
    assert door.explain(lively.people[0], lively.jobs[0], at=lively.at).score is not None


def test_every_step_is_a_grade(lively: Any) -> None:
    seeker, at = lively.people[0], lively.at
    for place, job in enumerate(lively.jobs, 1):
        Impression.objects.create(seeker=seeker, vacancy=job, where="own", position=place, at=at,
                                  model_version=lively.first)  # fmt: skip
    impressions.note_opened(seeker, lively.jobs[1], at=at)
    Suggestion.objects.filter(seeker=seeker).delete()
    for job, reason in ((lively.jobs[2], "pay"), (lively.jobs[3], "employer")):
        row = Suggestion.objects.create(seeker=seeker, vacancy=job, score=0.5, made_at=at,
                                        model_version=lively.first)  # fmt: skip
        row.decline(by=lively.town.chen, at=at, reason=reason)
    for number, steps in ((4, ()), (5, ("see", "shortlist")), (6, ("hire",))):
        job = lively.jobs[number]
        row = Application.submit(seeker=seeker, vacancy=job, via="phone_web", by=lively.town.chen, at=at,
                                 consent_text="同意", consent_version="1")  # fmt: skip
        for step in steps:
            getattr(row, step)(by=lively.town.hu, at=at)
    found = {row.vacancy: row for row in labels.labels(at=at)}
    grades = {n: found[job.pk].grade for n, job in enumerate(lively.jobs) if job.pk in found}
    assert grades == {0: Grade.SHOWN, 1: Grade.OPENED, 2: Grade.DECLINED, 4: Grade.APPLIED,
                      5: Grade.ANSWERED, 6: Grade.HIRED, 7: Grade.SHOWN}  # fmt: skip
    assert found[lively.jobs[2].pk].about == ("pay",)


def test_what_is_kept_after_it_was_shown_is_saved(lively: Any) -> None:
    seeker, at = lively.people[0], lively.at
    for place, job in enumerate(lively.jobs[:4], 1):
        Impression.objects.create(seeker=seeker, vacancy=job, where="own", position=place, at=at,
                                  model_version=lively.first)  # fmt: skip
    Suggestion.objects.filter(seeker=seeker).delete()
    for job, answer in ((lively.jobs[2], "agree"), (lively.jobs[3], "decline")):
        row = Suggestion.objects.create(seeker=seeker, vacancy=job, score=0.5, made_at=at,
                                        model_version=lively.first)  # fmt: skip
        getattr(row, answer)(by=lively.town.chen, at=at)
    for n, minutes in ((0, 5), (1, -5), (2, 5), (3, 5)):  # the second was kept before anybody showed it
        Favourite.keep(seeker, lively.jobs[n], at=at + timedelta(minutes=minutes))
    later = at + timedelta(hours=1)
    found = {row.vacancy: row.grade for row in labels.labels(at=later)}
    assert [found.get(job.pk) for job in lively.jobs[:4]] == [Grade.SAVED, Grade.SHOWN, Grade.WANTED, None]
    Suggestion.objects.filter(vacancy=lively.jobs[3]).update(answer_reason="pay")
    assert {row.vacancy: row.grade for row in labels.labels(at=later)}[lively.jobs[3].pk] == Grade.SAVED
    seeker.set_recommendations(False, by=lively.town.chen, at=at)
    assert labels.labels(at=later) == []
    assert seeker.favourites.count() == 4


def test_nothing_of_somebody_who_switched_off_is_learned(lively: Any) -> None:
    show_and_answer(lively, JOBS - 1, people=slice(2))
    seeker = lively.people[0]
    seeker.set_recommendations(False, by=lively.town.chen, at=lively.at)
    assert {row.seeker for row in labels.labels(at=lively.at)} == {lively.people[1].pk}
    door.catch_up(at=lively.at)
    assert not Impression.objects.filter(seeker=seeker).exists()


def test_impressions_are_kept_half_a_year(lively: Any) -> None:
    show_and_answer(lively, 0, people=slice(2))
    assert impressions.forget_old(at=lively.at + timedelta(days=100)) == 0
    assert impressions.forget_old(at=lively.at + timedelta(days=181)) == 2 * JOBS


def test_sharing_out_shows_who_gains_before_anything_changes(lively: Any) -> None:
    lists = sharing.read()
    assert lists is not None
    found = sharing.preview(lists, 0)
    assert found.prices == {} and not found.gain
    assert found.before == found.after and found.fit_lost == 0
    assert not Sharing.objects.exists()


def crowded(people: int = 40, jobs: int = 30) -> sharing.Lists:
    """Everybody wants the same ten most, by a little."""
    dice = np.random.default_rng(5)
    score = np.linspace(0.9, 0.7, jobs)[None, :] + 0.02 * dice.random((people, jobs))
    names = np.array([f"j{n}" for n in range(jobs)])
    job = np.tile(np.arange(jobs, dtype=np.int32), (people, 1))
    return sharing.Lists(
        np.array([f"p{n}" for n in range(people)]),
        names,
        np.ones(jobs, np.int32),
        job,
        score.astype(np.float32),
    )


def test_sharing_out_fills_the_empty_and_says_what_it_costs() -> None:
    none, half, whole = (sharing.preview(crowded(), strength) for strength in (0, 50, 100))
    assert none.after["empty"] > half.after["empty"] >= whole.after["empty"]
    assert none.after["gini"] > half.after["gini"] > whole.after["gini"]
    assert 0 < half.fit_lost <= whole.fit_lost < 0.2
    assert whole.no_longer_empty >= 10
    assert min(whole.prices.values()) < 0 < max(whole.prices.values())
    [first, *_] = whole.gain
    assert first[2] > first[1]


def test_the_dial_is_set_once_and_holds_for_single_news_too(lively: Any) -> None:
    at, dear = lively.at, lively.jobs[-1]
    before = {row.pk: row.score for row in Suggestion.objects.filter(vacancy=dear)}
    Sharing.objects.create(strength=40, prices={dear.uid: 0.1}, set_at=at, set_by="x")
    lively.people[0].change(by=lively.town.chen, at=at, wanted_text="咖啡店员")
    door.catch_up(at=at)
    own = Suggestion.objects.get(seeker=lively.people[0], vacancy=dear)
    plain = door.explain(lively.people[0], dear, at=at).score
    assert plain is not None and own.score == pytest.approx(plain - 0.1, abs=1e-4)
    assert before


def test_setting_the_dial_is_audited_and_makes_lists_anew(lively: Any) -> None:
    row = sharing.share_out(60, by=lively.town.wang, at=lively.at)
    assert sharing.in_force() == row
    assert AuditEntry.objects.filter(action="engine.sharing").exists()
    assert door.catch_up(at=lively.at + timedelta(minutes=1)) >= 1
    assert Suggestion.objects.filter(made_at=lively.at + timedelta(minutes=1)).exists()
    with pytest.raises(Refused):
        sharing.share_out(101, by=lively.town.wang, at=lively.at)


def test_drift_names_the_feature_that_moved() -> None:
    same = {"values": {"pay": [100, 100, 100, 0, 0, 0, 0, 0, 0, 0, 0]}, "answers": [100, 1000]}
    moved = {"values": {"pay": [0, 0, 0, 0, 0, 0, 0, 100, 100, 100, 0]}, "answers": [20, 1000]}
    assert not drift.between(same, same).is_large
    found = drift.between(same, moved)
    assert list(found.features) == ["pay"]
    assert found.answers_moved
    few = {"values": {"pay": [3] + [0] * 10}, "answers": [1, 10]}
    assert not drift.between(few, moved).is_large

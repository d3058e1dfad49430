"""Steps and lessons: what they promise is what the engine gives when they are taken."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.engine.toy_town import ANALYST, CLEANER, CLEANER_FAR, DAY, JOBS, LI, PEOPLE, WAITER, ZHOU, crowd
from yuanmeng.matching import Job, Matcher, NotKnown, Person


def taken(matcher: Matcher, person: Person, **change: object) -> Matcher:
    other = matcher.emptied().fill(PEOPLE, JOBS)
    other.upsert_people([replace(person, **change)])  # type: ignore[arg-type]
    return other


@pytest.fixture(scope="module")
def matcher() -> Matcher:
    return Matcher().fit(PEOPLE, JOBS, DAY)


def test_a_skill_gives_what_was_promised(matcher: Matcher) -> None:
    first = matcher.steps("li", "cleaner", DAY)[0]
    assert (first.kind, first.value) == ("skill", "消毒")
    learned = taken(matcher, LI, skills=(*LI.skills, "消毒"))
    gain = learned.score("li", "cleaner", DAY) - matcher.score("li", "cleaner", DAY)
    assert first.gain == pytest.approx(gain, abs=1e-6)
    assert first.gain > 0


def test_a_closed_gate_says_what_opens_it(matcher: Matcher) -> None:
    assert matcher.why_not("li", "cleaner_far", DAY) == ("commute",)
    step = matcher.steps("li", "cleaner_far", DAY)[0]
    assert (step.kind, step.value, step.opens) == ("commute", 90, ("commute",))
    opened = taken(matcher, LI, commute_max_minutes=step.value)
    assert opened.why_not("li", "cleaner_far", DAY) == ()
    assert taken(matcher, LI, commute_max_minutes=60).why_not("li", "cleaner_far", DAY) == ("commute",)


def test_education_and_pay_are_named_with_their_values(matcher: Matcher) -> None:
    steps = {step.kind: step for step in matcher.steps("li", "analyst", DAY, most=9)}
    assert (steps["education"].value, steps["education"].opens) == (7, ("education",))
    steps = {step.kind: step for step in matcher.steps("zhou", "waiter", DAY, most=9)}
    assert (steps["pay"].value, steps["pay"].opens) == (600_000, ("pay",))


def test_what_helps_nothing_is_not_said(matcher: Matcher) -> None:
    """Li's commute, pay and shifts are within her limits: nobody tells her to ask for less."""
    assert {step.kind for step in matcher.steps("li", "cleaner", DAY, most=9)} == {"skill"}


def test_lessons_add_up_over_the_jobs_that_ask_for_them(matcher: Matcher) -> None:
    cashier = Job(id="cashier", title="保洁领班", occupation="4-13", skills=("消毒", "排班"))
    matcher = matcher.emptied().fill(PEOPLE, [*JOBS, cashier])
    found = matcher.lessons("li", ["cleaner", "cashier", "waiter"], DAY)
    assert [lesson.skill for lesson in found] == ["消毒", "排班"]
    assert found[0].jobs == ("cleaner", "cashier")
    one = sum(
        step.gain for job in found[0].jobs for step in matcher.steps("li", job, DAY) if step.value == "消毒"
    )
    assert found[0].gain == pytest.approx(one, abs=1e-6)


def test_patience_is_no_course(matcher: Matcher) -> None:
    assert matcher.steps("li", "cleaner", DAY, never=["消毒"]) == []
    assert matcher.lessons("li", ["cleaner"], DAY, never=["消毒"]) == []


def test_who_has_all_skills_has_nothing_to_learn(matcher: Matcher) -> None:
    complete = replace(ZHOU, skills=ANALYST.skills)
    other = matcher.emptied().fill([complete], JOBS)
    assert other.lessons("zhou", ["analyst"], DAY) == []


def test_nobody_is_changed_by_asking(matcher: Matcher) -> None:
    before = matcher.rank(["li", "zhou"], DAY)
    matcher.steps("li", "cleaner", DAY), matcher.lessons("li", ["cleaner", "waiter"], DAY)
    assert matcher.rank(["li", "zhou"], DAY) == before


def test_an_empty_profile_and_a_bare_job_have_no_steps() -> None:
    matcher = Matcher().fit([Person(id="p")], [Job(id="j")], DAY)
    assert matcher.steps("p", "j", DAY) == [] and matcher.lessons("p", [], DAY) == []
    with pytest.raises(NotKnown):
        matcher.steps("p", "gone", DAY)


def test_every_promise_of_a_crowd_holds() -> None:
    people, jobs = crowd(4, 40)
    matcher = Matcher().fit(people, jobs, DAY)
    for person in people:
        for job in (CLEANER, CLEANER_FAR, WAITER, *jobs[:4]):
            other = matcher.emptied().fill([person], [job])
            for step in other.steps(person.id, job.id, DAY):
                assert step.opens or step.gain > 0
                assert set(step.opens) <= set(other.why_not(person.id, job.id, DAY))

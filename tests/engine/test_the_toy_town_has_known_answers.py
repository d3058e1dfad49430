"""The right answers of the toy town, both ways round, and the figures that count them."""

from __future__ import annotations

from tests.engine.toy_town import DAY, HOME, town
from yuanmeng.matching import Job, Pair, Telling
from yuanmeng.matching.evaluate import figures

EVERYTHING = Telling("person", 11)


def jobs(pairs: list[Pair]) -> list[str]:
    return [pair.job for pair in pairs]


def test_everybody_finds_the_work_they_want() -> None:
    matcher = town()
    [li], [zhou] = matcher.rank(["li"], DAY), matcher.rank(["zhou"], DAY)
    assert jobs(li) == [
        "cleaner",
        "waiter",
    ]  # the far cleaner is beyond her 40 minutes, the analyst beyond her degree
    assert jobs(zhou)[0] == "analyst"


def test_every_job_finds_its_people_by_the_same_score() -> None:
    matcher = town()
    [pairs] = matcher.rank(["cleaner"], DAY, side="jobs")
    assert pairs[0].person == "li"
    assert pairs[0].score == matcher.rank(["li"], DAY)[0][0].score == matcher.score("li", "cleaner", DAY)


def test_reasons_name_the_facts() -> None:
    pair = town().rank(["li"], DAY)[0][0]
    assert len(pair.reasons) == 3
    told = {reason.kind: reason.facts for reason in town().rank(["li"], DAY, tell=EVERYTHING)[0][0].reasons}
    assert told["title"] == {"title": "客房保洁员", "wanted": "保洁员"}
    assert told["skills"] == {"asked": 3, "met": ("保洁", "布草整理"), "missing": ("消毒",)}
    assert told["commute"] == {"metres": 0, "walk_minutes": 0, "minutes": 0}
    assert told["occupation"]["occupation"] == "4-13"
    assert told["hours"] == {"shifts": ("早班",)}


def test_gates_say_what_keeps_a_pair_apart() -> None:
    matcher = town()
    assert matcher.why_not("li", "cleaner", DAY) == ()
    assert matcher.why_not("li", "cleaner_far", DAY) == ("commute",)
    assert matcher.why_not("li", "analyst", DAY) == ("education",)
    assert matcher.why_not("zhou", "waiter", DAY) == ("pay",)


def test_a_thin_profile_is_told_what_is_missing() -> None:
    matcher = town()
    gaps = matcher.missing("zhou")
    assert [gap.field for gap in gaps] == ["last_occupation", "shifts"]
    assert 0 < sum(gap.weight for gap in gaps) < 0.2


def test_a_posting_of_this_moment_is_rankable_at_once() -> None:
    matcher = town()
    matcher.upsert_jobs([Job(id="new", title="保洁员", occupation="4-13", published_on=DAY, **HOME)])
    assert "new" in jobs(matcher.rank(["li"], DAY)[0])
    matcher.remove(jobs=["new", "never was here"])
    assert "new" not in jobs(matcher.rank(["li"], DAY)[0])


def test_similar_jobs_share_title_and_trade() -> None:
    assert town().similar("cleaner", DAY) == ["cleaner_far"]


def test_the_figures_of_a_perfect_order_are_one() -> None:
    found = town().evaluate({"li": {"cleaner"}, "zhou": {"analyst"}}, DAY)
    assert (found["ndcg@10"], found["recall@10"], found["mrr"]) == (1.0, 1.0, 1.0)
    assert found["coverage"] == 0.75


def test_the_figures_count_places() -> None:
    found = figures({"a": ["x", "y"], "b": ["y", "x"]}, {"a": {"y"}, "b": {"y"}}, items=4, k=1)
    assert found["ndcg@1"] == found["recall@1"] == 0.5
    assert found["mrr"] == 0.75
    assert found["coverage"] == 0.5
    assert found["congestion"] == -0.5  # two of four shown equally often: ln 2 / ln 4


def test_places_go_to_as_many_as_there_are_openings() -> None:
    matcher = town()
    pairs = [Pair("li", "waiter", 0.9), Pair("zhou", "waiter", 0.8), Pair("li", "cleaner", 0.7)]
    chosen = matcher.allocate(pairs, {"waiter": 1})
    assert [(pair.person, pair.job) for pair in chosen] == [
        ("zhou", "waiter"),
        ("li", "cleaner"),
    ]  # 1.5, not .9
    assert matcher.allocate(pairs, {"waiter": 0, "cleaner": 0}) == []

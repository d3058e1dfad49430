"""What cannot be true is refused by name; what is merely much or thin is taken."""

from __future__ import annotations

import pytest

from tests.engine.toy_town import DAY, JOBS
from yuanmeng.matching import Job, Matcher, Person, RecordRefused


@pytest.mark.parametrize(
    "facts",
    [
        {"experience_years": float("nan")},
        {"pay_floor_fen_month": -1},
        {"lon": 121.4},
        {"lon": 31.2, "lat": 121.4},
        {"lon": float("nan"), "lat": 31.2},
        {"age_years": 500},
    ],
)
def test_a_person_that_cannot_be(facts: dict[str, float]) -> None:
    with pytest.raises(RecordRefused):
        Person(id="x", **facts)  # type: ignore[arg-type]


def test_a_record_without_an_id() -> None:
    with pytest.raises(RecordRefused, match="id"):
        Job(id="")


def test_a_curriculum_of_ten_thousand_words_and_an_empty_one() -> None:
    long, empty = Person(id="long", text="收银盘点理货 " * 10_000, wish="\x00\ud83d收银"), Person(id="empty")
    one = Matcher().fit([long, empty], JOBS, DAY)
    assert one.rank(["long"], DAY)[0] and one.rank(["empty"], DAY)[0]
    assert all(
        pair.score <= 0.7 for pair in one.rank(["empty"], DAY)[0]
    )  # little is known, little is promised


def test_wishes_that_contradict_each_other_leave_nothing() -> None:
    torn = Person(id="x", pay_floor_fen_month=9_000_000, commute_max_minutes=0, lon=121.4, lat=31.2)
    assert Matcher().fit([torn], JOBS, DAY).rank(["x"], DAY) == [[]]

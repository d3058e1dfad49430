from __future__ import annotations

from datetime import datetime
from typing import Any

import pytest
from django.db import connection, transaction

from tests import factories
from yuanmeng.core import events
from yuanmeng.core.actors import CLOCK
from yuanmeng.core.models import Bookmark, EventRow


@pytest.fixture
def told(db: Any, at: datetime) -> list[str]:
    """Three pieces of news about three persons; their uids in order."""
    people = [factories.person(name, at=at) for name in ("甲", "乙", "丙")]
    for person in people:
        events.tell("person.made", person, by=CLOCK, at=at)
    return [person.uid for person in people]


def test_each_row_is_handled_once_and_in_order(told: list[str]) -> None:
    heard: list[str] = []
    assert events.drain("ear", lambda row: heard.append(row.object_uid)) == 3
    assert events.drain("ear", lambda row: heard.append(row.object_uid)) == 0
    assert heard == told


def test_readers_have_bookmarks_of_their_own(told: list[str]) -> None:
    events.drain("first", lambda row: None)
    heard: list[str] = []
    events.drain("second", lambda row: heard.append(row.object_uid))
    assert heard == told


def test_a_limit_leaves_the_rest_for_next_time(told: list[str]) -> None:
    heard: list[str] = []
    assert events.drain("ear", lambda row: heard.append(row.object_uid), limit=2) == 2
    assert heard == told[:2]
    assert events.drain("ear", lambda row: heard.append(row.object_uid)) == 1
    assert heard == told


def test_what_a_failing_handler_wrote_is_undone_and_the_row_comes_again(
    told: list[str], at: datetime
) -> None:
    tries: list[int] = []

    def stumble_once(row: EventRow) -> None:
        factories.person("半途", at=at)
        tries.append(1)
        if len(tries) == 1:
            raise OSError("carrier away")

    assert events.drain("ear", stumble_once) == 0
    assert not _people_called("半途")
    assert events.drain("ear", stumble_once) == 3
    assert _people_called("半途") == 3
    assert Bookmark.objects.get(reader="ear").failures == 0


def test_a_row_that_never_works_is_set_aside_and_the_next_are_read(told: list[str]) -> None:
    heard: list[str] = []

    def refuse_the_second(row: EventRow) -> None:
        if row.object_uid == told[1]:
            raise ValueError("cannot read this one")
        heard.append(row.object_uid)

    for _turn in range(events.TRIES):
        events.drain("ear", refuse_the_second)
    assert heard == [told[0], told[2]]


def test_kinds_choose_by_word_or_by_noun(told: list[str], at: datetime) -> None:
    person = factories.person("丁", at=at)
    events.tell("persona.made", person, by=None, at=at)
    events.tell("person.merged", person, by=None, at=at)
    assert [row.kind for row in events.unread("ear", kinds=["person."])] == ["person.made"] * 3 + [
        "person.merged"
    ]
    assert [row.kind for row in events.unread("ear", kinds=["persona.made"])] == ["persona.made"]


def test_news_of_an_act_that_was_undone_is_never_told(db: Any, at: datetime) -> None:
    person = factories.person("甲", at=at)
    with pytest.raises(RuntimeError), transaction.atomic():
        events.tell("person.made", person, by=None, at=at)
        raise RuntimeError("undone")
    assert events.unread("ear") == []


def test_many_rows_cost_one_statement(db: Any, at: datetime, django_assert_num_queries: Any) -> None:
    people = [factories.person(f"某{n}", at=at) for n in range(5)]
    with django_assert_num_queries(1):
        events.tell_many([("person.made", person, {}) for person in people], by=None, at=at)
    assert [row.object_uid for row in events.unread("ear")] == [person.uid for person in people]


@pytest.mark.django_db(transaction=True)
def test_a_slower_transaction_that_began_first_is_not_skipped(at: datetime) -> None:
    """PostgreSQL draws ids before commit: a reader that goes by id alone would lose the slow row."""
    if connection.vendor != "postgresql":
        pytest.skip("one writer at a time: SQLite knows no slower transaction")
    import threading

    person = factories.person("甲", at=at)
    written, go_on = threading.Event(), threading.Event()

    def slowly() -> None:
        with transaction.atomic():
            events.tell("slow.made", person, by=None, at=at)
            written.set()
            go_on.wait(10)
        connection.close()

    thread = threading.Thread(target=slowly)
    thread.start()
    written.wait(10)
    events.tell("quick.made", person, by=None, at=at)
    heard: list[str] = []
    events.drain("ear", lambda row: heard.append(row.kind))
    go_on.set()
    thread.join()
    events.drain("ear", lambda row: heard.append(row.kind))
    assert sorted(heard) == ["quick.made", "slow.made"]


def _people_called(name: str) -> int:
    from yuanmeng.people.models import Person

    return Person.objects.filter(name=name).count()

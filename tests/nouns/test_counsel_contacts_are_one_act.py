from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest

from yuanmeng.core.errors import MoveRefused
from yuanmeng.counsel import contact
from yuanmeng.counsel.models import FollowUp, ServiceRecord


@pytest.fixture
def todo(li: Any, chen: Any, at: datetime) -> FollowUp:
    return FollowUp.remind(li.person, by=chen, at=at, due_on=at.date(), words="问问体检")


def test_it_writes_the_ledger_ticks_off_and_opens_the_next(
    todo: FollowUp, chen: Any, li: Any, at: datetime
) -> None:
    later = at.date() + timedelta(days=7)
    row = todo.record(by=chen, at=at, channel="phone", result="reached", words="下周面试", next_due_on=later)
    assert (row.kind, row.person, row.about_uid, row.next_due_on) == ("contact", li.person, todo.uid, later)
    assert (todo.state, todo.done_at) == ("done", at)
    following = FollowUp.objects.open().get()
    assert (following.kind, following.due_on, following.assigned_to) == ("contact_due", later, chen)
    li.refresh_from_db()
    assert li.last_contact_at == at


def test_nobody_answering_is_no_contact_with_the_person(
    todo: FollowUp, chen: Any, li: Any, at: datetime
) -> None:
    todo.record(by=chen, at=at, channel="phone", result="no_answer")
    li.refresh_from_db()
    assert li.last_contact_at is None


def test_one_talk_may_settle_several_to_dos(todo: FollowUp, chen: Any, li: Any, at: datetime) -> None:
    other = FollowUp.remind(li.person, by=chen, at=at, due_on=at.date())
    contact.record(li.person, by=chen, at=at, channel="desk", result="reached", settles=[todo, other])
    assert not FollowUp.objects.open().exists()
    assert ServiceRecord.objects.count() == 1


def test_if_a_colleague_was_quicker_nothing_is_written(
    todo: FollowUp, chen: Any, li: Any, at: datetime
) -> None:
    FollowUp.objects.get(pk=todo.pk).settle(by=chen, at=at)
    with pytest.raises(MoveRefused):
        contact.record(
            li.person, by=chen, at=at, channel="desk", result="reached", settles=[todo], next_due_on=at.date()
        )
    assert not ServiceRecord.objects.exists()
    assert not FollowUp.objects.open().exists()


def test_a_retention_check_is_a_service_of_its_own_kind(chen: Any, li: Any, at: datetime) -> None:
    todo = FollowUp.remind(li.person, by=chen, at=at, due_on=at.date(), kind="retention")
    assert todo.record(by=chen, at=at, channel="phone", result="still_there").kind == "retention_check"


def test_a_slip_of_the_finger_can_be_undone(todo: FollowUp, chen: Any, at: datetime) -> None:
    todo.settle(by=chen, at=at)
    todo.reopen(by=chen, at=at)
    todo.refresh_from_db()
    assert (todo.state, todo.done_at) == ("open", None)


def test_of_two_who_reach_for_it_the_first_has_it(li: Any, chen: Any, hu: Any, at: datetime) -> None:
    todo = FollowUp.objects.create(kind="help_wanted", due_on=at.date(), made_at=at)
    same = FollowUp.objects.get(pk=todo.pk)
    todo.take(by=chen)
    same.take(by=hu)
    assert same.assigned_to == chen

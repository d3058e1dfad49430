from __future__ import annotations

from datetime import datetime
from typing import Any

import pytest

from yuanmeng.applications.models import MOVES, AlreadyApplied, Application, State
from yuanmeng.core.errors import MoveRefused
from yuanmeng.core.models import EventRow, Step


def _apply(town: Any, at: datetime) -> Application:
    return Application.submit(
        seeker=town.li, vacancy=town.barista, via="phone_web", by=town.chen, at=at,
        consent_text="同意", consent_version="1",
    )  # fmt: skip


def test_it_keeps_the_consent_and_what_was_sent(town: Any, at: datetime) -> None:
    sent = _apply(town, at)
    assert sent.consent.receiver == town.cafe.name
    assert sent.snapshot["name"] == "李秀芳"
    assert EventRow.objects.filter(kind="application.submitted", object_uid=sent.uid).count() == 1


def test_it_refuses_a_second_application(town: Any, at: datetime) -> None:
    first = _apply(town, at)
    with pytest.raises(AlreadyApplied) as refusal:
        _apply(town, at)
    assert refusal.value.application == first
    assert town.li.person.consents.count() == 1


def test_it_may_apply_again_after_taking_it_back(town: Any, at: datetime) -> None:
    first = _apply(town, at)
    first.withdraw(by=town.chen, at=at)
    assert first.consent.withdrawn_at == at
    assert _apply(town, at).pk != first.pk


@pytest.mark.parametrize("old", list(State))
def test_no_move_outside_the_table(town: Any, at: datetime, old: str) -> None:
    row = _apply(town, at)
    Application.objects.filter(pk=row.pk).update(state=old)
    row.refresh_from_db()
    for new in set(State) - MOVES[State(old)]:
        with pytest.raises(MoveRefused):
            row._move(new, by=town.chen, at=at)
    assert Step.of(row).count() == 1


def test_of_two_clerks_one_moves_and_one_is_told(town: Any, at: datetime) -> None:
    row = _apply(town, at)
    same = Application.objects.get(pk=row.pk)
    row.shortlist(by=town.hu, at=at)
    with pytest.raises(MoveRefused):
        same.withdraw(by=town.hu, at=at)


def test_a_no_leaves_the_applicants_own_words_alone(town: Any, at: datetime) -> None:
    row = Application.submit(
        seeker=town.li, vacancy=town.barista, via="phone_web", by=town.chen, at=at, words="我可以上早班。",
        consent_text="同意", consent_version="1",
    )  # fmt: skip
    row.decline(by=town.hu, at=at, reason="hours", words="这次只缺晚班，欢迎下次再来。")
    row.refresh_from_db()
    assert (row.words, row.answer_words) == ("我可以上早班。", "这次只缺晚班，欢迎下次再来。")

"""Facts from devices come late, twice, shuffled and cut, and count once."""

from __future__ import annotations

import random
import uuid
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from yuanmeng.core.field import Answer, Report, ingest
from yuanmeng.core.models import FieldEvent

pytestmark = pytest.mark.django_db


def report(at: datetime, seq: int = 1, **facts: Any) -> Report:
    base = {
        "client_id": str(uuid.uuid4()), "device": "d" * 32, "seq": seq, "kind": "play", "subject": "s" * 32,
        "payload": {"shown_ms": 10}, "happened_at": at - timedelta(minutes=5),
    }  # fmt: skip
    return Report(**{**base, **facts})


def states(answers: Any) -> list[Answer]:
    return [answer.state for answer in answers]


def test_a_batch_that_was_cut_is_sent_again_harmlessly(at: datetime) -> None:
    batch = [report(at, seq) for seq in range(400)]
    assert states(ingest(batch[:150], received_at=at)) == ["new"] * 150
    random.Random(1).shuffle(batch)
    again = ingest(batch, received_at=at)
    assert states(again).count(Answer.NEW) == 250 and states(again).count(Answer.KNOWN) == 150
    assert states(ingest(batch, received_at=at)) == ["known"] * 400
    assert FieldEvent.objects.count() == 400


def test_twice_in_one_batch_is_once(at: datetime) -> None:
    one = report(at)
    assert states(ingest([one, one], received_at=at)) == ["new", "known"]


def test_the_time_is_corrected_by_the_clock_that_told_it(at: datetime) -> None:
    """A clock nine hours ahead, and one that is 7 minutes behind."""
    said = at + timedelta(hours=9) - timedelta(minutes=5)
    ahead = report(at, happened_at=said, skew_ms=9 * 3_600_000)
    behind = report(at, happened_at=at - timedelta(minutes=12), skew_ms=-7 * 60_000)
    ingest([ahead, behind], received_at=at)
    rows = FieldEvent.objects.all()
    assert {row.counted_at for row in rows} == {at - timedelta(minutes=5)}
    assert not any(row.corrected for row in rows)
    assert rows.get(client_id=ahead.client_id).happened_at == said


def test_what_lies_after_the_receipt_is_set_back_and_marked(at: datetime) -> None:
    ingest([report(at, happened_at=at + timedelta(seconds=40))], received_at=at)
    row = FieldEvent.objects.get()
    assert row.counted_at == at and row.corrected


@pytest.mark.parametrize(
    "facts",
    [
        {"client_id": "17"},
        {"client_id": "{0f8fad5b-d9cb-469f-a165-70867728950e}"},
        {"seq": -1},
        {"skew_ms": 10**15},
        {"happened_at": datetime(2026, 1, 1)},  # noqa: DTZ001
        {"happened_at": datetime(1, 1, 1, tzinfo=UTC), "skew_ms": 10**9},
        {"payload": {"x": "y" * 5000}},
    ],
)
def test_what_cannot_be_is_refused_with_a_sentence(at: datetime, facts: dict[str, Any]) -> None:
    [answer] = ingest([report(at, **facts)], received_at=at)
    assert answer.state == Answer.REFUSED and answer.why
    assert not FieldEvent.objects.exists()


def test_a_number_stands_for_one_fact_only(at: datetime) -> None:
    one = report(at)
    ingest([one], received_at=at)
    other = report(at, client_id=one.client_id, device="e" * 32)
    assert states(ingest([other, one], received_at=at)) == ["refused", "known"]


def test_facts_are_never_changed(at: datetime) -> None:
    ingest([report(at)], received_at=at)
    row = FieldEvent.objects.get()
    with pytest.raises(TypeError):
        row.save()
    with pytest.raises(TypeError):
        row.delete()

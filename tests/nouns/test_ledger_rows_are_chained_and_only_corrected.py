from __future__ import annotations

from datetime import datetime
from typing import Any

import pytest
from django.db import connection

from yuanmeng.counsel import ledger
from yuanmeng.counsel.models import LedgerHead, ServiceRecord
from yuanmeng.counsel.models.ledger import AlreadyCorrected


@pytest.fixture
def four(chen: Any, li: Any, zhou: Any, at: datetime) -> list[ServiceRecord]:
    return [
        ServiceRecord.write(
            kind=kind, by=chen, at=at, person=who.person, channel="phone", result="reached", words="聊了聊"
        )
        for kind, who in (("contact", li), ("guidance", li), ("contact", zhou), ("policy_talk", zhou))
    ]


def _do(statement: str, *values: Any) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)


def test_a_ledger_nobody_touched_is_whole(four: list[ServiceRecord]) -> None:
    assert ledger.verify() is None
    assert [row.seq for row in four] == [1, 2, 3, 4]


@pytest.mark.parametrize(
    "column, value", [("result", "refused"), ("minutes", 90), ("by", "user:x"), ("kind", "visit")]
)
def test_a_changed_fact_is_found(four: list[ServiceRecord], column: str, value: Any) -> None:
    _do(f"UPDATE counsel_servicerecord SET {connection.ops.quote_name(column)} = %s WHERE seq = 2", value)
    assert ledger.verify() == ledger.Flaw(2, "edited")


def test_a_row_given_to_another_person_is_found(four: list[ServiceRecord], zhou: Any) -> None:
    _do("UPDATE counsel_servicerecord SET person_id = %s WHERE seq = 2", zhou.person.pk)
    assert ledger.verify() == ledger.Flaw(2, "edited")


def test_a_missing_row_and_a_cut_tail_are_found(four: list[ServiceRecord]) -> None:
    _do("DELETE FROM counsel_servicerecord WHERE seq = %s", 4)
    assert ledger.verify() == ledger.Flaw(4, "cut")
    _do("DELETE FROM counsel_servicerecord WHERE seq = %s", 2)
    assert ledger.verify() == ledger.Flaw(2, "missing")


def test_a_head_that_was_turned_back_is_found(four: list[ServiceRecord]) -> None:
    LedgerHead.objects.update(hash="0" * 64)
    assert ledger.verify() == ledger.Flaw(5, "cut")


def test_erasing_a_persons_words_leaves_the_chain_whole(four: list[ServiceRecord], li: Any) -> None:
    """Erasure blanks what is personal: the name in the file, the words in the row."""
    _do("UPDATE counsel_servicerecord SET words = '' WHERE person_id = %s", li.person.pk)
    li.person.name = ""
    li.person.save()
    assert ledger.verify() is None


def test_a_correction_stands_beside_and_counts_instead(
    four: list[ServiceRecord], chen: Any, at: datetime
) -> None:
    wrong = four[0]
    right = wrong.correct(by=chen, at=at, result="no_answer", words="其实没打通")
    assert (right.person, right.kind, right.channel) == (wrong.person, "contact", "phone")
    assert ServiceRecord.objects.get(pk=wrong.pk).result == "reached"
    assert set(ServiceRecord.objects.standing().filter(person=wrong.person)) == {right, four[1]}
    assert ledger.verify() is None


def test_a_record_is_corrected_once(four: list[ServiceRecord], chen: Any, at: datetime) -> None:
    four[0].correct(by=chen, at=at, minutes=10)
    with pytest.raises(AlreadyCorrected):
        four[0].correct(by=chen, at=at, minutes=15)
    assert ServiceRecord.objects.count() == 5


def test_a_row_cannot_be_saved_again(four: list[ServiceRecord]) -> None:
    with pytest.raises(TypeError):
        four[0].save()

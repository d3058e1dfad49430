from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest

from yuanmeng.applications.models import Referral
from yuanmeng.core.errors import MoveRefused, Refused
from yuanmeng.core.models import Step
from yuanmeng.counsel import readers, timers
from yuanmeng.counsel.models import FollowUp, ServiceRecord
from yuanmeng.people.models import Consent


@pytest.fixture
def proposed(town: Any, at: datetime) -> Referral:
    row = Referral.propose(
        officer=town.chen, seeker=town.li, vacancy=town.barista, at=at, score=0.71, reasons=[{"code": "near"}]
    )
    readers.read_news()
    return row


def _open() -> list[tuple[str, int]]:
    rows = FollowUp.objects.open().order_by("id")
    return [(todo.kind, (todo.due_on - todo.made_at.date()).days) for todo in rows]


def test_it_keeps_score_and_reasons_of_that_time(proposed: Referral) -> None:
    assert (proposed.score, proposed.reasons) == (0.71, [{"code": "near"}])
    assert _open() == [("referral_answer", 3)]


def test_nothing_goes_out_without_the_persons_word(proposed: Referral, town: Any, at: datetime) -> None:
    with pytest.raises(MoveRefused):
        proposed.send(by=town.chen, at=at, consent_text="同意", consent_version="1")
    assert not Consent.objects.exists()
    assert not town.li.applications.exists()


def test_agreed_and_sent_it_is_an_application_with_its_consent(
    proposed: Referral, town: Any, at: datetime
) -> None:
    proposed.agree(by=town.chen, at=at)
    sent = proposed.send(
        by=town.chen, at=at, consent_text="同意发给咖啡店", consent_version="1", evidence="当面同意"
    )
    assert (sent.on_behalf_by, sent.via) == (town.chen, "desk")
    assert (sent.consent.receiver, sent.consent.evidence) == (town.cafe.name, "当面同意")
    assert [step.new for step in Step.of(proposed)] == ["proposed", "consented", "sent"]


def test_its_result_is_asked_for_in_15_days(proposed: Referral, town: Any, at: datetime) -> None:
    proposed.agree(by=town.chen, at=at)
    proposed.send(by=town.chen, at=at, consent_text="同意", consent_version="1")
    readers.read_news()
    assert _open() == [("referral_result", 15)]
    assert FollowUp.objects.open().get().assigned_to == town.chen
    assert list(ServiceRecord.objects.order_by("seq").values_list("kind", "result")) == [
        ("application", "submitted"),
        ("referral", "sent"),
    ]


def test_the_result_to_do_goes_when_the_employer_answers(proposed: Referral, town: Any, at: datetime) -> None:
    proposed.agree(by=town.chen, at=at)
    sent = proposed.send(by=town.chen, at=at, consent_text="同意", consent_version="1")
    readers.read_news()
    sent.decline(by=town.hu, at=at, reason="hours")
    readers.read_news()
    assert [kind for kind, _ in _open()] == ["contact_due"]


def test_not_wanted_is_in_the_ledger_and_off_the_desk(proposed: Referral, town: Any, at: datetime) -> None:
    proposed.decline(by=town.chen, at=at, reason="distance")
    readers.read_news()
    assert _open() == []
    assert ServiceRecord.objects.get().result == "declined"


def test_a_second_proposal_while_one_waits_is_refused(proposed: Referral, town: Any, at: datetime) -> None:
    with pytest.raises(Refused) as refusal:
        Referral.propose(officer=town.chen, seeker=town.li, vacancy=town.barista, at=at)
    assert refusal.value.code == "duplicate"


def test_after_seven_days_without_an_answer_it_lapses(proposed: Referral, at: datetime) -> None:
    timers.keep_time(at + timedelta(days=6, hours=23))
    proposed.refresh_from_db()
    assert proposed.state == "proposed"
    timers.keep_time(at + timedelta(days=7))
    proposed.refresh_from_db()
    assert proposed.state == "lapsed"
    readers.read_news()
    assert _open() == []

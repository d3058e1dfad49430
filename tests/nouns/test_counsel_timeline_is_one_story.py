from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from yuanmeng.applications.models import Application, Referral
from yuanmeng.counsel import contact, readers, timeline
from yuanmeng.counsel.models import FollowUp


def _apply(town: Any, at: datetime) -> Application:
    return Application.submit(
        seeker=town.li, vacancy=town.barista, via="phone_web", by=town.hu, at=at, consent_text="同意",
        consent_version="1",
    )  # fmt: skip


def _hours(at: datetime, hours: int) -> datetime:
    return at + timedelta(hours=hours)


def test_everything_stands_in_one_order_newest_first(town: Any, at: datetime) -> None:
    town.li.write_resume("会做早点", by=town.chen, at=_hours(at, -3))
    FollowUp.remind(town.li.person, by=town.chen, at=_hours(at, -2), due_on=at.date())
    contact.record(
        town.li.person, by=town.chen, at=_hours(at, -1), channel="phone", result="reached", words="想做早班"
    )
    sent = _apply(town, at)
    sent.see(by=town.hu, at=_hours(at, 1))
    Referral.propose(officer=town.chen, seeker=town.li, vacancy=town.barista, at=_hours(at, 2))
    sent.withdraw(by=town.hu, at=_hours(at, 3))
    story = timeline.of(town.li)
    assert [entry.kind for entry in story.entries] == [
        "application", "consent", "referral", "application", "application", "consent", "service", "to_do",
        "resume",
    ]  # fmt: skip
    moments = [entry.at for entry in story.entries]
    assert moments == sorted(moments, reverse=True)
    assert not story.has_more


def test_what_the_steps_say_is_not_said_again_by_the_ledger(town: Any, at: datetime) -> None:
    _apply(town, at)
    readers.read_news()
    kinds = [entry.kind for entry in timeline.of(town.li).entries]
    assert kinds.count("application") == 1
    assert "service" not in kinds


def test_it_is_cut_into_pages_without_loss_or_double(town: Any, at: datetime) -> None:
    for n in range(23):
        contact.record(
            town.li.person,
            by=town.chen,
            at=at + timedelta(minutes=n),
            channel="phone",
            result="reached",
            words=str(n),
        )
    first, second, third = (timeline.of(town.li, page=n, size=10) for n in (1, 2, 3))
    assert [first.has_more, second.has_more, third.has_more] == [True, True, False]
    words = [entry.words for page in (first, second, third) for entry in page.entries]
    assert words == [str(n) for n in reversed(range(23))]


def test_names_are_said_for_people(town: Any, at: datetime) -> None:
    town.chen.display_name = "陈老师"
    contact.record(town.li.person, by=town.chen, at=at, channel="phone", result="reached")
    town.li.withdraw(by=town.hu, at=_hours(at, 1))
    _person_of(town)
    by = [entry.by for entry in timeline.of(town.li).entries]
    assert by[1] == "陈老师"
    assert by[0] not in {"胡经理", ""}


def _person_of(town: Any) -> None:
    """胡经理's account turns out to be 李阿姨's own."""
    town.hu.person = town.li.person
    town.hu.save()


def test_a_corrected_record_is_struck_and_only_the_newest_may_be_corrected(town: Any, at: datetime) -> None:
    row = contact.record(town.li.person, by=town.chen, at=at, channel="phone", result="reached")
    right = row.correct(by=town.chen, at=_hours(at, 1), result="no_answer")
    newer, older = timeline.of(town.li).entries
    assert (newer.record, newer.struck) == (right.uid, False)
    assert (older.record, older.struck) == ("", True)


def test_the_number_of_queries_does_not_grow(
    town: Any, at: datetime, django_assert_max_num_queries: Any
) -> None:
    for n in range(30):
        contact.record(
            town.li.person, by=town.chen, at=at + timedelta(minutes=n), channel="phone", result="reached"
        )
    with django_assert_max_num_queries(14):
        timeline.of(town.li)

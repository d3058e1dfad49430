"""Earlier months: people who found work through the house then, so that what became of them can be asked."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from random import Random

from django.db import transaction
from django.utils import timezone

from yuanmeng.applications.models import Application, Referral, Via
from yuanmeng.core.actors import Actor, Told
from yuanmeng.ops.demo.living import CONSENT, VERSION
from yuanmeng.people.models import User
from yuanmeng.recommend.models import Suggestion
from yuanmeng.vacancies import posting
from yuanmeng.vacancies.models import CloseReason, Vacancy

PLACED = 14
REGISTERED_BEFORE = timedelta(days=160)
LASTS = timedelta(days=45)


def find_work(dice: Random, counsellors: list[User], reviewer: User, *, at: datetime) -> int:
    """This will let people have been hired three and four months ago, half of them by a referral."""
    placed = 0
    for pair in _pairs(at):
        began = at - timedelta(days=dice.randint(104, 150), hours=dice.randint(1, 9))
        with transaction.atomic():
            vacancy = _posted(pair.vacancy, reviewer, began)
            row = _apply(pair, vacancy, dice.choice(counsellors) if placed % 2 else None, began)
            _hire(row, dice, Told(f"organisation:{vacancy.organisation.uid}"))
        placed += 1
    return placed


def _pairs(at: datetime) -> Iterator[Suggestion]:
    """Good pairs of people who were registered then; one for each person and firm."""
    rows = Suggestion.objects.filter(
        seeker__made_at__lte=at - REGISTERED_BEFORE, seeker__state="active", vacancy__agency=None
    )
    people: set[int] = set()
    firms: set[int] = set()
    for row in rows.select_related("seeker__person", "vacancy__organisation").order_by("-score", "id")[:2000]:
        if row.seeker_id not in people and row.vacancy.organisation_id not in firms:
            people.add(row.seeker_id)
            firms.add(row.vacancy.organisation_id)
            yield row
        if len(people) == PLACED:
            return


def _posted(like: Vacancy, reviewer: User, at: datetime) -> Vacancy:
    """The same post as it was advertised then."""
    by = Told(f"organisation:{like.organisation.uid}")
    row = posting.copy(like, by=by, at=at)
    first = timezone.localdate(at)
    row.change(by=by, at=at, valid_from=first, valid_until=first + LASTS, openings=1)
    row.submit(by=by, at=at)
    row.publish(by=reviewer, at=at + timedelta(hours=3))
    return row


def _apply(pair: Suggestion, vacancy: Vacancy, officer: User | None, at: datetime) -> Application:
    seeker, when = pair.seeker, at + timedelta(days=2)
    person = Told(f"person:{seeker.person.uid}")
    if officer is None:
        return Application.submit(
            seeker=seeker, vacancy=vacancy, via=Via.PHONE_WEB, by=person, at=when, consent_text=CONSENT,
            consent_version=VERSION, evidence="示例",
        )  # fmt: skip
    referral = Referral.propose(
        officer=officer, seeker=seeker, vacancy=vacancy, at=when, score=pair.score, reasons=pair.reasons
    )
    referral.agree(by=person, at=when + timedelta(hours=2))
    return referral.send(
        by=officer, at=when + timedelta(hours=3), consent_text=CONSENT, consent_version=VERSION
    )


def _hire(row: Application, dice: Random, by: Actor) -> None:
    when = row.submitted_at + timedelta(hours=dice.randint(6, 40))
    row.see(by=by, at=when)
    meeting = when + timedelta(days=dice.randint(1, 4))
    row.invite(by=by, at=when + timedelta(hours=2), meeting_at=meeting, meeting_place="")
    row.hire(by=by, at=meeting + timedelta(days=dice.randint(1, 3)))
    row.vacancy.close(CloseReason.FILLED, by=by, at=meeting + timedelta(days=4))

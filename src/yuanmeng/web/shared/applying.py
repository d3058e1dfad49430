"""The story of applying, the same at the phone, the kiosk and the desk."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db import transaction

from yuanmeng.applications.models import Application
from yuanmeng.core import limits as counting
from yuanmeng.core.text import clean
from yuanmeng.people.models import Consent, Purpose, User
from yuanmeng.seekers.models import State as SeekerState
from yuanmeng.seekers.models import register
from yuanmeng.web.shared import claiming, consenting, limits

if TYPE_CHECKING:
    from datetime import datetime

    from yuanmeng.people.models import Person
    from yuanmeng.seekers.models import Seeker
    from yuanmeng.vacancies.models import Vacancy


@dataclass(frozen=True)
class Applicant:
    """What somebody says of themselves when they apply. `resume` may be empty."""

    name: str
    birth_year: int
    education: int
    resume: str = ""


def apply(
    vacancy: Vacancy, applicant: Applicant, *, user: User, via: str, at: datetime, evidence: str = ""
) -> Application:
    """This will send one application of the user, who holds the phone and has agreed to the consent sheet.

    Whoever applies for the first time is registered on the way. Raises AlreadyApplied and other Refused.
    """
    sheet = consenting.sheet_for(vacancy)
    with transaction.atomic():
        seeker = seeker_of(user, applicant, channel=via, at=at)
        counting.spend(limits.APPLICATIONS, f"seeker:{seeker.uid}", at=at)
        return Application.submit(
            seeker=seeker, vacancy=vacancy, via=via, by=user, at=at, evidence=evidence,
            consent_text=sheet.text, consent_version=consenting.VERSION,
        )  # fmt: skip


def seeker_of(user: User, applicant: Applicant, *, channel: str, at: datetime) -> Seeker:
    """This will be the user's registration with what the applicant just said, made now if there is none."""
    person = user.person or claiming.person_for(user, applicant.name, applicant.birth_year, at=at)
    seeker = register(person, by=user, at=at, channel=channel, education=applicant.education)
    _agree_to_the_service(person, channel, at)
    if seeker.state != SeekerState.ACTIVE and seeker.may_move(SeekerState.ACTIVE):
        seeker.come_back(by=user, at=at)
    seeker.change(by=user, at=at, education=applicant.education)
    if clean(applicant.resume):
        seeker.write_resume(applicant.resume.strip(), by=user, at=at)
    return seeker


def _agree_to_the_service(person: Person, channel: str, at: datetime) -> None:
    if not person.consents.filter(purpose=Purpose.SERVICE, withdrawn_at=None).exists():
        Consent.objects.create(
            person=person,
            purpose=Purpose.SERVICE,
            text_version=consenting.VERSION,
            channel=channel,
            given_at=at,
        )

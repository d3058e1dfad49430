"""What an employer gets when an application is sent, and the consent that goes with it."""

from __future__ import annotations

import secrets
from datetime import datetime
from typing import Any

from django.utils import timezone

from yuanmeng.people.models import Consent, Purpose
from yuanmeng.seekers.models import Seeker
from yuanmeng.vacancies.models import Vacancy


def snapshot_for(seeker: Seeker, vacancy: Vacancy) -> dict[str, Any]:
    """Return what an employer will get if this application is sent, as it is now."""
    resume = seeker.resume
    return {
        "receiver": vacancy.receiver,
        "vacancy": vacancy.title,
        "name": seeker.person.name,
        "birth_year": seeker.person.birth_year,
        "education": seeker.education,
        "school": seeker.school,
        "major": seeker.major,
        "skills": seeker.skills,
        "certificates": seeker.certificates,
        "last_job": seeker.last_job,
        "years_experience": seeker.years_experience,
        "resume": resume.text if resume else "",
        "resume_version": resume.version if resume else None,
    }


def consent_to_send(
    seeker: Seeker, vacancy: Vacancy, snapshot: dict[str, Any], via: str, text: str, version: str,
    evidence: str, at: datetime,
) -> Consent:  # fmt: skip
    organisation = vacancy.organisation
    return Consent.objects.create(
        person=seeker.person, purpose=Purpose.SEND_TO_EMPLOYER, text_version=version, text=text,
        receiver=vacancy.receiver[:120], receiver_uid=organisation.uid, fields=sorted(snapshot), channel=via,
        evidence=evidence, given_at=at,
    )  # fmt: skip


def new_number(at: datetime) -> str:
    """Return a short number people can read out: month and a random tail."""
    return f"{timezone.localtime(at):%y%m}-{secrets.randbelow(900_000) + 100_000}"

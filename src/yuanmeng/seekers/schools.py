"""A graduate may let the own school follow how the search goes: as long as they agree, masked, never more."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.db.models import Exists, OuterRef
from django.utils.translation import gettext as _

from yuanmeng.core.actors import Actor
from yuanmeng.core.errors import Refused
from yuanmeng.organisations.models import Kind, Organisation
from yuanmeng.people.models import Consent, Purpose
from yuanmeng.seekers.models import Seeker, SeekerQuerySet

# What the school may read; names stay masked (core/visibility.toml, relation "mandate").
FIELDS = ["name", "education", "school", "major", "state"]


def share(
    seeker: Seeker, school: Organisation, *, by: Actor | None, at: datetime, channel: str, version: str,
    text: str = "",
) -> Consent:  # fmt: skip
    """This will let a school follow a graduate; an earlier school follows no longer. Raises Refused."""
    if school.kind != Kind.UNIVERSITY:
        raise Refused(_("Only a school can follow its graduates. Please choose one from the list."))
    standing = agreed(seeker, school)
    if standing is not None:
        return standing
    with transaction.atomic():
        stop(seeker, at=at)
        seeker.change(by=by, at=at, graduate_of=school)
        return Consent.objects.create(
            person=seeker.person, purpose=Purpose.SCHOOL, text_version=version, text=text, channel=channel,
            receiver=school.name, receiver_uid=school.uid, fields=FIELDS, given_at=at,
        )  # fmt: skip


def stop(seeker: Seeker, *, at: datetime) -> None:
    """This will take back what a person agreed to; no school follows any more."""
    for consent in seeker.person.consents.filter(purpose=Purpose.SCHOOL, withdrawn_at=None):
        consent.withdraw(at=at)


def agreed(seeker: Seeker, school: Organisation) -> Consent | None:
    """This will be the consent that stands for this school, None where there is none."""
    return seeker.person.consents.filter(
        purpose=Purpose.SCHOOL, receiver_uid=school.uid, withdrawn_at=None
    ).first()


def graduates_of(school: Organisation) -> SeekerQuerySet:
    """This will be the graduates of a school who agree that it follows them."""
    consent = Consent.objects.filter(
        person=OuterRef("person"), purpose=Purpose.SCHOOL, receiver_uid=school.uid, withdrawn_at=None
    )
    return Seeker.objects.filter(Exists(consent), graduate_of=school)

"""What an employer may read of an applicant: what was sent, and the phone once there is an invitation.

Names come from what was sent with consent; everything passes the matrix (core.visibility).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from yuanmeng.applications.models import OPEN_STATES, Application, ApplicationQuerySet, State
from yuanmeng.applications.relations import AFTERGLOW
from yuanmeng.core import audit, visibility
from yuanmeng.occupations import education

if TYPE_CHECKING:
    from yuanmeng.organisations.models import Organisation
    from yuanmeng.web.shared.door import MemberRequest


# What a list of applications reads along.
BESIDE = ("vacancy__organisation", "vacancy__agency", "seeker__person")


@dataclass(frozen=True)
class Line:
    """One applicant in a list: the row and the few things a list may show."""

    row: Application
    name: str
    phone: str
    facts: list[str] = field(default_factory=list)


def readable(organisation: Organisation, at: datetime) -> ApplicationQuerySet:
    """This will be the applications an employer still sees: open, or over for less than 90 days; never
    those taken back. An agency sees those to its postings while the client's mandate holds."""
    alive = Q(state__in=OPEN_STATES) | Q(ended_at__gte=at - AFTERGLOW)
    rows = Application.objects.handled_by(organisation, on=timezone.localdate(at))
    return rows.filter(alive).exclude(state=State.WITHDRAWN)


def lines(rows: Iterable[Application], request: MemberRequest, organisation: Organisation) -> list[Line]:
    """This will make lines of applications and write down that their names were read."""
    made = [_line(row, organisation) for row in rows]
    if made:
        audit.write("read", by=request.user, at=request.at, fields="application.name", count=len(made))
    return made


def _line(row: Application, organisation: Organisation) -> Line:
    seen = seen_of(row, organisation)
    facts = [
        education.label(seen["education"]) if seen.get("education") else "",
        band_of(seen.get("birth_year")),
        str(seen.get("last_job") or ""),
    ]
    return Line(row, seen.get("name", ""), seen.get("phone", ""), [fact for fact in facts if fact])


def seen_of(row: Application, organisation: Organisation) -> dict[str, Any]:
    """This will be what the matrix grants of one application: the snapshot, not today's file."""
    sent = row.snapshot
    held, relations = _standing(row, organisation)
    person = {"name": sent.get("name", ""), "birth_year": sent.get("birth_year")}
    if row.shows_phone:
        person["phone"] = row.seeker.person.phone
    wishes = {
        name: sent.get(name)
        for name in ("education", "school", "major", "skills", "years_experience", "last_job")
    }
    wishes["resume"] = sent.get("resume", "")
    return visibility.shape("person", person, held=held, relations=relations) | visibility.shape(
        "seeker", wishes, held=held, relations=relations
    )


def _standing(row: Application, organisation: Organisation) -> tuple[set[str], set[str]]:
    """As whom one reads, by the organisation and not by the account: an agency never reads as the employer.

    The agency sees a masked name; whom it invites is told so and is named to it.
    """
    if row.vacancy.organisation_id == organisation.pk:
        return {"recruiter"}, {"applied", "invited"} if row.shows_phone else {"applied"}
    return {"partner"}, {"mandate", "entrusted"} | ({"consent"} if row.shows_phone else set())


def band_of(birth_year: int | None) -> str:
    """This will be an age as a band of ten years: the law asks for no more before somebody is hired."""
    if not birth_year:
        return ""
    low = (timezone.localdate().year - birth_year) // 10 * 10
    return _("%(low)d to %(high)d years old") % {"low": low, "high": low + 9}

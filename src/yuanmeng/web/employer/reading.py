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
    from yuanmeng.organisations.viewer import Viewer
    from yuanmeng.web.shared.door import MemberRequest


@dataclass(frozen=True)
class Line:
    """One applicant in a list: the row and the few things a list may show."""

    row: Application
    name: str
    phone: str
    facts: list[str] = field(default_factory=list)


def readable(organisation: Organisation, at: datetime) -> ApplicationQuerySet:
    """This will be the applications an employer still sees: open, or over for less than 90 days; never
    those taken back."""
    alive = Q(state__in=OPEN_STATES) | Q(ended_at__gte=at - AFTERGLOW)
    return Application.objects.to(organisation).filter(alive).exclude(state=State.WITHDRAWN)


def lines(rows: Iterable[Application], request: MemberRequest) -> list[Line]:
    """This will make lines of applications and write down that their names were read."""
    made = [_line(row, request.viewer) for row in rows]
    if made:
        audit.write("read", by=request.user, at=request.at, fields="application.name", count=len(made))
    return made


def _line(row: Application, viewer: Viewer) -> Line:
    seen = seen_of(row, viewer)
    facts = [
        education.label(seen["education"]) if seen.get("education") else "",
        band_of(seen.get("birth_year")),
        str(seen.get("last_job") or ""),
    ]
    return Line(row, seen.get("name", ""), seen.get("phone", ""), [fact for fact in facts if fact])


def seen_of(row: Application, viewer: Viewer) -> dict[str, Any]:
    """This will be what the matrix grants of one application: the snapshot, not today's file."""
    sent, relations = row.snapshot, {"applied"}
    if row.shows_phone:
        relations.add("invited")
    person = {"name": sent.get("name", ""), "birth_year": sent.get("birth_year")}
    if row.shows_phone:
        person["phone"] = row.seeker.person.phone
    wishes = {
        name: sent.get(name)
        for name in ("education", "school", "major", "skills", "years_experience", "last_job")
    }
    wishes["resume"] = sent.get("resume", "")
    held = viewer.roles | viewer.duties
    return visibility.shape("person", person, held=held, relations=relations) | visibility.shape(
        "seeker", wishes, held=held, relations=relations
    )


def band_of(birth_year: int | None) -> str:
    """This will be an age as a band of ten years: the law asks for no more before somebody is hired."""
    if not birth_year:
        return ""
    low = (timezone.localdate().year - birth_year) // 10 * 10
    return _("%(low)d to %(high)d years old") % {"low": low, "high": low + 9}

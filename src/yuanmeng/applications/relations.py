"""Which relations hold between somebody who asks and a seeker: the second half of visibility.

A relation's end closes the view: an application closed for 90 days shows nothing any more.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.db.models import Q

from yuanmeng.applications.models import OPEN_STATES, Application, State
from yuanmeng.core import visibility
from yuanmeng.organisations.viewer import Viewer
from yuanmeng.seekers import schools
from yuanmeng.seekers.models import Seeker

AFTERGLOW = timedelta(days=90)
INVITED = {State.INVITED, State.INTERVIEWED, State.OFFERED, State.HIRED}


def relations_of(viewer: Viewer, seeker: Seeker, *, at: datetime) -> set[str]:
    """Return the names of the relations that hold now: own, applied, invited, hired, assigned, mandate."""
    found: set[str] = set()
    if viewer.person is not None and viewer.person.pk == seeker.person_id:
        found.add("own")
    if viewer.has("recruiter"):
        found |= _by_application(viewer, seeker, at=at)
    if viewer.user is not None and seeker.owner_id == viewer.user.pk:
        found.add("assigned")
    if viewer.has("partner") and _follows(viewer, seeker):
        found.add("mandate")
    return found


def _follows(viewer: Viewer, seeker: Seeker) -> bool:
    """A school of this partner, as long as the person agrees to it."""
    return any(
        seeker.graduate_of_id == school.pk and schools.agreed(seeker, school) is not None
        for school in viewer.organisations("partner")
    )


def _by_application(viewer: Viewer, seeker: Seeker, *, at: datetime) -> set[str]:
    mine = Application.objects.filter(
        seeker=seeker, vacancy__organisation__in=viewer.organisations("recruiter")
    )
    alive = Q(state__in=OPEN_STATES) | Q(ended_at__gte=at - AFTERGLOW)
    states = set(mine.filter(alive).exclude(state=State.WITHDRAWN).values_list("state", flat=True))
    found = {"applied"} if states else set()
    if states & INVITED:
        found.add("invited")
    if State.HIRED in states:
        found.add("hired")
    return found


PERSON_FIELDS = (
    "pseudonym", "name", "phone", "email", "id_number", "birth_year", "birth_on", "sex", "committee_name",
)  # fmt: skip
SEEKER_FIELDS = (
    "education", "school", "major", "skills", "years_experience", "last_job", "wanted_text", "pay_floor_fen",
)  # fmt: skip


def seen_by(
    viewer: Viewer, seeker: Seeker, *, at: datetime, also: frozenset[str] = frozenset()
) -> dict[str, Any]:
    """Return what a viewer may see of a seeker, masked where the matrix says so.

    `also` adds relations the door knows of: "exact" after a search by full number, "suggested"
    on a list of suggested people.
    """
    relations = relations_of(viewer, seeker, at=at) | also
    held = viewer.roles | viewer.duties
    person = {name: getattr(seeker.person, name) for name in PERSON_FIELDS}
    wishes = {name: getattr(seeker, name) for name in SEEKER_FIELDS}
    return visibility.shape("person", person, held=held, relations=relations) | visibility.shape(
        "seeker", wishes, held=held, relations=relations
    )

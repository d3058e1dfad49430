"""Whose file may be opened at the desk, and what of it shows: the matrix, the care, the exact match.

A counsellor reads the files in their care; a person who stands at the desk and says their full
number is read too, for half an hour (relation "exact"). Everything else is masked or not there.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from django.http import Http404

from yuanmeng.applications.relations import seen_by
from yuanmeng.core import audit
from yuanmeng.counsel.relations import ASSIGNED, in_care_of
from yuanmeng.organisations.models import Role
from yuanmeng.seekers.models import Seeker
from yuanmeng.seekers.models import State as SeekerState

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from yuanmeng.organisations.viewer import Viewer
    from yuanmeng.people.models import Person
    from yuanmeng.web.shared.door import MemberRequest

EXACT_FOR = timedelta(minutes=30)
MOST_EXACT = 20
_KEY = "desk_exact"


@dataclass(frozen=True)
class File:
    """A person's file as one viewer sees it: `seen` holds the fields that show, masked where they are."""

    seeker: Seeker
    seen: dict[str, Any]
    in_care: bool
    exact: bool

    @property
    def person(self) -> Person:
        return self.seeker.person

    @property
    def uid(self) -> str:
        return self.seeker.person.uid

    @property
    def is_open(self) -> bool:
        """Whether the person is in one's care or stands at the desk: only then may one act for them."""
        return self.in_care or self.exact


def open_file(request: MemberRequest, uid: str) -> File:
    """This will open the file of a person, or raise Http404 for what is not there."""
    people = Seeker.objects.exclude(state=SeekerState.ARCHIVED).select_related("person", "owner")
    seeker = people.filter(person__uid=uid, person__erased_at=None).first()
    if seeker is None:
        raise Http404
    return files(request, [seeker])[0]


def acting_file(request: MemberRequest, uid: str) -> File:
    """This will open a file to act in it. Raises Http404 where the person is neither in care nor here."""
    file = open_file(request, uid)
    if not file.is_open:
        raise Http404
    return file


def files(request: MemberRequest, seekers: Sequence[Seeker]) -> list[File]:
    """This will show many people as one viewer may see them, at the cost of one."""
    cared_for: set[int] = set()
    if request.viewer.has(Role.COUNSELLOR):
        cared_for = in_care_of(request.user, [s.person_id for s in seekers], at=request.at)
    here = people_here(request)
    return [
        _file(request, seeker, seeker.person_id in cared_for, seeker.person.uid in here) for seeker in seekers
    ]


def _file(request: MemberRequest, seeker: Seeker, in_care: bool, exact: bool) -> File:
    also = (ASSIGNED if in_care else frozenset()) | (frozenset({"exact"}) if exact else frozenset())
    return File(seeker, seen_by(request.viewer, seeker, at=request.at, also=also), in_care, exact)


# --- Who stands at the desk ------------------------------------------------------------------


def note_here(request: MemberRequest, people: Iterable[Person]) -> None:
    """This will remember for half an hour that these persons were found by their full number."""
    until = (request.at + EXACT_FOR).timestamp()
    known = {uid: end for uid, end in _noted(request).items() if end > request.at.timestamp()}
    known |= {person.uid: until for person in people}
    newest = sorted(known.items(), key=lambda item: item[1])[-MOST_EXACT:]
    request.session[_KEY] = dict(newest)


def people_here(request: MemberRequest) -> set[str]:
    return {uid for uid, until in _noted(request).items() if until > request.at.timestamp()}


def _noted(request: MemberRequest) -> dict[str, float]:
    return request.session.get(_KEY, {})


# --- Writing down who looked -----------------------------------------------------------------


def note_look(request: MemberRequest, action: str, *, about: Person | None = None, **facts: Any) -> None:
    """This will put a look at personal data into the audit chain: who, whose, which fields, never a value."""
    audit.write(
        action, by=request.user, at=request.at, about=about, membership=acting_as(request.viewer), **facts
    )


def acting_as(viewer: Viewer) -> str:
    """This will say in which role and for whom somebody acts at the desk."""
    mine = [m for m in viewer.memberships if m.role in {Role.COUNSELLOR, Role.FRONT_DESK, Role.MANAGER}]
    return f"{mine[0].role}@{mine[0].organisation.uid}" if mine else ""

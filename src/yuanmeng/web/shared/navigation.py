"""The doors of the house, as each visitor sees them in the header."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from collections.abc import Iterator

    from django.utils.functional import _StrPromise

EVERYBODY = frozenset({"visitor", "seeker", "recruiter", "partner", "front_desk", "counsellor", "manager",
                       "auditor", "sysadmin"})  # fmt: skip
DESK = frozenset({"front_desk", "counsellor", "manager"})
OFFICE = frozenset({"manager", "auditor", "sysadmin"})


@dataclass(frozen=True)
class Door:
    """This will stand in the header for those whose role may walk through it."""

    path: str
    label: _StrPromise
    roles: frozenset[str]
    duties: frozenset[str] = frozenset()


# Paths, not url names: a surface's urls are its own, and only config knows them all.
DOORS = (
    Door("/vacancies/", _("Jobs"), EVERYBODY),
    Door("/map/", _("Job map"), frozenset({"visitor", "seeker"})),
    Door("/me/applications/", _("My applications"), frozenset({"seeker"})),
    Door("/me/", _("Mine"), frozenset({"seeker"})),
    Door("/employer/", _("For employers"), frozenset({"recruiter", "partner"})),
    Door("/desk/", _("Desk"), DESK),
    Door("/office/", _("Office"), OFFICE, frozenset({"reviewer", "editor", "data_officer", "security"})),
)


@dataclass(frozen=True)
class OpenDoor:
    """One link of the header; `here` marks the page one stands on."""

    path: str
    label: str
    here: bool


def doors_for(roles: frozenset[str], duties: frozenset[str], path: str) -> list[OpenDoor]:
    """This will list the links for somebody with these roles who stands on `path`."""
    mine = [door for door in DOORS if door.roles & roles or door.duties & duties]
    here = max((door.path for door in mine if path.startswith(door.path)), key=len, default="")
    return list(_open(mine, here))


def _open(doors: list[Door], here: str) -> Iterator[OpenDoor]:
    for door in doors:
        yield OpenDoor(door.path, str(door.label), door.path == here)

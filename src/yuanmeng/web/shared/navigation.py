"""The doors of the house, as each visitor sees them in the header."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

    from yuanmeng.organisations.viewer import Viewer

EVERYBODY: frozenset[str] = frozenset({"everybody"})
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
    Door("/programme/", _("Events"), frozenset({"visitor", "seeker"})),
    Door("/map/", _("Job map"), frozenset({"visitor", "seeker"})),
    Door("/me/applications/", _("My applications"), frozenset({"seeker"})),
    Door("/me/", _("Mine"), frozenset({"seeker"})),
    Door("/employer/", _("For employers"), frozenset({"recruiter", "partner"})),
    Door("/office/screens/", _("Screens"), frozenset({"front_desk"}), frozenset({"cafe"})),
    Door("/desk/", _("Desk"), DESK),
    Door("/office/", _("Office"), OFFICE, frozenset({"reviewer", "editor", "data_officer", "security"})),
)


@dataclass(frozen=True)
class OpenDoor:
    """One link of the header; `here` marks the page one stands on."""

    path: str
    label: str
    here: bool


def doors_for(viewer: Viewer, path: str) -> list[OpenDoor]:
    """This will list the links in the header for this viewer, who stands on `path`."""
    mine = [door for door in DOORS if _may(door, viewer)]
    here = max((door.path for door in mine if path.startswith(door.path)), key=len, default="")
    return [OpenDoor(door.path, str(door.label), door.path == here) for door in mine]


def home_of(viewer: Viewer) -> str:
    """This will be the page somebody lands on after log-in: the last door that is not everybody's."""
    own = [door.path for door in DOORS if door.roles is not EVERYBODY and _may(door, viewer)]
    return own[-1] if own else "/"


def _may(door: Door, viewer: Viewer) -> bool:
    return door.roles is EVERYBODY or bool(door.roles & viewer.roles or door.duties & viewer.duties)

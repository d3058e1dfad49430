"""Which room of the office is open to whom (security.md §4). What is not open does not exist."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from yuanmeng.organisations.viewer import Duty, Role

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

    from yuanmeng.organisations.viewer import Viewer

IMPORT = (Duty.DATA_OFFICER,)
REVIEW = (Duty.REVIEWER,)
ACCOUNTS = (Role.SYSADMIN, Duty.SECURITY)
AUDIT = (Role.AUDITOR,)
EXPORTS = (Role.MANAGER, Role.AUDITOR, Duty.SECURITY)
FIGURES = (Role.MANAGER, Role.AUDITOR, Duty.REVIEWER, Duty.DATA_OFFICER)
ENGINE = (Role.MANAGER, Role.AUDITOR, Role.SYSADMIN)
SHARING = (Role.MANAGER,)  # whom lists help is a decision of the department
ROLLBACK = (Role.MANAGER, Role.SYSADMIN)
PROGRAMME = (Duty.EDITOR, Role.MANAGER)
WRITE = (Duty.EDITOR,)  # programmes are written by one and published by another
PUBLISH = (Role.MANAGER,)
# Whoever stands beside a screen looks after it; what hangs there is written by one and approved by another.
SCREENS = (
    Role.SYSADMIN, Role.MANAGER, Role.AUDITOR, Duty.EDITOR, Role.FRONT_DESK, Duty.CAFE,
)  # fmt: skip
NUDGE = (Role.SYSADMIN, Role.MANAGER, Duty.EDITOR, Role.FRONT_DESK, Duty.CAFE)
PAIR = (Role.SYSADMIN, Role.FRONT_DESK)
DEVICES = (Role.SYSADMIN,)
LOOK = (Role.SYSADMIN, Role.MANAGER, Duty.EDITOR)  # what a device shows, as the device sees it
CONTENT = (Duty.EDITOR, Role.MANAGER, Role.AUDITOR)
COMPOSE = (Duty.EDITOR,)
APPROVE = (Role.MANAGER,)
PLACE = (Duty.EDITOR, Role.MANAGER)
TAKEOVER = (Role.MANAGER,)
ANYBODY = (
    Role.MANAGER, Role.AUDITOR, Role.SYSADMIN, Duty.REVIEWER, Duty.DATA_OFFICER, Duty.SECURITY, Duty.EDITOR,
    Duty.DEPARTMENT_OFFICER,
)  # fmt: skip


@dataclass(frozen=True)
class Room:
    """One link of the office's own navigation."""

    name: str
    label: _StrPromise
    open_to: tuple[str, ...]


ROOMS = (
    Room("office:home", _("To do"), ANYBODY),
    Room("office:programme", _("Programme"), PROGRAMME),
    Room("office:screens", _("Screens"), SCREENS),
    Room("office:content", _("Content"), CONTENT),
    Room("office:imports", _("Import"), IMPORT),
    Room("office:verification", _("Verification"), REVIEW),
    Room("office:reviews", _("Vacancy reviews"), REVIEW),
    Room("office:accounts", _("Accounts"), ACCOUNTS),
    Room("office:audit", _("Audit"), AUDIT),
    Room("office:figures", _("Today's figures"), FIGURES),
    Room("office:engine", _("Matching engine"), ENGINE),
)


def rooms_of(viewer: Viewer) -> list[Room]:
    """This will be the rooms open to somebody."""
    return [room for room in ROOMS if viewer.has(*room.open_to)]

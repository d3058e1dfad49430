"""Where an application may go, where it came from, and why it ended."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from yuanmeng.core.moves import pending


class State(models.TextChoices):
    SUBMITTED = "submitted", _("Sent")
    SEEN = "seen", _("Seen by the employer")
    SHORTLISTED = "shortlisted", _("Shortlisted")
    INVITED = "invited", _("Invited to an interview")
    INTERVIEWED = "interviewed", _("Interviewed")
    OFFERED = "offered", _("Offered")
    HIRED = "hired", _("Hired")
    DECLINED = "declined", _("Not successful")
    WITHDRAWN = "withdrawn", _("Taken back")
    MISSED = "missed", _("Interview missed")
    TURNED_DOWN = "turned_down", _("Offer turned down")
    OBSOLETE = "obsolete", _("Found work elsewhere")
    EXPIRED = "expired", _("No answer in time")


_ENDS = {State.DECLINED, State.WITHDRAWN, State.OBSOLETE}
# Where an application may go next. Read it to a counsellor: it should sound true.
MOVES: dict[Any, set[Any]] = {
    State.SUBMITTED: {
        State.SEEN, State.SHORTLISTED, State.INVITED, State.INTERVIEWED, State.OFFERED, State.HIRED,
        State.EXPIRED,
    } | _ENDS,
    State.SEEN: {
        State.SHORTLISTED, State.INVITED, State.INTERVIEWED, State.OFFERED, State.HIRED, State.EXPIRED,
    } | _ENDS,
    State.SHORTLISTED: {State.INVITED, State.INTERVIEWED, State.OFFERED, State.HIRED} | _ENDS,
    State.INVITED: {State.INTERVIEWED, State.OFFERED, State.HIRED, State.MISSED} | _ENDS,
    State.INTERVIEWED: {State.OFFERED, State.HIRED} | _ENDS,
    State.OFFERED: {State.HIRED, State.TURNED_DOWN} | _ENDS,
    State.HIRED: set(), State.DECLINED: set(), State.WITHDRAWN: set(), State.MISSED: set(),
    State.TURNED_DOWN: set(), State.OBSOLETE: set(), State.EXPIRED: set(),
}  # fmt: skip
OPEN_STATES = pending(MOVES)
REMIND_AFTER, LIST_AFTER, EXPIRE_AFTER = timedelta(days=7), timedelta(days=14), timedelta(days=30)


class Via(models.TextChoices):
    """Where the act happened (reference list channel)."""

    PHONE_WEB = "phone_web", _("Phone")
    KIOSK = "kiosk", _("Kiosk")
    WALL_QR = "wall_qr", _("Big screen")
    WINDOW_QR = "window_qr", _("Display window")
    BOOTH = "booth", _("Night-market booth")
    DESK = "desk", _("Service desk")
    PARTNER_API = "partner_api", _("Partner")


class Reason(models.TextChoices):
    """Why an application ended (reference list application_reason)."""

    SKILL = "skill", _("Skills do not fit")
    EXPERIENCE = "experience", _("Too little experience")
    FILLED = "filled", _("Post already filled")
    PAY = "pay", _("Pay does not fit")
    DISTANCE = "distance", _("Too far")
    HOURS = "hours", _("Hours do not fit")
    NO_REPLY = "no_reply", _("Could not be reached")
    NO_SHOW = "no_show", _("Did not come to the interview")
    FOUND_OTHER = "found_other", _("Found work elsewhere")
    SEEKER_CHANGED = "seeker_changed", _("The seeker's wishes changed")
    SILENT = "silent", _("The employer did not answer in time")
    OTHER = "other", _("Other")

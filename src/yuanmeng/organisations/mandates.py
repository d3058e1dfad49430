"""Who may propose, confirm and end a mandate, and what an agency needs before it posts for somebody.

The agency proposes; a reviewer of the sub-district or a recruiter of the client confirms: two hands, as with
verifications. Every refusal says what is missing, why, and what to do next.
"""

from __future__ import annotations

from datetime import date, datetime

from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from yuanmeng.core import events
from yuanmeng.core.checks_cn import uscc_ok
from yuanmeng.core.errors import Refused
from yuanmeng.core.models import Step
from yuanmeng.core.text import clean, normal
from yuanmeng.organisations.models import (
    LONGEST_MANDATE,
    Duty,
    Kind,
    Mandate,
    MandateState,
    Organisation,
    Role,
    State,
)
from yuanmeng.organisations.viewer import Viewer

MINE = (Role.RECRUITER, Role.PARTNER)


def agencies_of(viewer: Viewer) -> list[Organisation]:
    """This will be the agencies somebody acts for, whichever of the two roles they hold there."""
    return [one for one in viewer.organisations(*MINE) if one.kind == Kind.HR_AGENCY]


def propose(
    agency: Organisation, client: Organisation, *, evidence: str, valid_from: date, valid_until: date,
    by: Viewer, at: datetime,
) -> Mandate:  # fmt: skip
    """This will ask for the confirmation that an agency posts for a client. Raises Refused."""
    _refuse_proposal(agency, client, by=by)
    _refuse_dates(valid_from, valid_until, today=timezone.localdate(at))
    if len(clean(evidence)) < 2:
        raise Refused(
            _("Please say what the mandate rests on: the number of the contract or of the letter."),
            field="evidence",
        )
    try:
        with transaction.atomic():
            row = Mandate.objects.create(
                agency=agency, client=client, valid_from=valid_from, valid_until=valid_until,
                evidence=clean(evidence)[:200], proposed_by=by.actor_key, proposed_at=at,
            )  # fmt: skip
            Step.write(row, old="", new=MandateState.PROPOSED, by=by, at=at)
            events.tell("mandate.proposed", row, by=by, at=at, agency=agency.uid, client=client.uid)
    except IntegrityError:
        raise Refused(
            _("A mandate of this client waits for confirmation already. Please wait for the answer."),
            code="duplicate",
        ) from None
    return row


def _refuse_proposal(agency: Organisation, client: Organisation, *, by: Viewer) -> None:
    if agency.pk not in {one.pk for one in agencies_of(by)}:
        raise Refused(_("Only an agency proposes a mandate, and only for itself."))
    if client.kind != Kind.EMPLOYER:
        raise Refused(_("An agency posts for employers only. Please check the name."), field="name")
    if client.state in {State.SUSPENDED, State.BLACKLISTED}:
        raise Refused(
            _("%(client)s is barred from recruiting here. Please ask our counter.") % {"client": client.name},
            field="name",
        )


def _refuse_dates(first: date, last: date, *, today: date) -> None:
    if last < first:
        raise Refused(_("The last day lies before the first one. Please check both."), field="valid_until")
    if last < today:
        raise Refused(
            _("This mandate would be over already. Please choose a later day."), field="valid_until"
        )
    if last - first > LONGEST_MANDATE:
        raise Refused(_("A mandate holds for two years at most; it can be renewed."), field="valid_until")


def client_named(name: str, code: str, *, by: Viewer, at: datetime) -> Organisation:
    """This will be the employer meant: one known by its credit code or its full name, or a new one.

    A new one starts without verification, like every employer that registers. Raises Refused.
    """
    name, code = clean(name), clean(code).upper()
    if code and not uscc_ok(code, demo=settings.DEMO_MODE):
        raise Refused(
            _("The code does not pass its check digit. Please compare it with the licence."), field="uscc"
        )
    found = _by_code(name, code) if code else _by_name(name)
    if found is not None:
        return found
    if not code or len(name) < 4:
        raise Refused(
            _("No employer of this name is known here. With its credit code we can take it in as a new one."),
            field="uscc",
        )
    with transaction.atomic():
        made = Organisation.objects.create(kind=Kind.EMPLOYER, name=name[:120], uscc=code, made_at=at)
        events.tell("organisation.found", made, by=by, at=at, source="mandate")
    return made


def _by_code(name: str, code: str) -> Organisation | None:
    found = Organisation.objects.filter(uscc=code).first()
    if found is not None and name and found.name_normal != normal(name):
        raise Refused(
            _("This code belongs to %(name)s. Please check the name.") % {"name": found.name}, field="name"
        )
    return found


def _by_name(name: str) -> Organisation | None:
    found = list(Organisation.objects.filter(name_normal=normal(name))[:2]) if name else []
    if len(found) > 1:
        raise Refused(_("Several employers bear this name. Please add the credit code."), field="uscc")
    return found[0] if found else None


def decides(viewer: Viewer, mandate: Mandate) -> bool:
    """This will tell whether somebody may confirm or refuse: a reviewer, or a recruiter of the client.

    Never one who acts for the agency, and never the one who proposed it.
    """
    mine = {one.pk for one in viewer.organisations()}
    if viewer.actor_key == mandate.proposed_by or mandate.agency_id in mine:
        return False
    return viewer.has(Duty.REVIEWER) or viewer.acts_for(mandate.client)


def approve(mandate: Mandate, *, by: Viewer, at: datetime) -> None:
    """This will confirm a mandate. Raises Refused: to the wrong hand, for an agency whose papers lapsed."""
    _refuse_hand(mandate, by)
    day = timezone.localdate(at)
    if mandate.valid_until < day:
        raise Refused(_("This mandate is past its last day. Please ask the agency for a new one."))
    missing = agency_lacks(mandate.agency, on=day)
    if missing:
        raise Refused(missing)
    mandate.approve(by=by, at=at)


def refuse(mandate: Mandate, *, by: Viewer, at: datetime, reason: str) -> None:
    """This will refuse a mandate with a reason the agency can read. Raises Refused."""
    _refuse_hand(mandate, by)
    if len(clean(reason)) < 4:
        raise Refused(_("Please say why, so that the agency knows what to mend."), field="reason")
    mandate.refuse(by=by, at=at, reason=clean(reason)[:300])


def _refuse_hand(mandate: Mandate, by: Viewer) -> None:
    if not decides(by, mandate):
        raise Refused(
            _("A second person confirms a mandate: a reviewer or the client, never the agency."),
            code="second_person",
        )


def may_end(viewer: Viewer, mandate: Mandate) -> bool:
    """This will tell whether somebody may end it: either side, or a reviewer."""
    agencies = {one.pk for one in agencies_of(viewer)}
    return mandate.agency_id in agencies or viewer.acts_for(mandate.client) or viewer.has(Duty.REVIEWER)


def end(mandate: Mandate, *, by: Viewer, at: datetime, reason: str = "") -> None:
    """This will end a mandate before its last day. Raises Refused."""
    if not may_end(by, mandate):
        raise Refused(_("The agency, its client or a reviewer ends a mandate."), code="second_person")
    mandate.end(by=by, at=at, reason=clean(reason)[:300])


def agency_lacks(agency: Organisation, *, on: date) -> str:
    """This will say what an agency lacks before it may post for anybody, "" when nothing."""
    if not agency.is_trusted_on(on):
        return _(
            "The verification of %(agency)s is missing or has lapsed. "
            "It posts again once its papers are verified."
        ) % {"agency": agency.name}
    if not agency.is_licensed_on(on):
        return _(
            "%(agency)s has no valid HR service licence here. "
            "Please hand in its number and last day; without it nobody posts for others."
        ) % {"agency": agency.name}
    return ""


def mandate_lacks(agency: Organisation, client: Organisation, *, on: date) -> str:
    """This will say why an agency may not post for this client on a day, "" when it may."""
    rows = Mandate.objects.between(agency, client)
    if rows.active_on(on).exists():
        return ""
    names = {"agency": agency.name, "client": client.name}
    if rows.filter(state=MandateState.PROPOSED).exists():
        return (
            _("The mandate of %(client)s waits for confirmation. You can post once it is confirmed.") % names
        )
    over = rows.filter(state__in=[MandateState.ACTIVE, MandateState.EXPIRED, MandateState.ENDED])
    last = over.order_by("valid_until").last()
    if last is not None:
        until = timezone.localdate(last.ended_at) if last.ended_at else last.valid_until
        return _(
            "The mandate of %(client)s does not cover this day (it holds until %(day)s). "
            "Propose a new one under My clients."
        ) % {**names, "day": date_format(until)}
    return (
        _(
            "%(client)s has given %(agency)s no mandate. Propose one under My clients; "
            "the client or a reviewer confirms it."
        )
        % names
    )

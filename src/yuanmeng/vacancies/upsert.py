"""A posting that comes from another system: found again by (source, reference), and never posted twice."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from yuanmeng.core.actors import Actor
from yuanmeng.core.errors import MoveRefused, Refused
from yuanmeng.organisations.models import Organisation
from yuanmeng.vacancies import gate, posting
from yuanmeng.vacancies.models import EmploymentType, PayUnit, Source, State, Vacancy
from yuanmeng.vacancies.screen import Finding

CODES = ("occupation_code", "industry_code")
CHANGEABLE = {State.DRAFT, State.RETURNED, State.SUBMITTED, State.PUBLISHED, State.PAUSED}


class Conflict(Refused):
    """The key is taken by a posting that cannot be changed; `conflicting_id` names it."""

    code = "conflict"

    def __init__(self, sentence: str, conflicting_id: str) -> None:
        super().__init__(sentence)
        self.conflicting_id = conflicting_id


@dataclass(frozen=True)
class Upserted:
    """What became of a posting: the row, whether it is new, whether it changed, and what the gate says."""

    vacancy: Vacancy
    created: bool
    changed: bool
    findings: list[Finding] = field(default_factory=list)


def upsert(
    organisation: Organisation, source_name: str, external_id: str, facts: dict[str, Any], *, submit: bool,
    by: Actor, at: datetime, version: int | None = None, agency: Organisation | None = None,
) -> Upserted:  # fmt: skip
    """This will make the posting or change the one with this key, and hand it in once nothing blocks it.

    A blocked new posting stays a draft, with the findings said; a published one may not be changed into a
    blocked one (gate.Blocked). `version` is the one the caller has read, `agency` who posts it for the
    organisation. Raises Conflict and Refused.
    """
    _check(facts)
    with transaction.atomic():
        found = Vacancy.objects.filter(source_name=source_name, external_id=external_id)
        vacancy = found.select_related("organisation", "place", "agency").first()
        created = vacancy is None
        if vacancy is None:
            vacancy = _make(organisation, agency, source_name, external_id, facts, by, at)
            changed = True
        else:
            _refuse_unchangeable(vacancy, organisation, agency, version)
            changed = vacancy.change(by=by, at=at, **_changes(facts, vacancy))
        return Upserted(vacancy, created, changed, _through_the_gate(vacancy, submit=submit, by=by, at=at))


def _check(facts: dict[str, Any]) -> None:
    """Say by name what the database would refuse."""
    low, high = facts.get("pay_min_fen"), facts.get("pay_max_fen")
    first, last = facts.get("valid_from"), facts.get("valid_until")
    if low is not None and high is not None and low > high:
        raise Refused(_("The highest pay is below the lowest."), code="invalid", field="pay_max_fen")
    if first is not None and last is not None and first > last:
        raise Refused(_("The posting ends before it begins."), code="invalid", field="valid_until")
    for name, known in (("employment_type", EmploymentType.values), ("pay_unit", PayUnit.values)):
        if facts.get(name) not in known:
            words = _("“%(name)s” should be one of: %(allowed)s.")
            words %= {"name": name, "allowed": ", ".join(known)}
            raise Refused(words, code="invalid", field=name)


def _make(
    organisation: Organisation,
    agency: Organisation | None,
    source_name: str,
    external_id: str,
    facts: dict[str, Any],
    by: Actor,
    at: datetime,
) -> Vacancy:
    source = Source.ENTRUSTED if agency is not None else Source.OWN
    key = {"source_name": source_name, "external_id": external_id, "source": source, "agency": agency}
    address, rest = facts["address"], {name: value for name, value in facts.items() if name != "address"}
    try:
        with transaction.atomic():
            vacancy = posting.draft(organisation, address=address, by=by, at=at, **rest, **key)
    except IntegrityError:
        # Two calls at once: the other one made it. The caller's next try changes that one.
        raise Conflict(_("This posting is being made just now. Please try again."), external_id) from None
    given = {name: facts[name] for name in CODES if facts[name]}
    Vacancy.objects.filter(pk=vacancy.pk).update(**given)  # a code that is said wins over the words
    return vacancy


def _changes(facts: dict[str, Any], vacancy: Vacancy) -> dict[str, Any]:
    """The facts with the address as a place; a code left out stays as it was read from the words."""
    changes = {name: value for name, value in facts.items() if name != "address"}
    changes = {name: value for name, value in changes.items() if value or name not in CODES}
    if facts["address"] != posting.address_of(vacancy):
        changes["place"] = posting.place_of(facts["address"])
    return changes


def _refuse_unchangeable(
    vacancy: Vacancy, organisation: Organisation, agency: Organisation | None, version: int | None
) -> None:
    # The employer may change what an agency posted for it; an agency only what it posted itself.
    anothers = agency is not None and vacancy.agency_id != agency.pk
    if vacancy.organisation_id != organisation.pk or anothers:
        raise Conflict(
            _("This source and reference belong to a posting of somebody else."), vacancy.external_id
        )
    if version is not None and version != vacancy.version:
        raise Refused(_("The posting was changed meanwhile. Please read it again first."), code="stale")
    if vacancy.state == State.IN_REVIEW:
        raise MoveRefused(_("This posting is being reviewed just now. Please wait for the answer."))
    if vacancy.state not in CHANGEABLE:
        words = _("This posting is over. Please post it anew under another reference.")
        raise Conflict(words, vacancy.uid)


def _through_the_gate(vacancy: Vacancy, *, submit: bool, by: Actor, at: datetime) -> list[Finding]:
    """Hand a draft in where nothing blocks it; nothing blocked stands on a public surface."""
    found = gate.findings_of(vacancy, on=timezone.localdate(at))
    blocked = gate.blocks(found)
    if vacancy.state in {State.PUBLISHED, State.PAUSED, State.SUBMITTED} and blocked:
        raise gate.Blocked(blocked)
    if submit and not blocked and vacancy.state in {State.DRAFT, State.RETURNED}:
        vacancy.submit(by=by, at=at)
    return found

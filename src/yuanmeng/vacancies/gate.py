"""The posting gate: what must be there, what must not, and who may lift a block.

A finding names its rule, its place in the text, the clause and a better wording
(vacancies.screen). The gate adds what only the row knows: verification, expiry, source.
"""

from __future__ import annotations

from datetime import date, datetime

from django.utils import timezone
from django.utils.translation import gettext as _

from yuanmeng.core import audit
from yuanmeng.core.actors import Actor
from yuanmeng.core.errors import Refused
from yuanmeng.organisations import mandates
from yuanmeng.vacancies.models import Lift, Source, Vacancy
from yuanmeng.vacancies.screen import RULES, Finding, facts_missing, find


class Blocked(Refused):
    """The posting breaks a clause; `findings` say which."""

    code = "posting_blocked"

    def __init__(self, findings: list[Finding]) -> None:
        super().__init__(_("This posting cannot go out yet. Please mend the marked places first."))
        self.findings = findings


def findings_of(vacancy: Vacancy, *, on: date) -> list[Finding]:
    """Return everything the gate has to say about a vacancy on a day, lifted blocks left out."""
    lifted = set(vacancy.lifts.values_list("rule", "text")) if vacancy.pk else set()
    found = [*_in_words(vacancy), *_in_facts(vacancy, on=on)]
    return [f for f in found if (f.rule, f.text[:200]) not in lifted]


def _in_words(vacancy: Vacancy) -> list[Finding]:
    return find(
        title=vacancy.title, content=vacancy.content,
        requirements=vacancy.requirements, benefits=vacancy.benefits, hours=vacancy.hours,
    )  # fmt: skip


def _in_facts(vacancy: Vacancy, *, on: date) -> list[Finding]:
    organisation = vacancy.organisation
    trusted = organisation is not None and organisation.is_trusted_on(on)
    reposted, agency = vacancy.source == Source.REPOSTED, vacancy.agency
    return facts_missing(
        pay=vacancy.pay_min_fen is not None or vacancy.pay_max_fen is not None,
        openings=vacancy.openings is not None,
        place=vacancy.place_id is not None,
        content=bool(vacancy.content.strip()),
        requirements=bool(vacancy.requirements.strip()) or vacancy.education is not None,
        valid_until=vacancy.valid_until,
        on=on,
        credential=trusted,
        source=not reposted or bool(vacancy.source_publisher),
        agency=agency is None or not mandates.agency_lacks(agency, on=on),
        mandate=agency is None or not mandates.mandate_lacks(agency, organisation, on=on),
    )


def blocks(found: list[Finding]) -> list[Finding]:
    return [f for f in found if f.act == "block"]


def refuse_blocked(vacancy: Vacancy, *, at: datetime) -> None:
    """Raise Blocked while a blocking finding stands."""
    standing = blocks(findings_of(vacancy, on=timezone.localdate(at)))
    if standing:
        raise Blocked(standing)


def lift(vacancy: Vacancy, finding: Finding, *, ground: str, reason: str, by: Actor, at: datetime) -> Lift:
    """Lift one block on a ground the law names for its rule; reason and reviewer stay on record.

    Raises Refused for a ground of another rule, without a reason, and for the one who handed it in.
    """
    named = {g.code: str(g.words) for g in RULES[finding.rule].grounds}
    if ground not in named or len(reason.strip()) < 4:
        raise Refused(_("Please name the legal ground for lifting this block, and the reason."))
    if vacancy.submitted_by == by.actor_key:
        raise Refused(_("Who handed a vacancy in does not lift its blocks."), code="second_person")
    row = Lift.objects.create(
        vacancy=vacancy, rule=finding.rule, text=finding.text[:200], by=by.actor_key, at=at,
        ground=f"{ground}: {reason.strip()}"[:300],
    )  # fmt: skip
    audit.write("lift", by=by, at=at, about=vacancy, fields=finding.rule, reason=row.ground)
    return row

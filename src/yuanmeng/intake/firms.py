"""The organisations that rows of vacancies name: found by credit code or by name, else made, not verified."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from yuanmeng.core import events
from yuanmeng.core.actors import Actor
from yuanmeng.intake.memory import organisations_by
from yuanmeng.intake.rows import VacancyRow
from yuanmeng.occupations.classify import industry_of
from yuanmeng.organisations.models import Organisation


def firms_of(rows: Sequence[VacancyRow], *, source: str, by: Actor, at: datetime) -> list[Organisation]:
    """This will give the organisation of each row, in order. Three statements, however many rows.

    A credit code says more than a name: two firms may share a name, a firm may write its name in two ways.
    """
    by_code, by_name = organisations_by(
        {row.uscc for row in rows if row.uscc}, {row.organisation_normal for row in rows}
    )
    new: list[Organisation] = []
    chosen = []
    for row in rows:
        firm = by_code.get(row.uscc) if row.uscc else None
        firm = firm or by_name.get(row.organisation_normal)
        if firm is None or (row.uscc and firm.uscc and firm.uscc != row.uscc):
            firm = _new(row, source, at)
            new.append(firm)
            by_name.setdefault(row.organisation_normal, firm)
        if row.uscc:
            firm.uscc = firm.uscc or (row.uscc if firm.pk is None else "")
            by_code.setdefault(row.uscc, firm)
        chosen.append(firm)
    Organisation.objects.bulk_create(new)
    events.tell_many((("organisation.found", firm, {"source": source}) for firm in new), by=by, at=at)
    return chosen


def _new(row: VacancyRow, source: str, at: datetime) -> Organisation:
    industry = industry_of(row.industry) or industry_of(row.organisation)
    firm = Organisation(
        name=row.organisation,
        name_normal=row.organisation_normal,
        uscc=row.uscc,
        industry_code=industry.code if industry else "",
        size=row.size,
        nature=row.nature,
        contact_name=row.contact_name,
        source=source,
        made_at=at,
    )
    firm.contact_phone = row.contact_phone
    return firm

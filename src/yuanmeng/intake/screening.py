"""What the posting gate will ask about an imported row, said already in the preview.

Import admits such a row as a draft; the gate holds it. Findings only the file can show (a district of
another city, age limits in columns of their own) are added here.
"""

from __future__ import annotations

from datetime import date

from yuanmeng.intake.rows import VacancyRow
from yuanmeng.vacancies.screen import Finding, facts_missing, find

_ANY_DAY = date.min  # whether a vacancy has expired is asked by the gate, on the reviewer's day


def findings_of(row: VacancyRow) -> tuple[str, ...]:
    """Return the rule ids of everything found in a row, each once."""
    words = find(
        title=row.title,
        content=row.content,
        requirements=row.requirements,
        benefits=row.benefits,
        hours=row.hours,
    )
    rules = [finding.rule for finding in (*words, *_missing(row))]
    if row.place_contradiction:
        rules.append("place_contradiction")
    if row.age_limited:
        rules.append("age")
    return tuple(dict.fromkeys(rules))


def _missing(row: VacancyRow) -> list[Finding]:
    return facts_missing(
        pay=row.pay_min_fen is not None or row.pay_max_fen is not None,
        openings=row.openings is not None,
        place=bool(row.address) and not row.place_contradiction,
        content=bool(row.content),
        requirements=bool(row.requirements)
        or row.education is not None
        or row.experience_min_years is not None,
        valid_until=row.valid_until,
        on=_ANY_DAY,
    )

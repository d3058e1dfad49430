"""What the posting gate will ask about an imported row, said already in the preview.

Import admits such a row as a draft; the gate holds it. Findings only the file can show (a district of
another city, age limits in columns of their own) are added here.
"""

from __future__ import annotations

from datetime import date

from yuanmeng.intake.rows import VacancyRow
from yuanmeng.vacancies.screen import Facts, find, gaps

# The import does not know the reviewer's day nor the employer's papers: the gate asks for those itself.
_ASKED_LATER = frozenset({"expired", "credential", "source_missing"})


def findings_of(row: VacancyRow, today: date | None = None) -> tuple[str, ...]:
    """Return the rule ids of everything found in a row, each once."""
    words = find(
        title=row.title,
        content=row.content,
        requirements=row.requirements,
        benefits=row.benefits,
        hours=row.hours,
    )
    missing = [gap.rule for gap in gaps(_facts(row), today=today or date.min) if gap.rule not in _ASKED_LATER]
    if row.place_contradiction:
        missing.append("place_contradiction")
    if row.age_limited:
        missing.append("age")
    return tuple(dict.fromkeys([*(finding.rule for finding in words), *missing]))


def _facts(row: VacancyRow) -> Facts:
    return Facts(
        pay_min_fen=row.pay_min_fen,
        pay_max_fen=row.pay_max_fen,
        openings=row.openings,
        place="" if row.place_contradiction else row.address,
        content=row.content,
        requirements=row.requirements,
        has_conditions=row.education is not None or row.experience_min_years is not None,
        valid_until=row.valid_until,
    )

"""The themes of the tour: each a search anybody could make, so the wall shows nothing more."""

from __future__ import annotations

from django.utils.translation import gettext as _

Theme = dict[str, str]


def themes() -> list[Theme]:
    """This will list the themes, the first being where the wall rests: key, words on the button, query."""
    return [
        _theme("near", _("Vacancies nearby"), ""),
        _theme("walk", _("15 min on foot"), "minutes=15"),
        _theme("no_degree", _("No degree"), "no_degree=1"),
        _theme("new", _("This week"), "posted_days=7&sort=newest"),
        _theme("part_time", _("Part time, day pay"), "employment_type=PART_TIME,TEMPORARY,PER_DIEM"),
        _theme("intern", _("Internships"), "employment_type=INTERN"),
        _theme("pay", _("8,000 yuan and up"), "pay_min=8000&sort=pay"),
    ]


def _theme(key: str, label: str, query: str) -> Theme:
    return {"key": key, "label": label, "query": query}

"""The filters beside a list, each with the number that taking it would leave."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

if TYPE_CHECKING:
    from yuanmeng.vacancies.facets import Choice
    from yuanmeng.vacancies.query import VacancyQuery
    from yuanmeng.vacancies.search import Found

# Facet → the parameter it sets and its title.
TITLES = {
    "industry": ("industry", gettext_lazy("Industry")),
    "occupation": ("occupation", gettext_lazy("Kind of work")),
    "pay": ("pay_min", gettext_lazy("Pay")),
    "education": ("education", gettext_lazy("My education")),
    "employment_type": ("employment_type", gettext_lazy("Kind of employment")),
    "area": ("area", gettext_lazy("Area")),
}
SHOWN = 8


@dataclass(frozen=True)
class Line:
    """One choice as a link."""

    label: str
    count: int
    path: str
    taken: bool


@dataclass(frozen=True)
class Facet:
    """One group of choices. `more` are those folded away."""

    title: str
    lines: list[Line]
    more: list[Line]
    open: bool


@dataclass(frozen=True)
class Taken:
    """A filter that is set, and the link that lifts it."""

    label: str
    path: str


def facets_of(found: Found) -> list[Facet]:
    """This will be the groups that have something to choose, in the order people ask."""
    return [facet for name in TITLES if (facet := _facet(name, found)).lines]


def _facet(name: str, found: Found) -> Facet:
    parameter, title = TITLES[name]
    named = [choice for choice in found.facets.get(name, []) if choice.code and choice.count]
    lines = [_line(choice, parameter, found.query) for choice in named]
    # What is taken stays in sight even when it stands far down.
    lines.sort(key=lambda line: not line.taken)
    is_open = any(line.taken for line in lines) or name in {"industry", "pay"}
    return Facet(str(title), lines[:SHOWN], lines[SHOWN:], is_open)


def _line(choice: Choice, parameter: str, query: VacancyQuery) -> Line:
    now = getattr(query, parameter)
    many = isinstance(now, tuple)
    taken = choice.code in now if many else str(now) == choice.code
    if many:
        after = [code for code in now if code != choice.code] if taken else [*now, choice.code]
        return Line(choice.label, choice.count, "?" + query.address(**{parameter: after}), taken)
    return Line(
        choice.label, choice.count, "?" + query.address(**{parameter: "" if taken else choice.code}), taken
    )


def taken_of(found: Found) -> list[Taken]:
    """This will name every filter that is set, words first, each with the link that lifts it."""
    return [*_in_words(found.query), *_in_choices(found)]


def _in_words(query: VacancyQuery) -> Iterator[Taken]:
    if query.q:
        yield Taken(f"“{query.q}”", "?" + query.address(q=""))
    if query.minutes is not None:
        words = _("at most %(minutes)d minutes away") % {"minutes": query.minutes}
        yield Taken(words, "?" + query.address(minutes=""))
    if query.ride is not None:
        words = _("at most %(minutes)d minutes by bicycle") % {"minutes": query.ride}
        yield Taken(words, "?" + query.address(ride=""))
    if query.cell is not None:
        yield Taken(_("in the marked cell of the map"), "?" + query.address(cell=""))
    if query.posted_days is not None:
        words = _("published in the last %(days)d days") % {"days": query.posted_days}
        yield Taken(words, "?" + query.address(posted_days=""))
    if query.no_degree:
        yield Taken(_("No degree needed"), "?" + query.address(no_degree=""))


def _in_choices(found: Found) -> Iterator[Taken]:
    for name, (parameter, _title) in TITLES.items():
        for choice in found.facets.get(name, []):
            line = _line(choice, parameter, found.query)
            if line.taken and choice.code:
                yield Taken(choice.label, line.path)

"""How the engine does, for those who watch over it: quality, adoption, congestion, fairness, exposure.

Groups are told by columns that the engine never reads, from the rows beside it; of fewer than five people
only the name of the group is told.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

import numpy as np
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from yuanmeng.matching.fairness import Exposure, GroupRate, exposure, rates, wilson
from yuanmeng.recommend import sharing
from yuanmeng.recommend.models import KEPT_PER_VACANCY, Answer, Impression, Suggestion
from yuanmeng.recommend.sharing import Lists
from yuanmeng.seekers.models import Seeker
from yuanmeng.vacancies.models import Vacancy

NEW_VACANCY, NEW_PERSON, LOOK_BACK = timedelta(days=7), timedelta(days=14), timedelta(days=30)
SMALL_FIRM = 50  # people at most
AGES = ((0, 24), (25, 34), (35, 44), (45, 54), (55, 200))
# How often a vacancy stands in somebody's list, in steps that people can picture.
STEPS = ((0, 0), (1, 5), (6, 15), (16, 40), (41, 100), (101, 10**9))


@dataclass(frozen=True)
class Adoption:
    """K09 of the last 30 days with its 95 % interval: agreed of those shown."""

    shown: int
    agreed: int
    declined: int
    low: float
    high: float

    @property
    def share(self) -> float | None:
        """None while nothing was shown."""
        return self.agreed / self.shown if self.shown else None


def adoption(at: datetime) -> Adoption:
    """What became of the suggestions of the last 30 days."""
    rows = Suggestion.objects.filter(shown_at__gt=at - LOOK_BACK, shown_at__lte=at)
    shown, agreed = rows.count(), rows.filter(answer=Answer.AGREED).count()
    low, high = wilson(agreed, shown)
    return Adoption(shown, agreed, rows.filter(answer=Answer.DECLINED).count(), low, high)


def showings(at: datetime) -> int:
    """How many showings of the last 180 days learning may look at."""
    return Impression.objects.filter(at__lte=at).count()


@dataclass(frozen=True)
class Group:
    """One group's rate beside the best one's."""

    label: str
    rate: GroupRate

    @property
    def withheld(self) -> bool:
        """Too few people to be told of (under five)."""
        return self.rate.people is None


def fairness(on: date) -> list[tuple[str, list[Group]]]:
    """K43: who is among the first people of at least one vacancy, by sex and age band.

    Everybody gets a list of vacancies; places in the lists of vacancies are scarce, so these are compared.
    """
    rows = Seeker.objects.may_be_suggested().values_list("pk", "person__sex", "person__birth_year")
    people = list(rows)
    first = _first_people(on)
    suggested = [pk in first for pk, _sex, _year in people]
    by_sex = [SEXES.get(str(sex), "") for _pk, sex, _year in people]
    by_age = [_band(on.year - year) if year else "" for _pk, _sex, year in people]
    return [
        (_("By sex"), _groups(suggested, by_sex, {"1": _("men"), "2": _("women")})),
        (_("By age"), _groups(suggested, by_age, {str(n): _age(band) for n, band in enumerate(AGES)})),
    ]


SEXES = {"1": "1", "2": "2"}  # GB/T 2261.1; others are not told


def _groups(suggested: Sequence[bool], groups: Sequence[str], labels: Mapping[str, str]) -> list[Group]:
    return [Group(labels.get(one.group, one.group), one) for one in rates(suggested, groups)]


def _band(age: int) -> str:
    return next((str(n) for n, (low, high) in enumerate(AGES) if low <= age <= high), "")


def _age(band: tuple[int, int]) -> str:
    low, high = band
    if not low:
        return _("up to %(high)d") % {"high": high}
    return _("%(low)d and over") % {"low": low} if high >= 200 else f"{low}–{high}"


def _first_people(on: date) -> set[int]:
    """Who stands among the first of at least one vacancy."""
    rows = Suggestion.objects.filter(vacancy__in=Vacancy.objects.open_on(on)).order_by(
        "vacancy", "-score", "id"
    )
    found, last, place = set(), None, 0
    for vacancy, seeker in rows.values_list("vacancy", "seeker"):
        place = place + 1 if vacancy == last else 1
        last = vacancy
        if place <= KEPT_PER_VACANCY - 2:
            found.add(seeker)
    return found


@dataclass(frozen=True)
class Attention:
    """How evenly the lists of now name vacancies."""

    jobs: int
    people: int
    coverage: float
    gini: float
    empty: int
    steps: list[tuple[str, int, int]]  # named so often → vacancies, without and with sharing out


def attention(lists: Lists, prices: Mapping[str, float]) -> Attention:
    """Of the lists under these prices, beside what fit alone would name."""
    charged = np.array([prices.get(str(uid), 0.0) for uid in lists.jobs])
    alone, now = (lists.named(lists.shown(p)) for p in (np.zeros(len(charged)), charged))
    order = np.sort(now)
    size, total = len(order), max(int(order.sum()), 1)
    gini = float((2 * np.arange(1, size + 1) - size - 1) @ order / (size * total)) if size else 0.0
    steps = [
        (
            _step(low, high),
            int(((alone >= low) & (alone <= high)).sum()),
            int(((now >= low) & (now <= high)).sum()),
        )
        for low, high in STEPS
    ]
    empty = int((now == 0).sum())
    return Attention(size, len(lists.people), 1 - empty / max(size, 1), gini, empty, steps)


def _within(named: np.ndarray[Any, Any], low: int, high: int) -> int:
    return int(((named >= low) & (named <= high)).sum())


def _step(low: int, high: int) -> str:
    if low == high:
        return _("nobody")
    if high >= 10**9:
        return _("%(low)d and more people") % {"low": low}
    return _("%(low)d to %(high)d people") % {"low": low, "high": high}


def exposures(lists: Lists, prices: Mapping[str, float], at: datetime) -> list[tuple[str, Exposure]]:
    """Whether small employers, new vacancies and newly registered people get their share of lists."""
    charged = np.array([prices.get(str(uid), 0.0) for uid in lists.jobs])
    shown = lists.shown(charged)
    rows = {
        uid: (size, published)
        for uid, size, published in Vacancy.objects.filter(uid__in=lists.jobs.tolist()).values_list(
            "uid", "organisation__size", "published_at"
        )
    }
    none: tuple[str, Any] = ("", None)
    small = np.array([_is_small(rows.get(str(uid), none)[0]) for uid in lists.jobs], bool)
    new = np.array([_is_new(rows.get(str(uid), none)[1], at, NEW_VACANCY) for uid in lists.jobs], bool)
    told = exposure(lists.named(shown).astype(float), {"small": small, "new": new})
    names = {"small": _("small employers (up to 50 people)"), "new": _("vacancies of the last 7 days")}
    return [(names[one.group], one) for one in told] + _new_people(lists, at)


def _new_people(lists: Lists, at: datetime) -> list[tuple[str, Exposure]]:
    """Places in vacancies' lists that the newly registered have, against their part of all people."""
    recent = Seeker.objects.may_be_suggested().filter(made_at__gt=at - NEW_PERSON)
    people = {str(uid) for uid in recent.values_list("uid", flat=True)}
    everybody = lists.people.tolist()
    mask = np.array([uid in people for uid in everybody], bool)
    first = _first_people(localdate(at))
    keys = dict(Seeker.objects.filter(uid__in=everybody).values_list("uid", "pk"))
    named = np.array([keys.get(uid) in first for uid in everybody], float)
    [told] = exposure(named, {"people": mask})
    return [(_("people registered in the last 14 days"), told)]


def _is_small(size: str) -> bool:
    numbers = [int(n) for n in re.findall(r"\d+", size or "")]
    return bool(numbers) and max(numbers) <= SMALL_FIRM


def _is_new(published: datetime | None, at: datetime, within: timedelta) -> bool:
    return published is not None and published > at - within


def alarms(groups: Sequence[tuple[str, list[Group]]]) -> int:
    """How many groups lie under four fifths of the best."""
    return sum(group.rate.alarms for _name, rows in groups for group in rows if not group.withheld)


def lists_and_prices() -> tuple[Lists | None, Mapping[str, float]]:
    """The deep lists of the last build and what is in force."""
    return sharing.read(), sharing.prices()

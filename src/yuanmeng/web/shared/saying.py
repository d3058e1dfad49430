"""How a vacancy is said in words: pay with its unit and basis, who may apply, how far, until when."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from yuanmeng.occupations import education
from yuanmeng.places.distance import said_minutes
from yuanmeng.vacancies.models import PayUnit

if TYPE_CHECKING:
    from yuanmeng.vacancies.models import Vacancy

SPAN = {
    PayUnit.MONTH: gettext_lazy("%(span)s yuan/month"),
    PayUnit.DAY: gettext_lazy("%(span)s yuan/day"),
    PayUnit.HOUR: gettext_lazy("%(span)s yuan/hour"),
    PayUnit.YEAR: gettext_lazy("%(span)s yuan/year"),
    PayUnit.PIECE: gettext_lazy("%(span)s yuan/piece"),
}


def pay(vacancy: Vacancy) -> str:
    """This will be the pay as people say it: "6500–8500 元/月 · 13薪", or that it is to be agreed."""
    low, high = vacancy.pay_min_fen, vacancy.pay_max_fen
    if low is None and high is None:
        return _("Pay to be agreed")
    words = SPAN[PayUnit(vacancy.pay_unit)] % {"span": _span(low, high)}
    if vacancy.pay_months and vacancy.pay_months > 12:
        words += " · " + _("×%(months)d") % {"months": vacancy.pay_months}
    return words


def pay_basis(vacancy: Vacancy) -> str:
    """This will say what the pay is counted on: before tax, and what it comes to in a full month."""
    low, high = vacancy.monthly_pay_fen
    if vacancy.pay_unit in {PayUnit.MONTH, PayUnit.PIECE} or (low is None and high is None):
        return _("before tax, as stated by the employer")
    return _("before tax; about %(span)s yuan in a full month") % {
        "span": _span(*map(_to_the_ten, (low, high)))
    }


def _to_the_ten(fen: int | None) -> int | None:
    """What is counted from days or hours is "about": 3,980.25 yuan would promise more than anybody knows."""
    return None if fen is None else round(fen / 1000) * 1000


def _span(low: int | None, high: int | None) -> str:
    ends = [_yuan(end) for end in (low, high) if end is not None]
    return "–".join(dict.fromkeys(ends))


def _yuan(fen: int) -> str:
    return f"{fen // 100}" if fen % 100 == 0 else f"{fen / 100:.2f}"


def education_floor(vacancy: Vacancy) -> str:
    """This will say which education is asked for."""
    if vacancy.education is None or vacancy.education <= education.Education.PRIMARY:
        return education.label(None)
    return _("%(education)s or higher") % {"education": education.label(vacancy.education)}


def experience(vacancy: Vacancy) -> str:
    """This will say how much experience is asked for."""
    years = vacancy.experience_min_years or 0
    if not years:
        return _("No experience needed")
    return ngettext("%(years)d year of experience", "%(years)d years of experience", years) % {"years": years}


def openings(vacancy: Vacancy) -> str:
    """This will say how many people are wanted; re-posted vacancies may not say."""
    if vacancy.openings is None:
        return _("Number of openings not stated")
    return ngettext("%(n)d opening", "%(n)d openings", vacancy.openings) % {"n": vacancy.openings}


def way(minutes: int | None, by: str = "walk") -> str:
    """This will say how long the way is, always with "about"; "" where it is unknown."""
    if minutes is None:
        return ""
    words = _("about %(minutes)d min by bicycle") if by == "ride" else _("about %(minutes)d min on foot")
    return words % {"minutes": said_minutes(minutes)}


def posted(vacancy: Vacancy, today: date) -> str:
    """This will say when it was published, nearby days in words."""
    if vacancy.published_at is None:
        return ""
    days = (today - timezone.localdate(vacancy.published_at)).days
    if days <= 0:
        return _("published today")
    if days <= 30:
        return ngettext("published %(days)d day ago", "published %(days)d days ago", days) % {"days": days}
    return _("published on %(day)s") % {"day": date_format(vacancy.published_at)}


def place(vacancy: Vacancy) -> str:
    """This will be the place of work as written, or that none is stated."""
    return (
        str(vacancy.place)
        if vacancy.place is not None and str(vacancy.place)
        else _("Place of work not stated")
    )

"""Reasons in words: the engine's facts → one sentence for the one who reads it.

`person`: the seeker, spoken to. `employer` and `officer` read about the seeker; what an employer may not know
of somebody without a name (home, pay wanted, former work, shifts) is never said to them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from yuanmeng.matching.features import FEATURES, Viewer
from yuanmeng.occupations import education

Facts = Mapping[str, Any]
SEEN_BY = {feature.name: feature.seen_by for feature in FEATURES}
REASONS = 3
LONGEST_WALK_MINUTES = 30


def sentences(reasons: Iterable[Mapping[str, Any]], reader: Viewer, most: int = REASONS) -> list[str]:
    """At most three sentences, strongest first, of what this reader may see."""
    allowed = [r for r in reasons if reader in SEEN_BY.get(r["kind"], ())]
    return [say(r["kind"], r["facts"], reader) for r in allowed[:most]]


def say(kind: str, facts: Facts, reader: Viewer) -> str:
    """One reason as a sentence."""
    return SENTENCES[kind](facts, reader == "person")


def gate(name: str) -> str:
    """Why a pair may not be shown: the gate in words."""
    return {
        "open": _("The vacancy is not open."),
        "legal_age": _("The law sets a lowest age for this work."),
        "hidden_organisation": _("This employer is hidden by the seeker."),
        "education": _("The education asked for is higher."),
        "pay": _("The pay stays below the least wanted."),
        "commute": _("The way to work is longer than wanted."),
        "hours": _("Shift or kind of employment are not the ones wanted."),
    }[name]


def missing(field: str) -> str:
    """What to add to a thin profile, and what for."""
    return {
        "wish": _("Tell us which work you want."),
        "occupations": _("Choose up to three occupations you want."),
        "skills": _("Add your skills, so that we can compare them with what is asked for."),
        "home": _("Tell us your neighbourhood, so that we can estimate the way to work."),
        "text": _("Add your last job or your certificates."),
        "pay_floor": _("Tell us the least pay you would take."),
        "last_occupation": _("Tell us what you did last."),
        "shifts": _("Tell us which shifts suit you."),
        "experience": _("Tell us how many years you have worked."),
        "education": _("Tell us your education."),
    }[field]


def _title(facts: Facts, you: bool) -> str:
    if not facts["wanted"]:
        return (
            _("The title is close to what you want.") if you else _("The title is close to what is wanted.")
        )
    words = _("Close to the “%(wanted)s” you want.") if you else _("Close to the “%(wanted)s” wanted.")
    return words % {"wanted": facts["wanted"]}


# The names of the classification (水利、环境和公共设施管理服务人员) say less to people than none.
def _occupation(facts: Facts, you: bool) -> str:
    return _("The kind of work you want.") if you else _("The kind of work wanted.")


def _background(facts: Facts, you: bool) -> str:
    return (
        _("The same kind of work as your last job.") if you else _("The same kind of work as the last job.")
    )


def _skills(facts: Facts, you: bool) -> str:
    comma = pgettext("between the parts of a list", ", ")
    have, lacking = comma.join(facts["met"]), comma.join(facts["missing"])
    numbers = {"met": len(facts["met"]), "asked": facts["asked"], "lacking": lacking, "have": have}
    if not lacking:
        return _("All skills asked for are there: %(have)s.") % numbers
    if you:
        return _("You have %(met)d of the %(asked)d skills asked for; not yet: %(lacking)s.") % numbers
    return _("%(met)d of the %(asked)d skills asked for are there; not yet: %(lacking)s.") % numbers


def _text(facts: Facts, you: bool) -> str:
    if not facts["shared"]:
        return _("Your experience fits the posting.") if you else _("The experience fits the posting.")
    words = (
        _("Your experience and the posting both speak of “%(shared)s”.")
        if you
        else _("The experience and the posting both speak of “%(shared)s”.")
    )
    return words % {"shared": facts["shared"]}


def _commute(facts: Facts, you: bool) -> str:
    if facts["walk_minutes"] <= LONGEST_WALK_MINUTES:
        return _("About %(minutes)d minutes on foot from home.") % {"minutes": facts["walk_minutes"]}
    return _("About %(minutes)d minutes from home (estimated).") % {"minutes": facts["minutes"]}


def _pay(facts: Facts, you: bool) -> str:
    low, high = facts.get("min_fen"), facts.get("max_fen")
    span = "–".join(dict.fromkeys(f"{fen / 100:.0f}" for fen in (low, high) if fen is not None))
    numbers = {"span": span, "floor": f"{facts['floor_fen'] / 100:.0f}"}
    words = (
        _("%(span)s yuan a month; you want at least %(floor)s.")
        if you
        else _("%(span)s yuan a month; at least %(floor)s wanted.")
    )
    return words % numbers


def _hours(facts: Facts, you: bool) -> str:
    return _("The shift is one you accept.") if you else _("The shift is accepted.")


def _experience(facts: Facts, you: bool) -> str:
    years = round(facts["asked_years"])
    if not years:
        return _("No experience needed.")
    words = ngettext(
        "The %(years)d year of experience asked for is there.",
        "The %(years)d years of experience asked for are there.",
        years,
    )
    return words % {"years": years}


def _education(facts: Facts, you: bool) -> str:
    rank = facts["asked_rank"]
    if not rank:
        return _("No degree needed.")
    return _("The education asked for is met: %(label)s.") % {"label": education.label(rank)}


def _fresh(facts: Facts, you: bool) -> str:
    days = facts["days"]
    if not days:
        return _("Published today.")
    return ngettext("Published %(days)d day ago.", "Published %(days)d days ago.", days) % {"days": days}


SENTENCES: dict[str, Callable[[Facts, bool], str]] = {
    "title": _title,
    "occupation": _occupation,
    "background": _background,
    "skills": _skills,
    "text": _text,
    "commute": _commute,
    "pay": _pay,
    "hours": _hours,
    "experience": _experience,
    "education": _education,
    "fresh": _fresh,
}

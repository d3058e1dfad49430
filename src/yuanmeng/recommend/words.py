"""Reasons in words: the engine's facts → one sentence for the one who reads it.

`person`: the seeker, spoken to. `employer` and `officer` read about the seeker; what an employer may not know
of somebody without a name (home, pay wanted, former work, shifts) is never said to them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from django.utils.translation import get_language, ngettext, pgettext
from django.utils.translation import gettext as _

from yuanmeng.matching.features import FEATURES, Viewer
from yuanmeng.occupations import education
from yuanmeng.occupations.classify import occupation_name
from yuanmeng.places.distance import said_minutes
from yuanmeng.vacancies.models import EmploymentType

Facts = Mapping[str, Any]
SEEN_BY = {feature.name: feature.seen_by for feature in FEATURES}
REASONS = 3
LONGEST_WALK_MINUTES = 30


def sentences(reasons: Iterable[Mapping[str, Any]], reader: Viewer, most: int = REASONS) -> list[str]:
    """At most three sentences, strongest first, of what this reader may see."""
    allowed = [r for r in reasons if reader in SEEN_BY.get(r["kind"], ())]
    return [say(r["kind"], r["facts"], reader) for r in allowed[:most]]


def to_a_passer_by(reasons: Iterable[Mapping[str, Any]], most: int = REASONS) -> list[str]:
    """As to the person; only that nobody's home is known, and the way begins where they said."""
    allowed = [r for r in reasons if "person" in SEEN_BY.get(r["kind"], ())]
    return [
        _from_there(r["facts"]) if r["kind"] == "commute" else say(r["kind"], r["facts"], "person")
        for r in allowed[:most]
    ]


def _from_there(facts: Facts) -> str:
    if facts["walk_minutes"] <= LONGEST_WALK_MINUTES:
        minutes = said_minutes(facts["walk_minutes"])
        return ngettext(
            "About %(minutes)d minute on foot.", "About %(minutes)d minutes on foot.", minutes
        ) % {"minutes": minutes}
    return _("About %(minutes)d minutes on the way (estimated).") % {"minutes": facts["minutes"]}


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


def _taste(facts: Facts, you: bool) -> str:
    if not facts["chosen"]:
        return _("Like the vacancies you chose so far.") if you else _("Like the vacancies chosen so far.")
    words = _("Like “%(chosen)s”, which you chose.") if you else _("Like “%(chosen)s”, chosen before.")
    return words % {"chosen": facts["chosen"]}


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
        minutes = said_minutes(facts["walk_minutes"])
        return ngettext(
            "About %(minutes)d minute on foot from home.",
            "About %(minutes)d minutes on foot from home.",
            minutes,
        ) % {"minutes": minutes}
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
    "taste": _taste,
    "skills": _skills,
    "text": _text,
    "commute": _commute,
    "pay": _pay,
    "hours": _hours,
    "experience": _experience,
    "education": _education,
    "fresh": _fresh,
}


def verdict(version: Any) -> str:
    """Why a build was let in or refused, with its figures."""
    facts = version.verdict
    because = BECAUSE.get(facts.get("because", ""))
    return because(facts) if because else ""


def _judged(facts: Facts) -> str:
    numbers = {
        "people": facts["people"],
        "new": f"{facts['candidate']:.3f}",
        "old": f"{facts['serving']:.3f}",
        "apart": f"{facts['difference']:+.3f}",
        "low": f"{facts['low']:+.3f}",
        "high": f"{facts['high']:+.3f}",
        "worse": round(100 * facts["worse"]),
    }
    if facts["stands"]:
        words = _(
            "Let in: on the newest answers of %(people)d people its order is not worse: nDCG %(new)s against "
            "%(old)s of the one before (difference %(apart)s, 90%% interval %(low)s to %(high)s)."
        )
    else:
        words = _(
            "Refused: on the newest answers of %(people)d people its order is worse: nDCG %(new)s against "
            "%(old)s of the one that serves (difference %(apart)s; worse in %(worse)d of 100 resamples)."
        )
    return words % numbers


BECAUSE: dict[str, Callable[[Facts], str]] = {
    "first": lambda facts: _("The first build: the weights are those set by hand."),
    "no_labels": lambda facts: _(
        "Nobody has answered yet: the weights stay, words and usual values are new."
    ),
    "few_labels": lambda facts: (
        _(
            "Too few answers to judge by (%(answered)d of %(labels)d showings): the weights stay, words and "
            "usual values are new."
        )
        % {"answered": facts["answered"], "labels": facts["labels"]}
    ),
    "judged": _judged,
    "renewed": lambda facts: (
        _(
            "The weights stay, as the newly learned ones did worse (nDCG %(new)s against %(old)s). Words, "
            "usual values and taste are new, since the model before was two weeks old."
        )
        % {"new": f"{facts['candidate']:.3f}", "old": f"{facts['serving']:.3f}"}
    ),
}


def tags(known: Facts) -> list[tuple[str, str]]:
    """What the engine knows of a person, to that person: (what it is, what is known)."""
    comma = pgettext("between the parts of a list", ", ")
    ways: dict[str, tuple[str, Callable[[Any], str]]] = {
        "wish": (_("Wish in your words"), str),
        "occupations": (_("Kinds of work wanted"), lambda codes: comma.join(map(_kind_of_work, codes))),
        "last_occupation": (_("Kind of work last"), _kind_of_work),
        "text": (_("Last job, major, certificates"), str),
        "skills": (_("Skills"), comma.join),
        "education_rank": (_("Education"), education.label),
        "experience_years": (_("Years of work"), lambda years: f"{years:g}"),
        "pay_floor_fen_month": (_("Least pay"), _yuan_a_month),
        "lon": (_("Home"), lambda lon: _("the middle of your neighbourhood, for the way to work")),
        "commute_max_minutes": (_("Longest way"), lambda minutes: _("%(n)s minutes") % {"n": minutes}),
        "employment_types": (
            _("Kinds of employment"),
            lambda kinds: comma.join(str(EmploymentType(kind).label) for kind in kinds),
        ),
        "shifts": (_("Shifts"), comma.join),
        "age_years": (_("Age in years"), lambda years: _("for the law's lower limits alone")),
        "hidden_organisations": (_("Employers left out"), lambda uids: str(len(uids))),
        "chose_titles": (_("Chosen so far"), lambda titles: comma.join(dict.fromkeys(titles))),
    }  # fmt: skip
    return [(label, say_it(known[name])) for name, (label, say_it) in ways.items() if name in known]


def _yuan_a_month(fen: int) -> str:
    return _("%(yuan)s yuan a month") % {"yuan": f"{fen / 100:.0f}"}


def _kind_of_work(code: str) -> str:
    """A name of the classification; in small groups we have none for, that of the larger one."""
    parts, language = code.split("-"), "en" if get_language() == "en" else "zh"
    names = (occupation_name("-".join(parts[:depth]), language) for depth in range(len(parts), 0, -1))
    return next((name for name in names if name), code)


def step(one: Any) -> str:
    """What would bring a vacancy nearer, to the person."""
    numbers: dict[str, Any] = {"value": one.value}
    if one.kind == "pay":
        numbers["value"] = f"{one.value / 100:.0f}"
    elif one.kind == "education":
        numbers["value"] = education.label(one.value)
    elif one.kind == "experience":
        numbers["value"] = f"{one.value:g}"
    words = {
        "skill": _("It would suit you better if you learn “%(value)s”."),
        "experience": _("It would suit you better with %(value)s years of experience."),
        "education": _("It asks for more education: %(value)s."),
        "commute": _("It would come in with a way of up to %(value)s minutes."),
        "pay": _("It would come in with %(value)s yuan a month as the least."),
        "shift": _("It would come in if you take the shift “%(value)s”."),
        "employment": _("It would come in if you take another kind of employment."),
    }
    return words[one.kind] % numbers


def loosening(one: Any) -> str:
    """What loosening one limit would give."""
    numbers = {"value": one.value, "more": one.more}
    if one.limit == "pay":
        numbers["value"] = f"{(one.value or 0) / 100:.0f}"
    words = {
        "commute": ngettext(
            "With a way of up to %(value)s minutes you would see %(more)d more vacancy.",
            "With a way of up to %(value)s minutes you would see %(more)d more vacancies.",
            one.more,
        ),
        "pay": ngettext(
            "With %(value)s yuan a month as the least you would see %(more)d more vacancy.",
            "With %(value)s yuan a month as the least you would see %(more)d more vacancies.",
            one.more,
        ),
        "hours": ngettext(
            "With any shift you would see %(more)d more vacancy.",
            "With any shift you would see %(more)d more vacancies.",
            one.more,
        ),
        "employment": ngettext(
            "With any kind of employment you would see %(more)d more vacancy.",
            "With any kind of employment you would see %(more)d more vacancies.",
            one.more,
        ),
        "several": ngettext(
            "Your limits shut each other out: with way, pay and hours loosened there is %(more)d vacancy.",
            "Your limits shut each other out: with way, pay and hours loosened there are %(more)d vacancies.",
            one.more,
        ),
    }
    return words[one.limit] % numbers


def leaning(own: Any) -> list[str]:
    """What a person's answers have changed in their list, one sentence each."""
    said = []
    if own.pay_floor_fen_month is not None:
        said.append(
            _("Pay counts more; suggested from %(floor)s yuan a month.")
            % {"floor": f"{own.pay_floor_fen_month / 100:.0f}"}
        )
    elif "pay" in own.weights:
        said.append(_("Pay counts more."))
    if own.commute_max_minutes is not None:
        said.append(
            _("A short way counts more; suggested up to about %(minutes)d minutes.")
            % {"minutes": own.commute_max_minutes}
        )
    elif "commute" in own.weights:
        said.append(_("A short way counts more."))
    if own.hours:
        said.append(_("The same working hours stand lower."))
    if own.occupations:
        said.append(_("The same kind of work stands lower."))
    if own.organisations:
        said.append(
            ngettext("%(n)d employer is left out.", "%(n)d employers are left out.", len(own.organisations))
            % {"n": len(own.organisations)}
        )
    return said


def after_a_no(reason: str, title: str) -> str:
    """What a "not for me, because …" has just changed."""
    sentence = {
        "work": _("“%(title)s” is gone; the same kind of work stands lower now."),
        "pay": _("“%(title)s” is gone; pay counts more in your list now."),
        "commute": _("“%(title)s” is gone; a short way counts more in your list now."),
        "hours": _("“%(title)s” is gone; the same working hours stand lower now."),
        "employer": _("“%(title)s” and all others of this employer are gone."),
        "other": _("“%(title)s” is gone. It will not be shown to you again."),
    }[reason]
    return sentence % {"title": title}


def feature(name: str) -> str:
    """What people call a feature."""
    return {
        "title": _("title wanted"),
        "occupation": _("occupation wanted"),
        "background": _("last occupation"),
        "taste": _("like what was chosen"),
        "skills": _("skills"),
        "text": _("what somebody can do"),
        "commute": _("way to work"),
        "pay": _("pay"),
        "hours": _("hours"),
        "experience": _("years of work"),
        "education": _("education"),
        "fresh": _("newly published"),
    }.get(name, name)

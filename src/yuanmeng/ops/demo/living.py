"""What happened in the town before one came to look: applications, answers, referrals, calls.

Everything goes through the verbs that people use, at moments of the past weeks, so that states, steps,
consents and to-dos agree with each other.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable
from datetime import datetime, timedelta
from random import Random

from django.db import transaction

from yuanmeng.applications.models import Application, Reason, Referral, Via
from yuanmeng.core.errors import Refused
from yuanmeng.organisations.models import Organisation
from yuanmeng.people.models import Consent, Purpose, User
from yuanmeng.recommend.models import Answer, Impression, Suggestion, SuggestionQuerySet
from yuanmeng.seekers.models import Seeker
from yuanmeng.vacancies.models import Report, Vacancy

APPLICATIONS, PER_SEEKER, PER_FIRM, REFERRALS = 200, 3, 8, 36
CONSENT = "我同意将上述简历信息提供给该用人单位，用于本次应聘。（示例）"
VERSION = "2026-11"
WAYS = {Via.PHONE_WEB: 9, Via.KIOSK: 3, Via.WALL_QR: 2, Via.WINDOW_QR: 1, Via.BOOTH: 3, Via.DESK: 2}
# How far an application has come, by how often; each is a walk along verbs.
WALKS = {
    "": 30, "see": 16, "see shortlist": 9, "see invite": 12, "see invite interview": 8,
    "see invite interview offer": 4, "see invite interview offer hire": 7, "see decline": 10, "withdraw": 4,
}  # fmt: skip
# Whom a counsellor recommends is met more often.
REFERRED = {"": 3, "see invite interview": 3, "see invite interview offer hire": 4, "see decline": 3}
# The cast and the cast's firm show one of each, so that a visitor finds every state.
EACH = ("see invite", "", "see decline", "see shortlist", "see invite interview offer", "see")
SEEN, SHOWN, NOT_WANTED = 240, 10, 24


def let_them_agree(seekers: list[Seeker], dice: Random, *, at: datetime) -> int:
    """This will give the general consent to everybody, and to six of ten the one to be suggested unnamed."""
    agreed = [(seeker, Purpose.SERVICE) for seeker in seekers]
    agreed += [(s, Purpose.SUGGESTED_TO_EMPLOYERS) for s in seekers if dice.random() < 0.6]
    rows = [
        Consent(
            person_id=seeker.person_id, purpose=purpose, text_version=VERSION, 
            channel=seeker.channel or "desk", evidence="登记表签名（示例）", given_at=seeker.made_at,
        )
        for seeker, purpose in agreed
    ]  # fmt: skip
    return len(Consent.objects.bulk_create(rows, batch_size=1000))


def apply_and_answer(dice: Random, officers: list[User], *, at: datetime) -> Counter[str]:
    """This will let people apply for what suits them and employers answer; counted by state."""
    told: Counter[str] = Counter()
    for pair in _pairs(dice):
        with transaction.atomic():
            row = _apply(pair, dice, officers, at)
            if row is not None:
                _walk(row, dice, at)
                told[row.state] += 1
    return told


def let_the_cast_apply(dice: Random, seekers: list[Seeker], firm: Organisation, *, at: datetime) -> int:
    """This will give those who log in first something of every state, and their firm applicants."""
    best = _with_all(Suggestion.objects.order_by("-score", "id"))
    theirs = [list(best.filter(seeker=one).exclude(vacancy__organisation=firm)[:4]) for one in seekers]
    wanted = list(best.filter(vacancy__organisation=firm).exclude(seeker__in=seekers)[:60])
    ours = list({pair.seeker_id: pair for pair in dice.sample(wanted, len(wanted))}.values())[:12]
    done = 0
    for pairs in (*theirs, ours):
        for place, pair in enumerate(pairs):
            with transaction.atomic():
                row = _apply(pair, dice, [], at, via=Via.PHONE_WEB, days_ago=4 + 2 * place)
                if row is not None:
                    _walk(row, dice, at, EACH[place % len(EACH)], within_h=16)
                    done += 1
    return done


def look_at_suggestions(dice: Random, *, at: datetime) -> int:
    """This will let people have looked at their lists in the last weeks: some say yes, some no, most wait.

    How far down they look follows the place; what they take follows the way to work and the pay more than
    the hand-set weights think, so that there is something to learn.
    """
    lists = _lists(dice.sample(list(Seeker.objects.may_be_suggested().values_list("pk", flat=True)), SEEN))
    shown, said = list[Impression](), list[Suggestion]()
    for rows in lists:
        when = at - timedelta(hours=dice.randint(1, 480))
        for place, row in enumerate(rows, 1):
            row.shown_at = row.shown_at or when
            looked = dice.random() < 1 / math.log2(place + 1)
            opened = when if looked and dice.random() < 0.4 else None
            taken = looked and dice.random() < _appeal(row)
            shown.append(
                Impression(
                    seeker_id=row.seeker_id, vacancy_id=row.vacancy_id, where="own", position=place, at=when,
                    model_version_id=row.model_version_id, opened_at=opened,
                )
            )  # fmt: skip
            if taken and not row.answer:
                row.answer, row.answered_at = Answer.AGREED, when + timedelta(minutes=dice.randint(1, 20))
            said.append(row)
    Impression.objects.bulk_create(shown, batch_size=500, ignore_conflicts=True)
    Suggestion.objects.bulk_update(said, ["shown_at", "answer", "answered_at"], batch_size=200)
    for row in dice.sample([row for row in said if not row.answer], NOT_WANTED):
        reason = dice.choice(("commute", "pay", "work"))
        row.decline(by=_self(row.seeker), at=at - timedelta(minutes=30), reason=reason)
    return len(said)


def _lists(seekers: list[int]) -> list[list[Suggestion]]:
    rows = (
        Suggestion.objects.filter(seeker__in=seekers)
        .select_related("seeker__person")
        .order_by("-score", "id")
    )
    lists: dict[int, list[Suggestion]] = {}
    for row in rows:
        lists.setdefault(row.seeker_id, []).append(row)
    return [rows[:SHOWN] for _seeker, rows in sorted(lists.items())]


def _appeal(row: Suggestion) -> float:
    """How likely it is taken when it is looked at: near and well paid."""
    weight = {"commute": 3.0, "pay": 4.0, "hours": 1.5}
    said = sum(weight.get(reason["kind"], 0.0) * reason["contribution"] for reason in row.reasons)
    return min(max(0.06 + 1.2 * said, 0.02), 0.8)


def _pairs(dice: Random) -> list[Suggestion]:
    """Good suggestions, a few for each seeker, spread over employers."""
    best = Suggestion.objects.order_by("-score", "id")
    pool = list(best.values_list("pk", "seeker_id", "vacancy__organisation_id")[: APPLICATIONS * 25])
    dice.shuffle(pool)
    seekers: Counter[int] = Counter()
    firms: Counter[int] = Counter()
    chosen: list[int] = []
    for pair, seeker, firm in pool:
        if firms[firm] < PER_FIRM and seekers[seeker] < PER_SEEKER and len(chosen) < APPLICATIONS:
            chosen.append(pair)
            seekers[seeker] += 1
            firms[firm] += 1
    return list(_with_all(Suggestion.objects.filter(pk__in=chosen).order_by("id")))


def _with_all(rows: SuggestionQuerySet) -> SuggestionQuerySet:
    return rows.select_related("seeker__person", "vacancy__organisation", "vacancy__place")


def _apply(
    pair: Suggestion, dice: Random, officers: list[User], at: datetime, *, via: str = "",
    days_ago: int = 0,
) -> Application | None:  # fmt: skip
    via = via or dice.choices(list(WAYS), list(WAYS.values()))[0]
    officer = dice.choice(officers) if via == Via.DESK else None
    seeker, published = pair.seeker, pair.vacancy.published_at or at
    when = _after(published, dice, at)
    if days_ago:
        when = max(published, at - timedelta(days=days_ago))
    try:
        row = Application.submit(
            seeker=seeker, vacancy=pair.vacancy, via=via, by=officer or _self(seeker), on_behalf_by=officer,
            at=when, consent_text=CONSENT, consent_version=VERSION, evidence="示例",
        )  # fmt: skip
    except Refused:
        return None
    if via in {Via.PHONE_WEB, Via.KIOSK}:
        Suggestion.objects.filter(pk=pair.pk).update(shown_at=when)
        pair.agree(by=_self(seeker), at=when)
    return row


class _Person:
    """A seeker acting without an account: on a booth or by a code."""

    def __init__(self, uid: str) -> None:
        self.actor_key = f"person:{uid}"


def _self(seeker: Seeker) -> _Person:
    return _Person(seeker.person.uid)


def _after(earliest: datetime, dice: Random, now: datetime) -> datetime:
    """A moment between then and an hour ago; mostly soon after."""
    room = max(0.0, (now - timedelta(hours=1) - earliest).total_seconds())
    return earliest + timedelta(seconds=room * dice.random() ** 1.6)


def _walk(
    row: Application, dice: Random, now: datetime, way: str | None = None, within_h: int = 50
) -> None:  # fmt: skip
    """Let the employer, or the seeker, go as many steps as fit before now."""
    at, by = row.submitted_at, _Person(row.vacancy.organisation.uid)
    way = dice.choices(list(WALKS), list(WALKS.values()))[0] if way is None else way
    for step in way.split():
        at += timedelta(hours=dice.randint(3, within_h))
        if at > now - timedelta(minutes=20):
            return
        STEPS[step](row, by, at, dice)


def _invite(row: Application, by: _Person, at: datetime, dice: Random) -> None:
    meeting = (at + timedelta(days=dice.randint(1, 4))).replace(minute=0, second=0, microsecond=0)
    place = row.vacancy.place.address if row.vacancy.place else ""
    row.invite(by=by, at=at, meeting_at=meeting, meeting_place=place)


def _decline(row: Application, by: _Person, at: datetime, dice: Random) -> None:
    reason = dice.choice((Reason.SKILL, Reason.EXPERIENCE, Reason.HOURS, Reason.FILLED, Reason.DISTANCE))
    row.decline(by=by, at=at, reason=reason)


STEPS: dict[str, Callable[[Application, _Person, datetime, Random], None]] = {
    "see": lambda row, by, at, dice: row.see(by=by, at=at),
    "shortlist": lambda row, by, at, dice: row.shortlist(by=by, at=at),
    "invite": _invite,
    "interview": lambda row, by, at, dice: row.note_interview(by=by, at=at),
    "offer": lambda row, by, at, dice: row.offer(by=by, at=at),
    "hire": lambda row, by, at, dice: row.hire(by=by, at=at),
    "decline": _decline,
    "withdraw": lambda row, by, at, dice: row.withdraw(by=_self(row.seeker), at=at),
}


def refer(dice: Random, counsellors: list[User], *, at: datetime) -> Counter[str]:
    """This will let counsellors recommend, and people answer them."""
    told: Counter[str] = Counter()
    best = list(Suggestion.objects.order_by("-score", "id").values_list("pk", flat=True)[:900])
    for pair in _with_all(Suggestion.objects.filter(pk__in=dice.sample(best, REFERRALS))):
        with transaction.atomic():
            told[_refer(pair, dice, dice.choice(counsellors), at)] += 1
    return told


def _refer(pair: Suggestion, dice: Random, officer: User, at: datetime) -> str:
    when = at - timedelta(days=dice.randint(0, 16), hours=dice.randint(6, 12))
    when = max(when, pair.vacancy.published_at or at)
    if when > at - timedelta(hours=5):
        return "too new"
    try:
        row = Referral.propose(
            officer=officer, seeker=pair.seeker, vacancy=pair.vacancy, at=when, score=pair.score,
            reasons=pair.reasons, note="离家近，符合班次要求",
        )  # fmt: skip
        answer = dice.random()
        if answer < 0.7:
            row.agree(by=_self(pair.seeker), at=when + timedelta(hours=2))
        if answer < 0.6:
            sent = row.send(
                by=officer, at=when + timedelta(hours=3), consent_text=CONSENT, consent_version=VERSION
            )
            _walk(sent, dice, at, dice.choices(list(REFERRED), list(REFERRED.values()))[0])
        if answer > 0.85:
            row.decline(by=_self(pair.seeker), at=when + timedelta(hours=4), reason="hours")
    except Refused:
        return "refused"
    return str(row.state)


def give_caseload(seekers: list[Seeker], counsellors: list[User]) -> None:
    """This will share people whom nobody looks after among the counsellors."""
    for number, seeker in enumerate(seekers):
        seeker.owner = counsellors[number % len(counsellors)]
    Seeker.objects.bulk_update(seekers, ["owner"], batch_size=500)


def report_some(dice: Random, *, at: datetime) -> int:
    """This will let citizens report two vacancies."""
    for row, words in zip(
        dice.sample(list(Vacancy.objects.filter(state="published")[:200]), 2), REPORTS, strict=True
    ):
        Report.make(row, reason="other", words=words, by=None, at=at - timedelta(hours=dice.randint(2, 30)))
    return len(REPORTS)


REPORTS = ("电话打过去说岗位已经招满，页面还在。", "实际班次与页面写的不一样，请核实。")

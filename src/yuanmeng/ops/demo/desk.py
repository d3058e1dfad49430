"""What the desk has done until today: most to-dos on their day, a few late, a believable rest still open."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from random import Random

from django.db import transaction
from django.utils import timezone

from yuanmeng.core.actors import Told
from yuanmeng.counsel import rechecks, timers
from yuanmeng.counsel.models import FollowUp, FollowUpKind
from yuanmeng.organisations.models import Organisation
from yuanmeng.people.models import User
from yuanmeng.vacancies.models import RECHECK_EVERY, State, Vacancy

# How likely a to-do is done by now: days since it was due → share. Nothing lies longer than a week.
DONE = {0: 0.35, 1: 0.92} | dict.fromkeys(range(2, 8), 0.97)
CONFIRMED = 0.88
RESULTS = ("reached", "reached", "reached", "no_answer", "later")
STILL_THERE = ("still_there",) * 7 + ("left", "unreachable")
RECHECKED = ("still_open",) * 8 + ("filled",)
CALLS = (
    "已电话联系，提醒携带身份证与证书参加面试。",
    "本人愿意面试，约定周三下午到店。",
    "暂未接听，改日再联系。",
    "已说明班次与工资，本人表示可以接受。",
    "希望调整到早班，已与用人单位沟通。",
)


def let_employers_confirm(dice: Random, *, at: datetime, silent: Organisation) -> int:
    """This will let most employers have said that their older vacancies stand; one has not yet."""
    old = Vacancy.objects.filter(state=State.PUBLISHED).unconfirmed_since(at - RECHECK_EVERY)
    done = 0
    with transaction.atomic():
        for row in old.exclude(organisation=silent).select_related("organisation").order_by("id"):
            if dice.random() < CONFIRMED:
                when = at - timedelta(minutes=dice.randint(60, 60 * 24 * 12))
                row.confirm(by=Told(f"organisation:{row.organisation.uid}"), at=when)
                done += 1
    return done


def work_the_desk(
    dice: Random, counsellors: list[User], *, at: datetime, silent: Organisation
) -> int:  # fmt: skip
    """This will let the clock strike on past days and the counsellors do what was due; counts the acts."""
    done = 0
    for days in (6, 2, 0):
        moment = at - timedelta(days=days)
        timers.keep_time(moment)
        done += _check_again(dice, counsellors, at=moment, all_of_them=days > 0, silent=silent)
    todos = FollowUp.objects.open().exclude(kind=FollowUpKind.VACANCY_RECHECK).filter(made_at__lt=at)
    today = timezone.localdate(at)
    with transaction.atomic():
        for todo in todos.select_related("person", "organisation", "assigned_to").order_by("id"):
            if todo.due_on <= today and dice.random() < DONE.get(todo.days_late(today), 1):
                _do(todo, dice, todo.assigned_to or dice.choice(counsellors), at)
                done += 1
    return done


def _check_again(
    dice: Random, counsellors: list[User], *, at: datetime, all_of_them: bool, silent: Organisation
) -> int:
    """Ask employers about vacancies; of today's list some are still to be asked, and one never answers."""
    asked = FollowUp.objects.open().filter(kind=FollowUpKind.VACANCY_RECHECK).order_by("id")
    todos = list(asked.exclude(organisation=silent))
    due = todos if all_of_them else todos[::2]
    with transaction.atomic():
        for todo in due:
            rechecks.record(todo, dice.choice(RECHECKED), by=dice.choice(counsellors), at=at)
    return len(due)


def _do(todo: FollowUp, dice: Random, by: User, now: datetime) -> None:
    when = min(max(_in_office(todo.due_on, dice), todo.made_at + timedelta(minutes=20)), now)
    todo.take(by=by)
    if todo.kind == FollowUpKind.RETENTION:
        result = dice.choice(STILL_THERE)
        todo.record(by=by, at=when, channel="phone", result=result, minutes=dice.randint(3, 8))
    elif todo.kind == FollowUpKind.NEW_APPLICATION and dice.random() < 0.5:
        todo.settle(by=by, at=when)
    else:
        todo.record(
            by=by, at=when, channel="phone", result=dice.choice(RESULTS), words=dice.choice(CALLS),
            minutes=dice.randint(3, 12),
        )  # fmt: skip


def _in_office(day: date, dice: Random) -> datetime:
    clock = time(9 + dice.randint(0, 8), dice.randint(0, 59))
    return datetime.combine(day, clock, tzinfo=timezone.get_current_timezone())

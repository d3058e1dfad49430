"""How a file that was here before the login becomes somebody's own: phone code, name and birth year.

A phone is not an identity: families share one, numbers are given on. So the code alone opens
no file, and after three wrong guesses the counter decides.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _

from yuanmeng.core import audit
from yuanmeng.core.errors import Refused
from yuanmeng.core.models import AuditEntry
from yuanmeng.core.text import normal
from yuanmeng.people.models import Person, User

if TYPE_CHECKING:
    from datetime import datetime

TRIES = 3


class ClaimRefused(Refused):
    """This will be raised when no waiting file fits, or too many guesses were made."""

    code = "claim_refused"


def may_claim(user: User) -> bool:
    """This will tell whether the account has no file and guesses left; never whether a file waits."""
    return user.person is None and _wrong_guesses(user) < TRIES


def claim(user: User, name: str, birth_year: int, *, at: datetime) -> Person:
    """This will give the user the waiting file with this name and birth year. Raises ClaimRefused."""
    if not may_claim(user):
        raise ClaimRefused(_("Please bring your phone to our counter; we will find your file together."))
    person = _waiting_file(user, name, birth_year)
    if person is None:
        audit.write("claim", by=user, at=at, about=user, result="refused")
        raise ClaimRefused(_("We found no file that fits. Please check the name and the birth year."))
    return _give(person, user, at)


def person_for(user: User, name: str, birth_year: int, *, at: datetime) -> Person:
    """This will be the file of somebody who says for the first time who they are: waiting or new."""
    person = _waiting_file(user, name, birth_year) if may_claim(user) else None
    if person is None:
        person = Person(name=name, birth_year=birth_year, source="self", made_at=at)
        person.set_phone(user.phone)
        person.save()
    return _give(person, user, at)


def _waiting_file(user: User, name: str, birth_year: int) -> Person | None:
    files = Person.objects.filter(phone_index=user.phone_index, user=None, erased_at=None).exclude(
        phone_index=""
    )
    fitting = [p for p in files if normal(p.name) == normal(name) and _born(p) == birth_year]
    # Two files that fit are a merge for the data officer, not a guess for us.
    return fitting[0] if len(fitting) == 1 else None


def _born(person: Person) -> int | None:
    return person.birth_on.year if person.birth_on else person.birth_year


def _give(person: Person, user: User, at: datetime) -> Person:
    with transaction.atomic():
        user.person = person
        user.save(update_fields=["person"])
        audit.write("claim", by=user, at=at, about=person)
    return person


def _wrong_guesses(user: User) -> int:
    return AuditEntry.objects.filter(actor=user.actor_key, action="claim", result="refused").count()

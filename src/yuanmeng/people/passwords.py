"""How passwords are hashed and judged.

Argon2id with 19 MiB, t=2, p=1 takes 52-67 ms here; Django's default takes 213 ms and 100 MiB,
so thirty log-ins at once needed 3 GB (design: security §3).
"""

from __future__ import annotations

import threading

from django.contrib.auth.hashers import Argon2PasswordHasher, check_password, make_password
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.utils.translation import ngettext

from yuanmeng.core.errors import Refused

STAFF_LENGTH, OTHER_LENGTH, LONGEST = 12, 8, 128

# At most this many hashes at once in one process: the rest wait their turn instead of eating memory.
_TURNS = threading.BoundedSemaphore(3)


class WeakPassword(Refused):
    """This will be raised for a password that is too short, too long or on the list of common ones."""


class HouseArgon2(Argon2PasswordHasher):
    """Argon2id at the house's parameters, a few at a time."""

    time_cost = 2
    memory_cost = 19 * 1024
    parallelism = 1

    def encode(self, password: str, salt: str) -> str:
        with _TURNS:
            return super().encode(password, salt)

    def verify(self, password: str, encoded: str) -> bool:
        with _TURNS:
            return super().verify(password, encoded)


def matches(password: str, encoded: str | None) -> bool:
    """This will tell whether the password is right, in the same time where there is none to compare with."""
    if encoded is None:
        make_password(password[:LONGEST])
        return False
    return check_password(password[:LONGEST], encoded)


def judge(password: str, *, staff: bool) -> None:
    """This will raise WeakPassword unless the password may be used.

    Length and the list of common ones, no composition rules (ASVS 6.2.5).
    """
    shortest = STAFF_LENGTH if staff else OTHER_LENGTH
    if not shortest <= len(password) <= LONGEST:
        raise WeakPassword(
            ngettext(
                "Please choose a password of at least %(shortest)d character.",
                "Please choose a password of at least %(shortest)d characters.",
                shortest,
            )
            % {"shortest": shortest}
        )
    try:
        validate_password(password)
    except ValidationError as too_common:
        raise WeakPassword(" ".join(too_common.messages)) from too_common

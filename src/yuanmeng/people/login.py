"""How an account opens: by name, password and second factor, or by a code on the phone.

The order matters: the throttle is asked before anything is hashed, an unknown name costs the same
hash as a known one, and whatever was wrong, the words are the same.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable
from datetime import datetime, timedelta

from django.db import IntegrityError, transaction
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _

from yuanmeng.core import audit
from yuanmeng.core.errors import Refused
from yuanmeng.core.fields import blind_index
from yuanmeng.people import codes, passwords, throttle, totp
from yuanmeng.people.models import RecoveryCode, User

UNUSED_FOR = timedelta(days=90)
PURPOSE = "login"


class LoginRefused(Refused):
    """This will be raised when the account does not open; the sentence never says which part was wrong."""

    code = "login_refused"


def by_password(
    username: str,
    password: str,
    digits: str,
    *,
    address: str,
    needs_factor: Callable[[User], bool],
    at: datetime,
) -> User:
    """This will be the account that name, password and the digits of the second factor open.

    `needs_factor` says whose account has to have one (staff). Raises LoginRefused and TooManyTries.
    """
    throttle.admit(username, address, at=at)
    user = User.objects.filter(username=username.strip()).first()
    staff = user is not None and needs_factor(user)
    right = passwords.matches(password, user.password if user and user.has_usable_password() else None)
    if user is None or not right or not _factor_fits(user, digits, staff, at):
        throttle.note_failure(username, address, at=at)
        audit.write("login", by=user, at=at, about=user, result="refused")
        raise LoginRefused(_("Name, password or code did not fit. Please try again."))
    _refuse_closed(user)
    if staff and (user.last_login or user.made_at) < at - UNUSED_FOR:
        raise LoginRefused(
            _("This account was not used for 90 days and is locked. Please ask your administrator.")
        )
    throttle.forgive(username, address)
    return _opened(user, at)


def by_phone(phone: str, code: str, *, session: str, at: datetime) -> User:
    """This will be the seeker's account of a phone whose code is right, made now if there was none.

    `session` is the secret the code was asked with. Raises codes.CodeRefused and LoginRefused.
    """
    codes.check(phone, code, session=session, purpose=PURPOSE, at=at)
    user = account_of_phone(phone, at=at)
    _refuse_closed(user)
    return _opened(user, at)


def account_of_phone(phone: str, *, at: datetime) -> User:
    """This will be the one account of a phone that has just been proved."""
    index = blind_index(phone)
    known = User.objects.filter(phone_index=index).first()
    if known is not None:
        return known
    user = User(username=f"phone-{secrets.token_hex(8)}", made_at=at)
    user.set_phone(phone)
    user.set_unusable_password()
    try:
        with transaction.atomic():
            user.save()
    except IntegrityError:
        # Two taps at once: the other one made it.
        return User.objects.get(phone_index=index)
    return user


def move_to_phone(user: User, phone: str, code: str, *, session: str, at: datetime) -> None:
    """This will give the account, and its person, a new phone that has proved itself by a code.

    Raises codes.CodeRefused, and LoginRefused when the phone belongs to another account.
    """
    codes.check(phone, code, session=session, purpose="new_phone", at=at)
    try:
        with transaction.atomic():
            user.set_phone(phone)
            user.save()
            if user.person is not None:
                user.person.set_phone(phone)
                user.person.save()
            audit.write("new_phone", by=user, at=at, about=user)
    except IntegrityError as taken:
        raise LoginRefused(_("This number is used by another account. Please ask at the counter.")) from taken


def _factor_fits(user: User, digits: str, needed: bool, at: datetime) -> bool:
    if not user.totp_secret:
        return not needed
    step = totp.matching_step(user.totp_secret, digits, at=at)
    if step is None:
        return _use_recovery_code(user, digits, at)
    # Each step opens once: the last one is in the WHERE.
    return bool(User.objects.filter(pk=user.pk, totp_last_step__lt=step).update(totp_last_step=step))


def _use_recovery_code(user: User, given: str, at: datetime) -> bool:
    unused = RecoveryCode.objects.filter(user=user, used_at=None, code_hmac=_recovery_hmac(user, given))
    return bool(given.strip()) and bool(unused.update(used_at=at))


def new_recovery_codes(user: User, how_many: int = 10) -> list[str]:
    """This will replace the user's recovery codes and return the new ones, to be shown once."""
    fresh = [secrets.token_hex(5) for _n in range(how_many)]
    with transaction.atomic():
        RecoveryCode.objects.filter(user=user).delete()
        RecoveryCode.objects.bulk_create(
            RecoveryCode(user=user, code_hmac=_recovery_hmac(user, c)) for c in fresh
        )
    return fresh


def _recovery_hmac(user: User, code: str) -> str:
    return salted_hmac(
        "yuanmeng.people.recovery", f"{user.uid}:{code.strip().lower()}", algorithm="sha256"
    ).hexdigest()


def _refuse_closed(user: User) -> None:
    if not user.is_active or user.suspended_at:
        raise LoginRefused(_("This account is closed. Please ask at the counter or your administrator."))


def _opened(user: User, at: datetime) -> User:
    with transaction.atomic():
        User.objects.filter(pk=user.pk).update(last_login=at, last_seen_at=at)
        audit.write("login", by=user, at=at, about=user)
    user.last_login = user.last_seen_at = at
    return user

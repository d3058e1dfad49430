"""Opening and closing accounts that sign in by password: what an administrator does at the counter."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from yuanmeng.core import audit
from yuanmeng.core.actors import Actor
from yuanmeng.core.errors import Refused
from yuanmeng.people import login, sessions, totp
from yuanmeng.people.models import User


@dataclass(frozen=True)
class Opened:
    """What the owner of a new account is handed, once; the house keeps only hashes and the sealed factor."""

    user: User
    password: str
    totp_secret: str
    recovery_codes: list[str]

    @property
    def link(self) -> str:
        """What the QR code for the authenticator says."""
        return totp.link(self.totp_secret, self.user.username)


def open_account(username: str, display_name: str, *, by: Actor, at: datetime) -> Opened:
    """This will open an account with a password and a second factor nobody chose. It has no power yet.

    Raises Refused when the user name is taken.
    """
    try:
        with transaction.atomic():
            user = User(username=username.strip(), display_name=display_name.strip(), made_at=at)
            given = _new_secrets(user)
            audit.write("account.open", by=by, at=at, about=user)
    except IntegrityError:
        raise Refused(_("This user name is taken. Please choose another one."), field="username") from None
    return given


def renew_secrets(user: User, *, by: Actor, at: datetime) -> Opened:
    """This will give new secrets to whoever lost theirs; all open sessions end."""
    with transaction.atomic():
        given = _new_secrets(user)
        sessions.end_all(user.pk)
        audit.write("account.renew", by=by, at=at, about=user)
    return given


def _new_secrets(user: User) -> Opened:
    password, secret = secrets.token_urlsafe(12), totp.new_secret()
    user.set_password(password)
    user.totp_secret, user.totp_last_step = secret, 0
    user.save()
    return Opened(user, password, secret, login.new_recovery_codes(user))


def suspend(user: User, *, by: Actor, at: datetime, reason: str) -> None:
    """This will close an account at once; open sessions end with it. Nobody closes their own."""
    if user.actor_key == by.actor_key:
        raise Refused(_("Nobody suspends their own account."), code="second_person")
    with transaction.atomic():
        User.objects.filter(pk=user.pk).update(is_active=False, suspended_at=at)
        sessions.end_all(user.pk)
        audit.write("account.suspend", by=by, at=at, about=user, reason=reason)


def let_back(user: User, *, by: Actor, at: datetime) -> None:
    """This will open a suspended account again."""
    with transaction.atomic():
        User.objects.filter(pk=user.pk).update(is_active=True, suspended_at=None)
        audit.write("account.let_back", by=by, at=at, about=user)

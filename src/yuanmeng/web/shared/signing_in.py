"""Opening and closing a session at any door: pages, kiosk and API say it the same way."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from django.contrib.auth import login as open_django_session
from django.contrib.auth import logout
from django.utils import timezone

from yuanmeng.core import audit
from yuanmeng.organisations.models import Kind
from yuanmeng.organisations.viewer import viewer_of
from yuanmeng.people import codes, login, sessions
from yuanmeng.people.phones import phone_of
from yuanmeng.web.shared import door

if TYPE_CHECKING:
    from yuanmeng.people.models import User
    from yuanmeng.web.shared.door import HouseRequest, MemberRequest

BACKEND = "django.contrib.auth.backends.ModelBackend"
# How long a code that was just entered opens what needs one: export, erasure, a new phone.
FRESH_FOR = timedelta(minutes=10)


def needs_factor(user: User) -> bool:
    """This will be true for staff: operator, department and HR agency accounts need a second factor."""
    viewer = viewer_of(user, on=timezone.localdate())
    return viewer.is_staff or any(o.kind == Kind.HR_AGENCY for o in viewer.organisations())


def by_password(request: HouseRequest, username: str, password: str, digits: str) -> User:
    """This will log somebody in by name, password and second factor. Raises a Refused."""
    user = login.by_password(
        username, password, digits, address=door.address_of(request), needs_factor=needs_factor, at=request.at
    )
    return _open(request, user, "staff" if needs_factor(user) else "seeker")


def ask_code(request: HouseRequest, phone: str, *, purpose: str = login.PURPOSE) -> codes.Asked:
    """This will send a code to the phone, good for this browser only. Raises a Refused."""
    return codes.ask(phone_of(phone), session=door.asker(request), purpose=purpose, at=request.at)


def by_phone(request: HouseRequest, phone: str, code: str) -> User:
    """This will log a seeker in by the code on their phone. Raises a Refused."""
    user = login.by_phone(phone_of(phone), code, session=door.asker(request), at=request.at)
    return _open(request, user, "seeker")


def confirm(request: MemberRequest, code: str) -> None:
    """This will note that the one logged in has just proved to hold the phone. Raises a Refused."""
    phone = request.user.phone
    codes.check(phone, code, session=door.asker(request), purpose="confirm", at=request.at)
    request.session["fresh_until"] = (request.at + FRESH_FOR).timestamp()


def is_fresh(request: HouseRequest) -> bool:
    """This will tell whether a code was entered in the last ten minutes."""
    return bool(request.session.get("fresh_until", 0) > request.at.timestamp())


def close(request: HouseRequest) -> None:
    """This will end the session and everything it knew."""
    if request.user.is_authenticated:
        audit.write("logout", by=request.user, at=request.at, about=request.user)
    logout(request)


def _open(request: HouseRequest, user: User, kind: str) -> User:
    open_django_session(request, user, backend=BACKEND)
    sessions.open_as(request.session, kind, at=request.at, browser=door.browser_of(request))
    request.viewer = door.viewer(request)
    return user

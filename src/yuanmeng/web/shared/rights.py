"""Who may come in: marks for views. What one may not see does not exist (404)."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import Http404

View = Callable[..., Any]
PHONE_LOGIN = "/login/phone/"


def open_to(*names: str) -> Callable[[View], View]:
    """This will let in who holds one of these roles or duties; others get the 404 of a wrong address."""

    def mark(view: View) -> View:
        @wraps(view)
        def asked(request: Any, *args: Any, **kwargs: Any) -> Any:
            if not request.viewer.has(*names):
                raise Http404
            return view(request, *args, **kwargs)

        return asked

    return mark


def for_seekers(view: View) -> View:
    """This will ask whoever is not logged in for a phone code rather than for a password."""
    view.login_url = PHONE_LOGIN  # type: ignore[attr-defined]
    return view


def for_everybody(view: View) -> View:
    """This will leave a page open to everybody."""
    return login_not_required(view)

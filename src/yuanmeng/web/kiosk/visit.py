"""One person at the machine, from the first touch to the wipe.

Nobody is logged in here: who proved a phone is known to this visit only, so no other page of the house opens.
What was typed is sealed while it lies in the session; the session ends with the visit, five minutes after the
last request at the latest, half an hour after the first in any case.
"""

from __future__ import annotations

import base64
import json
from collections.abc import Callable
from functools import wraps
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.views.decorators.cache import never_cache

from yuanmeng.people.models import User
from yuanmeng.people.sessions import LIVES
from yuanmeng.web.shared.context import text_size
from yuanmeng.web.shared.rights import for_everybody

if TYPE_CHECKING:
    from datetime import datetime

    from django.contrib.sessions.backends.base import SessionBase
    from django.http import HttpResponse

    from yuanmeng.people.models import Person
    from yuanmeng.seekers.models import Seeker
    from yuanmeng.web.shared.door import HouseRequest

KEY = "kiosk"
QUIET, WHOLE = LIVES["kiosk"]
LONGEST_IDLE_S = 600


class Visit:
    """What the machine knows of the person before it."""

    def __init__(self, session: SessionBase) -> None:
        self.session = session

    @property
    def facts(self) -> dict[str, Any]:
        """The visit's facts; an empty mapping before anything was kept."""
        return dict(self.session.get(KEY, {}))

    @property
    def user(self) -> User | None:
        """The account of the phone that was proved in this visit."""
        key = self.facts.get("user")
        return User.objects.select_related("person").filter(pk=key, is_active=True).first() if key else None

    @property
    def person(self) -> Person | None:
        user = self.user
        return user.person if user else None

    @property
    def seeker(self) -> Seeker | None:
        return getattr(self.person, "seeker", None)

    @property
    def basket(self) -> list[str]:
        """The vacancies to be taken along, in the order they were put in."""
        held: list[str] = self.facts.get("basket", [])
        return held

    def note(self, *, at: datetime, **facts: Any) -> None:
        """This will keep small facts (no personal words among them) until the visit ends."""
        self.session[KEY] = {"opened_at": at.timestamp(), **self.facts, **facts}
        self.session.set_expiry(int(QUIET.total_seconds()))

    def seal(self, name: str, words: dict[str, str], *, at: datetime) -> None:
        """This will keep what somebody typed, unreadable in the database."""
        sealed = settings.KEYS.seal(json.dumps(words), about=f"{KEY}.{name}")
        self.note(at=at, **{name: base64.b64encode(sealed).decode()})

    def unseal(self, name: str) -> dict[str, str]:
        """This will give back what was sealed; an empty mapping when nothing was."""
        sealed = self.facts.get(name)
        if not sealed:
            return {}
        opened = settings.KEYS.open(base64.b64decode(sealed), about=f"{KEY}.{name}")
        words: dict[str, str] = json.loads(opened)
        return words

    def take(self, name: str) -> Any:
        """This will give a fact once and forget it."""
        facts = self.facts
        fact = facts.pop(name, None)
        if fact is not None:
            self.session[KEY] = facts
        return fact

    def is_over(self, at: datetime) -> bool:
        """This will tell whether the visit has lasted half an hour."""
        opened = self.facts.get("opened_at")
        return opened is not None and at.timestamp() - opened > WHOLE.total_seconds()

    def end(self) -> None:
        """This will forget everything and give the machine a new session."""
        self.session.flush()


def at_kiosk(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """This will open a page of the kiosk to everybody, tell it the visit, and keep it out of every cache."""

    @wraps(view)
    def visited(request: HouseRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        visit = Visit(request.session)
        if visit.is_over(request.at):
            visit.end()
        if request.device is not None and visit.facts:
            # The row names the machine, so that revoking the machine ends what was opened on it.
            request.session["device"] = request.device.uid
        request.visit = visit  # type: ignore[attr-defined]
        return view(request, *args, **kwargs)

    return for_everybody(never_cache(visited))


def idle_seconds(request: HouseRequest, visit: Visit) -> int:
    """This will be how long nobody has to touch before the warning. `?idle=` shortens it in the demo only."""
    asked = request.GET.get("idle", "")
    if settings.DEMO_MODE and asked.isascii() and asked.isdigit() and 1 <= int(asked) <= LONGEST_IDLE_S:
        visit.note(at=request.at, idle=int(asked))
    large = 2 if text_size(request) else 1
    return int(visit.facts.get("idle") or settings.KIOSK_IDLE_S * large)

"""Sessions whose keys nobody can read out of the database, and how long each kind lasts.

The cookie holds the key; the row holds 40 hex of its SHA-256. A copied database opens no session.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.backends.base import CreateError, SessionBase, UpdateError
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.crypto import salted_hmac

# Kind of session → (idle, whole life). Staff sit at shared desks; a seeker's phone is their own.
LIVES = {
    "staff": (timedelta(minutes=30), timedelta(hours=12)),
    "seeker": (timedelta(days=7), timedelta(days=30)),
    "kiosk": (timedelta(minutes=5), timedelta(minutes=30)),
}
# Touching at every request would be a synced write per page.
TOUCH_EVERY = timedelta(minutes=1)
EARLIEST = datetime.min.replace(tzinfo=UTC)


def hashed(key: str) -> str:
    """This will be what the database knows of a session key: 40 hex characters."""
    return hashlib.sha256(key.encode()).hexdigest()[:40]


class SessionStore(SessionBase):
    """Django's session backend over people.Session; an expired row is deleted as soon as it is seen."""

    def load(self) -> dict[str, Any]:
        row = _rows().filter(session_key=hashed(self.session_key or "")).first()
        if row is not None and row.expire_date > timezone.now():
            return self.decode(row.session_data)
        if row is not None:
            # Gone for good: a clock set back must not revive it.
            row.delete()
        self._session_key = None
        return {}

    def exists(self, session_key: str) -> bool:
        return _rows().filter(session_key=hashed(session_key)).exists()

    def create(self) -> None:
        while True:
            self._session_key = self._get_new_session_key()  # type: ignore[attr-defined]
            try:
                self.save(must_create=True)
            except CreateError:
                continue
            self.modified = True
            return

    def save(self, must_create: bool = False) -> None:
        """Raises CreateError for a key that is taken and UpdateError for a session ended meanwhile."""
        if self.session_key is None:
            self.create()
            return
        facts = self._facts(self._get_session(no_load=must_create))  # type: ignore[attr-defined]
        rows, key_hash = _rows(), hashed(self.session_key)
        if not must_create:
            # An update, never an upsert: a session ended from elsewhere stays ended.
            if not rows.filter(session_key=key_hash).update(**facts):
                raise UpdateError
            return
        try:
            with transaction.atomic():
                rows.create(session_key=key_hash, **facts)
        except IntegrityError as taken:
            raise CreateError from taken

    def _facts(self, data: dict[str, Any]) -> dict[str, Any]:
        return {
            "session_data": self.encode(data),
            "user_id": data.get(SESSION_KEY),
            "expire_date": self.get_expiry_date(),
            "device_uid": data.get("device", ""),
        }

    def delete(self, session_key: str | None = None) -> None:
        key = session_key or self.session_key
        if key:
            _rows().filter(session_key=hashed(key)).delete()

    @classmethod
    def clear_expired(cls) -> None:
        _rows().filter(expire_date__lt=timezone.now()).delete()


def _rows() -> Any:
    # Imported late: the session engine is loaded before the apps are.
    from yuanmeng.people.models import Session

    return Session.objects


def open_as(session: SessionBase, kind: str, *, at: datetime, browser: str = "") -> None:
    """This will start the clocks of a session just logged in; `browser` is told to its owner."""
    session["kind"], session["opened_at"], session["browser"] = kind, at.timestamp(), browser
    session.pop("seen_at", None)
    touch(session, at=at)


def touch(session: SessionBase, *, at: datetime, by_hand: bool = True) -> bool:
    """This will note that the session is in use; False when its whole life is over and it must end.

    Writes at most once a minute. Sessions that nobody logged into have no clocks and are always fine.
    A page that renews itself is not `by_hand`: it keeps no session alive at a desk that somebody has left.
    """
    if "opened_at" not in session:
        return True
    idle, whole = LIVES[session["kind"]]
    left = datetime.fromtimestamp(session["opened_at"], tz=at.tzinfo) + whole - at
    if left <= timedelta(0):
        return False
    if by_hand and at.timestamp() - session.get("seen_at", 0) >= TOUCH_EVERY.total_seconds():
        session["seen_at"] = at.timestamp()
        session.set_expiry(int(min(idle, left).total_seconds()))
    return True


def end_all(user_id: int, *, but: str = "") -> int:
    """This will end the user's sessions, all `but` the one with that key, and tell how many they were."""
    others = _rows().filter(user_id=user_id).exclude(session_key=hashed(but))
    ended, _ = others.delete()
    return int(ended)


@dataclass(frozen=True)
class Opened:
    """One place where somebody is logged in. `handle` names it on a page and opens nothing."""

    handle: str
    is_here: bool
    browser: str
    opened_at: datetime | None
    seen_at: datetime | None


def opened_by(user_id: int, *, here: str, at: datetime) -> list[Opened]:
    """This will list where the user is logged in: the session with the key `here`, then the latest used."""
    found = [
        _opened(row, row.session_key == hashed(here), at)
        for row in _rows().filter(user_id=user_id, expire_date__gt=at)
    ]
    return sorted(found, key=lambda one: (one.is_here, one.seen_at or EARLIEST), reverse=True)


def end_one(user_id: int, handle: str) -> bool:
    """This will end one session of the user; False where there is none of that handle."""
    keys = [row.session_key for row in _rows().filter(user_id=user_id)]
    ended, _ = _rows().filter(session_key__in=[key for key in keys if _handle(key) == handle]).delete()
    return bool(ended)


def _opened(row: Any, is_here: bool, at: datetime) -> Opened:
    facts = SessionStore().decode(row.session_data)
    opened, seen = (
        datetime.fromtimestamp(facts[name], tz=at.tzinfo) if facts.get(name) else None
        for name in ("opened_at", "seen_at")
    )
    return Opened(_handle(row.session_key), is_here, facts.get("browser", ""), opened, seen)


def _handle(key_hash: str) -> str:
    return salted_hmac("yuanmeng.people.sessions", key_hash, algorithm="sha256").hexdigest()[:16]

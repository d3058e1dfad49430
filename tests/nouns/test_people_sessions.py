"""A session row opens nothing, and every session ends when it should."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from django.contrib.sessions.backends.base import UpdateError
from django.utils import timezone

from yuanmeng.people import sessions
from yuanmeng.people.models import Session, User
from yuanmeng.people.sessions import SessionStore

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 11, 3, 4, 0, tzinfo=UTC)


def kept(**facts: object) -> SessionStore:
    store = SessionStore()
    store.update(facts)
    store.save()
    return store


def test_the_cookie_opens_the_session_and_the_row_does_not():
    key = kept(basket=["v1"]).session_key
    row = Session.objects.get()
    assert SessionStore(key)["basket"] == ["v1"]
    assert row.session_key != key
    assert SessionStore(row.session_key).get("basket") is None


def test_a_new_key_comes_with_log_in_and_the_old_one_is_dead():
    store = kept(basket=["v1"])
    old = store.session_key
    store.cycle_key()
    store.save()
    assert SessionStore(store.session_key)["basket"] == ["v1"]
    assert SessionStore(old).get("basket") is None


def test_an_expired_session_is_gone_even_when_the_clock_goes_back(monkeypatch: pytest.MonkeyPatch):
    key = kept(basket=["v1"]).session_key
    tomorrow = timezone.now() + timedelta(days=1)
    with monkeypatch.context() as later:
        later.setattr(timezone, "now", lambda: tomorrow)
        assert SessionStore(key).get("basket") is None
    assert SessionStore(key).get("basket") is None


def test_a_session_ended_elsewhere_is_not_revived_by_a_late_answer():
    store = kept(basket=["v1"])
    SessionStore(store.session_key).delete()
    store["basket"] = ["v2"]
    with pytest.raises(UpdateError):
        store.save()


@pytest.mark.parametrize(
    ("kind", "idle", "whole"),
    [
        ("staff", timedelta(minutes=30), timedelta(hours=12)),
        ("seeker", timedelta(days=7), timedelta(days=30)),
    ],
)
def test_each_kind_has_its_idle_time_and_its_whole_life(kind: str, idle: timedelta, whole: timedelta):
    store = SessionStore()
    sessions.open_as(store, kind, at=NOON)
    assert store.get_expiry_age() == idle.total_seconds()
    # Near the end of its life the idle time is what is left.
    assert sessions.touch(store, at=NOON + whole - timedelta(minutes=5))
    assert store.get_expiry_age() == 300
    assert not sessions.touch(store, at=NOON + whole)


def test_being_used_is_written_once_a_minute():
    store = SessionStore()
    sessions.open_as(store, "staff", at=NOON)
    store.modified = False
    sessions.touch(store, at=NOON + timedelta(seconds=59))
    assert not store.modified
    sessions.touch(store, at=NOON + timedelta(seconds=60))
    assert store.modified


def test_a_page_that_renews_itself_keeps_no_session_alive():
    store = SessionStore()
    sessions.open_as(store, "staff", at=NOON)
    store.modified = False
    assert sessions.touch(store, at=NOON + timedelta(minutes=20), by_hand=False)
    assert not store.modified
    assert not sessions.touch(store, at=NOON + timedelta(hours=12), by_hand=False)


def test_all_sessions_of_a_user_end_but_one():
    li = User.objects.create_user("li", made_at=NOON)
    phone, cafe = kept(_auth_user_id=str(li.pk)), kept(_auth_user_id=str(li.pk))
    assert sessions.end_all(li.pk, but=phone.session_key or "") == 1
    assert not SessionStore(cafe.session_key).get("_auth_user_id")
    assert SessionStore(phone.session_key)["_auth_user_id"]

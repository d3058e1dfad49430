"""A phone code opens once, soon, in one browser, and tells nobody who is known here."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from yuanmeng.people import codes
from yuanmeng.people.models import PhoneCode

pytestmark = pytest.mark.django_db
PHONE, NOON = "12055550001", datetime(2026, 11, 3, 4, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def demo(settings, tmp_path: Path) -> Path:
    settings.DEMO_MODE = True
    settings.OUTBOX = tmp_path / "outbox.jsonl"
    return settings.OUTBOX


def ask(session: str = "li-phone", at: datetime = NOON, phone: str = PHONE, purpose: str = "login") -> str:
    shown = codes.ask(phone, session=session, purpose=purpose, at=at).shown
    assert shown is not None
    return shown


def opens(code: str, *, session: str = "li-phone", at: datetime = NOON, purpose: str = "login") -> bool:
    try:
        codes.check(PHONE, code, session=session, purpose=purpose, at=at)
    except codes.CodeRefused:
        return False
    return True


def wrong(code: str) -> str:
    return f"{(int(code) + 1) % 1_000_000:06d}"


def test_it_opens_once():
    code = ask()
    assert opens(code)
    assert not opens(code)


def test_it_opens_only_in_the_browser_that_asked():
    assert not opens(ask(), session="somebody-else")


def test_it_opens_only_for_what_it_was_asked():
    assert not opens(ask(purpose="login"), purpose="confirm")


def test_it_is_good_for_ten_minutes():
    code = ask()
    assert not opens(code, at=NOON + timedelta(minutes=10))
    assert opens(code, at=NOON + timedelta(minutes=9, seconds=59))


def test_the_sixth_try_is_refused_even_when_it_is_right():
    code = ask()
    assert not any(opens(wrong(code)) for _try in range(5))
    assert not opens(code)


def test_four_wrong_tries_are_forgiven():
    code = ask()
    for _try in range(4):
        opens(wrong(code))
    assert opens(code)


def test_a_newer_code_replaces_the_older():
    older = ask()
    newer = ask(at=NOON + codes.APART)
    assert older == newer or not opens(older, at=NOON + codes.APART)
    assert opens(newer, at=NOON + codes.APART)


def test_a_second_code_within_a_minute_is_refused_with_the_seconds_to_wait():
    ask()
    with pytest.raises(codes.AskedTooOften) as refusal:
        ask(at=NOON + timedelta(seconds=18))
    assert refusal.value.wait == timedelta(seconds=42)


def test_five_an_hour_and_ten_a_day():
    moments = [NOON + timedelta(minutes=2 * n) for n in range(5)]
    for moment in moments:
        ask(at=moment)
    with pytest.raises(codes.AskedTooOften):
        ask(at=NOON + timedelta(minutes=30))
    for n in range(5):
        ask(at=NOON + timedelta(hours=2, minutes=2 * n))
    with pytest.raises(codes.AskedTooOften):
        ask(at=NOON + timedelta(hours=12))
    ask(at=NOON + timedelta(hours=25))


def test_other_phones_do_not_wait():
    ask()
    ask(phone="12055550002")


def test_the_database_does_not_hold_the_code():
    code = ask()
    row = PhoneCode.objects.get()
    assert len(row.code_hmac) == 64
    assert row.code_hmac != code
    assert PHONE not in row.phone_index


def test_the_message_goes_to_the_outbox(demo: Path):
    code = ask()
    message = json.loads(demo.read_text())
    assert (message["channel"], message["to"], message["kind"]) == ("sms", PHONE, "phone_code")
    assert code in message["text"]


def test_outside_the_demonstration_the_code_is_not_shown(settings):
    settings.DEMO_MODE = False
    assert codes.ask(PHONE, session="li-phone", purpose="login", at=NOON).shown is None


def test_old_codes_are_forgotten():
    ask()
    assert codes.forget_old(at=NOON + timedelta(hours=23)) == 0
    assert codes.forget_old(at=NOON + timedelta(hours=24)) == 1

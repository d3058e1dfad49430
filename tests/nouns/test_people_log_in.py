"""An account opens for its owner, and for nobody else at any price."""

from __future__ import annotations

import base64
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django_otp.oath import hotp

from yuanmeng.core.errors import Refused
from yuanmeng.core.models import AuditEntry
from yuanmeng.people import codes, login, passwords, throttle, totp
from yuanmeng.people.models import User
from yuanmeng.people.passwords import HouseArgon2

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 11, 3, 4, 0, tzinfo=UTC)
PASSWORD = "天山路的早晨 2026"


@pytest.fixture(autouse=True)
def demo(settings, tmp_path):
    settings.DEMO_MODE = True
    settings.OUTBOX = tmp_path / "outbox.jsonl"


@pytest.fixture
def chen() -> User:
    """陈老师, a counsellor: password and second factor."""
    return User.objects.create_user("chen", PASSWORD, totp_secret=totp.new_secret(), made_at=NOON)


@pytest.fixture
def hu() -> User:
    """胡经理, a recruiter: a password only."""
    return User.objects.create_user("hu", PASSWORD, made_at=NOON)


def digits(user: User, at: datetime = NOON) -> str:
    """The six digits an authenticator shows at that moment."""
    return f"{hotp(base64.b32decode(user.totp_secret), int(at.timestamp()) // 30):06d}"


def enter(name: str, password: str = PASSWORD, code: str = "", **facts: Any) -> User:
    given = {"address": "10.0.0.1", "needs_factor": lambda user: user.username == "chen", "at": NOON} | facts
    return login.by_password(name, password, code, **given)


def is_refused(name: str, password: str = PASSWORD, code: str = "", **facts: Any) -> str:
    with pytest.raises(Refused) as refusal:
        enter(name, password, code, **facts)
    return str(refusal.value)


def test_name_and_password_open_an_employer_account(hu: User):
    assert enter("hu") == hu


def test_staff_need_their_second_factor(chen: User):
    assert is_refused("chen")
    assert enter("chen", code=digits(chen)) == chen


def test_staff_without_a_second_factor_do_not_get_in(chen: User):
    chen.totp_secret = ""
    chen.save()
    assert is_refused("chen")


def test_the_same_digits_open_once(chen: User):
    code = digits(chen)
    enter("chen", code=code)
    assert is_refused("chen", code=code)
    assert enter("chen", code=digits(chen, NOON + timedelta(seconds=30)), at=NOON + timedelta(seconds=30))


def test_digits_of_the_neighbouring_step_open_and_older_ones_do_not(chen: User):
    assert is_refused("chen", code=digits(chen, NOON - timedelta(seconds=60)))
    assert enter("chen", code=digits(chen, NOON - timedelta(seconds=30)))


def test_the_second_factor_follows_rfc_6238():
    secret = base64.b32encode(b"12345678901234567890").decode()
    at = datetime.fromtimestamp(1111111109, tz=UTC)
    assert totp.matching_step(secret, "081804", at=at) == 1111111109 // 30


def test_a_recovery_code_opens_once(chen: User):
    first, *rest = login.new_recovery_codes(chen)
    assert len(rest) == 9
    assert enter("chen", code=first) == chen
    assert is_refused("chen", code=first)


def test_wrong_name_wrong_password_and_wrong_digits_sound_the_same(chen: User):
    sentences = {is_refused("nobody"), is_refused("chen", "wrong"), is_refused("chen", code="000000")}
    assert len(sentences) == 1


def test_an_unknown_name_costs_a_hash_too(monkeypatch: pytest.MonkeyPatch, hu: User):
    hashed: list[str] = []
    encode = HouseArgon2.encode
    monkeypatch.setattr(
        HouseArgon2, "encode", lambda self, p, salt: hashed.append(p) or encode(self, p, salt)
    )
    is_refused("nobody")
    assert len(hashed) == 1


def test_after_five_failures_the_right_password_waits_a_quarter_of_an_hour(hu: User):
    for _try in range(5):
        is_refused("hu", "wrong")
    with pytest.raises(throttle.TooManyTries):
        enter("hu", at=NOON + timedelta(minutes=14))
    assert enter("hu", at=NOON + timedelta(minutes=15)) == hu


def test_the_owner_gets_in_from_elsewhere_meanwhile(hu: User):
    for _try in range(5):
        is_refused("hu", "wrong")
    assert enter("hu", address="10.0.0.2") == hu


def test_while_waiting_nothing_is_hashed(monkeypatch: pytest.MonkeyPatch, hu: User):
    for _try in range(5):
        is_refused("hu", "wrong")
    monkeypatch.setattr(login.passwords, "matches", lambda *_given: pytest.fail("hashed while waiting"))
    is_refused("hu")


def test_unknown_names_wait_as_known_ones_do(hu: User):
    for _try in range(5):
        is_refused("hu", "wrong")
        is_refused("nobody", "wrong")
    assert is_refused("hu") == is_refused("nobody")


def test_one_address_may_fail_a_hundred_times_an_hour(hu: User):
    for n in range(100):
        throttle.note_failure(f"name{n}", "10.0.0.9", at=NOON)
    with pytest.raises(throttle.TooManyTries):
        enter("hu", address="10.0.0.9")


def test_success_forgives_the_failures_before_it(hu: User):
    for _try in range(4):
        is_refused("hu", "wrong")
    enter("hu")
    for _try in range(4):
        is_refused("hu", "wrong")
    assert enter("hu") == hu


def test_a_suspended_account_stays_closed(hu: User):
    hu.suspended_at = NOON
    hu.save()
    assert is_refused("hu")


def test_a_staff_account_unused_for_ninety_days_is_locked(chen: User, hu: User):
    spring = NOON + timedelta(days=91)
    assert "90" in is_refused("chen", code=digits(chen, spring), at=spring)
    assert enter("hu", at=spring) == hu


def test_log_ins_and_failures_are_in_the_audit_chain(hu: User):
    is_refused("hu", "wrong")
    enter("hu")
    assert list(AuditEntry.objects.values_list("action", "result")) == [("login", "refused"), ("login", "ok")]
    assert not AuditEntry.objects.filter(reason__contains="wrong").exists()


def test_a_phone_code_opens_the_account_of_the_phone_and_makes_it_once():
    def by_phone(at: datetime) -> User:
        code = codes.ask("12055550001", session="s", purpose="login", at=at).shown or ""
        return login.by_phone("12055550001", code, session="s", at=at)

    first, again = by_phone(NOON), by_phone(NOON + timedelta(minutes=2))
    assert first == again
    assert first.phone == "12055550001"
    assert first.person is None
    assert not first.has_usable_password()


def test_passwords_are_judged_by_length_and_the_common_list():
    with pytest.raises(passwords.WeakPassword):
        passwords.judge("elf zeichen", staff=True)
    with pytest.raises(passwords.WeakPassword):
        passwords.judge("password1", staff=False)
    passwords.judge("小周 2026 毕业", staff=False)


def test_hashes_are_argon2id_at_the_agreed_parameters(hu: User):
    assert hu.password.startswith("argon2$argon2id$v=19$m=19456,t=2,p=1$")

"""A screen shows six digits, an officer enters them; five tries a minute, ten minutes, once."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from tests.nouns import signage as hang
from yuanmeng.core.actors import Told
from yuanmeng.core.errors import Refused
from yuanmeng.core.limits import TooOften
from yuanmeng.core.models import AuditEntry, EventRow, Step
from yuanmeng.signage.models import Command, Device, Pairing, device_of
from yuanmeng.signage.models.pairing import WrongCode, of_secret, pair

pytestmark = pytest.mark.django_db
OFFICER = Told("user:officer")


def test_code_and_secret_lie_nowhere_open(at: datetime) -> None:
    code, secret, row = Pairing.open(at=at)
    assert code not in row.code_index and secret not in row.secret_hash


def test_a_code_holds_for_ten_minutes(at: datetime) -> None:
    code, secret, _row = Pairing.open(at=at)
    late = at + timedelta(minutes=10)
    with pytest.raises(WrongCode):
        pair(code, by=OFFICER, at=late, name="窗")
    assert of_secret(secret, at=late) is None


def test_a_code_is_good_once(at: datetime) -> None:
    code, secret, _row = Pairing.open(at=at)
    pair(f"{code[:3]} {code[3:]}", by=OFFICER, at=at, name="窗")
    with pytest.raises(WrongCode):
        pair(code, by=OFFICER, at=at, name="别的窗")
    row = of_secret(secret, at=at)
    assert row is not None
    token = row.claim(at=at)
    assert device_of(token) == Device.objects.get()
    with pytest.raises(Refused):
        row.claim(at=at)


def test_five_wrong_tries_a_minute_and_the_right_one_waits_too(at: datetime) -> None:
    code, _secret, _row = Pairing.open(at=at)
    wrong = "000000" if code != "000000" else "111111"
    for _turn in range(5):
        with pytest.raises(WrongCode):
            pair(wrong, by=OFFICER, at=at, name="窗")
    with pytest.raises(TooOften):
        pair(code, by=OFFICER, at=at, name="窗")
    assert pair(code, by=OFFICER, at=at + timedelta(minutes=1), name="窗").name == "窗"


def test_a_bad_setting_leaves_the_code_unused(at: datetime) -> None:
    code, _secret, _row = Pairing.open(at=at)
    with pytest.raises(Refused):
        pair(code, by=OFFICER, at=at, name="窗", viewing_m=300)
    assert not Device.objects.exists()
    pair(code, by=OFFICER, at=at, name="窗", viewing_m=3, seams={"columns": 3, "rows": 2, "gap_px": 8})


def test_a_revoked_device_is_paired_again(at: datetime) -> None:
    device, token = hang.device(at=at)
    device.revoke(by=OFFICER, at=at, reason="遗失")
    assert device_of(token) is None
    code, secret, _row = Pairing.open(at=at)
    pair(code, by=OFFICER, at=at, device=device)
    row = of_secret(secret, at=at)
    assert row is not None and device_of(row.claim(at=at)) == device
    assert [step.new for step in Step.of(device)] == ["revoked", "paired"]
    assert list(AuditEntry.objects.values_list("action", flat=True)) == ["device.revoke", "device.pair"]


@pytest.mark.parametrize(
    "facts",
    [
        {"orientation": "upside-down"},
        {"theme": "neon"},
        {"viewing_m": 0.1},
        {"viewing_m": "near"},
        {"seams": {"columns": 0, "rows": 1, "gap_px": 1}},
        {"seams": {"columns": 2, "rows": 1}},
        {"seams": []},
        {"address_range": "somewhere"},
    ],
)
def test_odd_settings_are_refused(at: datetime, facts: dict[str, object]) -> None:
    device, _token = hang.device(at=at)
    with pytest.raises(Refused) as refusal:
        device.set_up(by=OFFICER, at=at, **facts)
    assert refusal.value.field == next(iter(facts))


def test_a_device_is_called_from_its_own_addresses_only(at: datetime) -> None:
    device, token = hang.device(at=at)
    device.set_up(by=OFFICER, at=at, address_range="192.168.10.0/24")
    assert device_of(token, address="192.168.10.7") == device
    assert device_of(token, address="192.168.11.7") is None
    assert device_of(token, address="") is None


def test_a_new_token_that_never_arrived_is_given_again_without_more_time(at: datetime) -> None:
    device, old = hang.device(at=at)
    month = at + timedelta(days=30)
    first = device.renew_token(old, at=month)
    assert device_of(old, at=month) and device_of(first, at=month)
    assert device.renew_token(old, at=month) == "", "two tabs at one moment"
    second = device.renew_token(old, at=month + timedelta(hours=20))
    assert second and device_of(first, at=month + timedelta(hours=20)) is None
    assert device_of(old, at=month + timedelta(hours=25)) is None
    assert device_of(second, at=month + timedelta(hours=25)) == device


def test_a_wish_waits_ten_minutes_and_is_not_doubled(at: datetime) -> None:
    device, _token = hang.device(at=at)
    first = Command.give(device, "reload", by=OFFICER, at=at)
    assert Command.give(device, "reload", by=OFFICER, at=at) == first
    assert EventRow.objects.filter(kind="device.commanded", object_uid=device.uid).count() == 1
    assert not Command.objects.waiting(device, at=at + timedelta(minutes=10)).exists()
    first.finish(at=at)
    assert not Command.objects.waiting(device, at=at).exists()

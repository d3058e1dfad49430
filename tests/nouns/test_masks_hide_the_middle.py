from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from yuanmeng.core.masking import mask_email, mask_id, mask_name, mask_phone


@pytest.mark.parametrize(
    "name, masked", [("王芳", "王*"), ("王小明", "王**"), ("欧阳小小明", "欧***"), ("王", "王*"), ("", "")]
)
def test_names_keep_the_surname(name: str, masked: str) -> None:
    assert mask_name(name) == masked


@pytest.mark.parametrize("phone, masked", [("12012341234", "120****1234"), ("1234567", "****"), ("", "")])
def test_phones_keep_three_and_four(phone: str, masked: str) -> None:
    assert mask_phone(phone) == masked


def test_identity_numbers_hide_the_birthday() -> None:
    assert mask_id("319999198003150011") == "319999********0011"
    assert mask_id("31999919800315") == "********"
    assert mask_id("") == ""


def test_mail_addresses_keep_a_letter_and_the_house() -> None:
    assert mask_email("anna@example.cn") == "a***@example.cn"
    assert mask_email("nonsense") == "***"


@given(st.text(alphabet="0123456789", min_size=8, max_size=15))
def test_four_digits_of_a_phone_never_show(phone: str) -> None:
    shown = mask_phone(phone)
    assert sum(c.isdigit() for c in shown) == 7
    assert "****" in shown

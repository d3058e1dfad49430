"""A basket goes from the kiosk to one phone, within ten minutes, and names nobody."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from yuanmeng.core.models import EventRow
from yuanmeng.vacancies.baskets import MOST, Basket, BasketRefused

pytestmark = pytest.mark.django_db
UIDS = ["a" * 32, "b" * 32]


def test_the_token_opens_it_once(at: Any):
    packed = Basket.pack(UIDS, at=at)
    assert Basket.open(packed.token, at=at).vacancies == UIDS
    for word in (packed.token, packed.code):
        with pytest.raises(BasketRefused):
            Basket.open(word, at=at)


def test_six_digits_open_it_too(at: Any):
    packed = Basket.pack(UIDS, at=at)
    assert len(packed.code) == 6
    assert Basket.open(packed.code, at=at).opened_at == at


def test_after_ten_minutes_it_is_shut(at: Any):
    packed = Basket.pack(UIDS, at=at)
    with pytest.raises(BasketRefused, match="10分钟"):
        Basket.open(packed.token, at=at + timedelta(minutes=10))


def test_neither_word_can_be_read_out_of_the_table(at: Any):
    packed = Basket.pack(UIDS, at=at)
    kept = repr(Basket.objects.values().get())
    assert packed.token not in kept
    assert packed.code not in kept
    assert len(packed.token) >= 22  # 128 bits


def test_it_holds_twelve_at_most_and_old_ones_go(at: Any):
    Basket.pack(UIDS, at=at - timedelta(days=2))
    packed = Basket.pack([str(n) for n in range(30)], at=at)
    assert len(packed.basket.vacancies) == MOST
    assert Basket.objects.count() == 1


def test_packing_and_opening_are_told(at: Any):
    packed = Basket.pack(UIDS, at=at)
    Basket.open(packed.token, at=at)
    kinds = EventRow.objects.filter(object_uid=packed.basket.uid).values_list("kind", flat=True)
    assert list(kinds) == ["basket.packed", "basket.opened"]

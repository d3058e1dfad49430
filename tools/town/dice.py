"""Chance that falls the same way for the same seed, and identifiers that belong to nobody."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from random import Random
from typing import TypeVar

T = TypeVar("T")

# GB 11643 and GB 32100; area 319999 is assigned to nobody.
ID_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
USCC_ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
USCC_WEIGHTS = (1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28)
ORG_WEIGHTS = (3, 7, 9, 10, 5, 8, 4, 2)
NOBODYS_AREA = "319999"


class Dice(Random):
    """This will choose as chance does, again and again in the same order."""

    def some(self, things: Sequence[T], low: int, high: int) -> list[T]:
        """Between low and high different things, in their old order."""
        count = min(len(things), self.randint(low, high))
        return [things[at] for at in sorted(self.sample(range(len(things)), count))]

    def of(self, weighted: dict[T, int]) -> T:
        """One key, as often as its weight says."""
        return self.choices(list(weighted), list(weighted.values()))[0]

    def chance(self, share: float) -> bool:
        return self.random() < share


def resident_id(born: date, order: int) -> str:
    """An ID number of nobody; an even order is female."""
    first = f"{NOBODYS_AREA}{born:%Y%m%d}{order:03d}"
    return first + "10X98765432"[sum(int(c) * w for c, w in zip(first, ID_WEIGHTS, strict=True)) % 11]


def uscc(register: str, serial: int) -> str:
    """A credit code of nobody: register is department and kind, 91 a company, 92 a shop, 52 a non-profit."""
    body = f"A{serial:07d}"
    first = register + NOBODYS_AREA + body + _org_check(body)
    total = sum(USCC_ALPHABET.index(c) * w for c, w in zip(first, USCC_WEIGHTS, strict=True))
    return first + USCC_ALPHABET[(31 - total % 31) % 31]


def _org_check(body: str) -> str:
    rest = 11 - sum(int(c, 36) * w for c, w in zip(body, ORG_WEIGHTS, strict=True)) % 11
    return {10: "X", 11: "0"}.get(rest, str(rest))


class Phones:
    """This will deal out numbers 12x + 8 digits, which no network gives out, each once."""

    def __init__(self, dice: Dice) -> None:
        self.dice, self.dealt = dice, set[str]()

    def next(self) -> str:
        while (number := f"12{self.dice.randint(0, 9)}{self.dice.randint(0, 99999999):08d}") in self.dealt:
            pass
        self.dealt.add(number)
        return number

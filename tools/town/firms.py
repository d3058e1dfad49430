"""The employers: 180 fictitious firms with an address on a real street."""

from __future__ import annotations

from dataclasses import dataclass

from town.dice import Dice, Phones, uscc
from town.firmkinds import KINDS, SHOP, FirmKind
from town.names import Brands, person

# Streets and the house numbers of the part inside the sub-district; the middle ones are the busy ones.
STREETS = {
    "天山路": (420, 940, 9),
    "娄山关路": (440, 860, 8),
    "遵义路": (100, 560, 7),
    "玉屏南路": (60, 690, 5),
    "茅台路": (30, 400, 5),
    "仙霞路": (30, 380, 5),
    "天山支路": (20, 270, 4),
    "古北路": (80, 640, 4),
    "安顺路": (90, 290, 3),
    "延安西路": (1720, 2040, 3),
    "云雾山路": (20, 390, 2),
    "凯旋路": (960, 1390, 2),
}
FLOORS = ("", "", "底层", "2楼", "3楼", "5楼", "8楼", "12楼", "A座6楼", "B座1503室", "201室", "3号楼", "沿街")


@dataclass(frozen=True)
class Firm:
    """One employer as it registers itself."""

    number: str
    name: str
    uscc: str
    kind: FirmKind
    size: str
    address: str
    contact: str
    phone: str
    trusted: bool  # whose papers a reviewer has already checked


def address(dice: Dice, street: str = "") -> str:
    """A fictitious number on a real street of the sub-district."""
    street = street or dice.of({name: weight for name, (_, _, weight) in STREETS.items()})
    low, high, _ = STREETS[street]
    return f"上海市长宁区{street}{dice.randint(low, high)}号{dice.choice(FLOORS)}"


def make_firms(dice: Dice, phones: Phones) -> list[Firm]:
    """All employers, shuffled, numbered as the register would."""
    kinds = [kind for kind in KINDS for _ in range(kind.count)]
    dice.shuffle(kinds)
    brands = Brands(dice)
    return [_firm(dice, phones, brands, kind, at + 1) for at, kind in enumerate(kinds)]


def _firm(dice: Dice, phones: Phones, brands: Brands, kind: FirmKind, serial: int) -> Firm:
    title = dice.choice(("女士", "先生", "经理", "店长" if kind.register == SHOP or kind.stores else "主管"))
    return Firm(
        number=f"DW{serial:04d}",
        name=kind.name.format(b=brands.next()) + "（示例）",
        uscc=uscc(kind.register, serial),
        kind=kind,
        size=dice.choice(kind.sizes),
        address=address(dice),
        contact=person(dice, "f", 1985)[0] + title,
        phone=phones.next(),
        trusted=serial % 23 != 0,
    )

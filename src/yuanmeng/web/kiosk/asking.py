"""The three questions for whoever is not known here: which work, from where, what it must have.

Each answer is one touch and stands in the address of the next page, nowhere else. Addresses carry the
visit's own word: what Back brings up of an earlier visit is no answer in this one.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from urllib.parse import urlencode

from django.conf import settings
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from yuanmeng.places import gazetteer
from yuanmeng.places.gazetteer import AreaName
from yuanmeng.recommend.door import Answers

AREAS = 5  # beside "from here"
NEAR_MINUTES = 30
PAYS_YUAN = (4_000, 6_000, 8_000)
BY_DAY = ("PART_TIME", "PER_DIEM", "TEMPORARY")
BY_DAYLIGHT = ("early", "middle", "day")
# Kind of work on the tile → medium groups of 职业分类大典 2022; nothing: all the same.
CODES: dict[str, tuple[str, ...]] = {
    "food": ("4-03", "6-02", "6-01"), "clean": ("4-09", "4-10"), "care": ("4-10", "4-14"),
    "shop": ("4-01",), "carry": ("4-02", "6-30"), "guard": ("4-07", "4-06", "3-02"),
    "office": ("3-01", "2-06", "4-13"), "repair": ("4-12", "6-29", "6-18"), "computer": ("2-02", "4-04"),
    "any": (),
}  # fmt: skip


@dataclass(frozen=True)
class Tile:
    """A big answer: its words, the icon beside it, and where touching it leads."""

    label: str
    query: str
    icon: str = ""
    on: bool = False


@dataclass(frozen=True)
class Asked:
    """What has been answered so far in this visit; what nobody offers is no answer."""

    visit: str
    work: str = ""
    area: str = ""
    pay: int = 0
    wishes: frozenset[str] = field(default_factory=frozenset)  # near, part, days
    done: bool = False

    @classmethod
    def read(cls, said: Mapping[str, str], visit: str) -> Asked:
        """Read the address of a page; one of another visit answers nothing."""
        if said.get("visit") != visit:
            return cls(visit)
        areas = {"here", *(area.code for area in _areas())}
        pay = said.get("pay", "")
        return cls(
            visit,
            work=said.get("work", "") if said.get("work") in CODES else "",
            area=said.get("area", "") if said.get("area") in areas else "",
            pay=int(pay) if pay in map(str, PAYS_YUAN) else 0,
            wishes=frozenset(wish for wish in ("near", "part", "days") if said.get(wish) == "1"),
            done=said.get("go") == "1",
        )

    @property
    def question(self) -> str:
        """The question that is still open; "" when all three are answered."""
        return "work" if not self.work else "area" if not self.area else "" if self.done else "must"

    def address(self, **change: object) -> str:
        """The address with some answers changed; "" lifts one."""
        said: dict[str, object] = {
            "visit": self.visit, "work": self.work, "area": self.area, "pay": self.pay or "",
            "go": "1" if self.done else "",
        }  # fmt: skip
        said |= dict.fromkeys(self.wishes, "1") | change
        return "?" + urlencode({name: value for name, value in said.items() if value})

    def answers(self) -> Answers:
        """As the engine is told."""
        lon, lat = self._from()
        return Answers(
            occupations=CODES[self.work],
            lon=lon,
            lat=lat,
            commute_max_minutes=NEAR_MINUTES if "near" in self.wishes else None,
            pay_floor_fen=self.pay * 100 or None,
            employment_types=BY_DAY if "part" in self.wishes else (),
            shifts=BY_DAYLIGHT if "days" in self.wishes else (),
        )

    def _from(self) -> tuple[float, float]:
        found = {area.code: (area.lon, area.lat) for area in _areas()}
        return found.get(self.area, settings.HERE)


def tiles(asked: Asked) -> list[Tile]:
    """The answers offered to the question that is open."""
    if asked.question == "work":
        return [Tile(label, asked.address(work=key), key) for key, label in works().items()]
    if asked.question == "area":
        here = Tile(_("From here"), asked.address(area="here"), "here")
        return [here, *(Tile(_name(area), asked.address(area=area.code), "place") for area in _areas())]
    pays = [Tile(_pay(yuan), asked.address(pay=yuan, go=1), "pay") for yuan in PAYS_YUAN]
    return [
        *pays,
        Tile(_("Part time, day pay"), asked.address(part=1, go=1), "part"),
        Tile(_("Only by day"), asked.address(days=1, go=1), "days"),
        Tile(_("All the same to me"), asked.address(go=1), "any"),
    ]


def given(asked: Asked) -> list[Tile]:
    """The answers given, each leading back to its question."""
    area = next((_name(area) for area in _areas() if area.code == asked.area), _("From here"))
    return [
        Tile(works()[asked.work], asked.address(work=""), asked.work, on=True),
        Tile(area, asked.address(area=""), "place", on=True),
    ]


def wishes(asked: Asked) -> list[Tile]:
    """What else it may have to have: touched once it counts, touched again it does not."""
    pays = [
        Tile(_pay(yuan), asked.address(pay="" if asked.pay == yuan else yuan), on=asked.pay == yuan)
        for yuan in PAYS_YUAN
    ]
    named = {
        "near": _("At most %(minutes)d minutes on the way") % {"minutes": NEAR_MINUTES},
        "part": _("Part time, day pay"), "days": _("Only by day"),
    }  # fmt: skip
    switches = [
        Tile(label, asked.address(**{wish: "" if wish in asked.wishes else 1}), on=wish in asked.wishes)
        for wish, label in named.items()
    ]
    return [*switches, *pays]


def works() -> dict[str, str]:
    """Kinds of work as the tiles say them."""
    return {
        "food": _("Kitchen and restaurant"), "clean": _("Cleaning and household"),
        "care": _("Caring for people"), "shop": _("Shop and till"), "carry": _("Delivery and storage"),
        "guard": _("Guarding and reception"), "office": _("Office and books"),
        "repair": _("Repairing and building"), "computer": _("Computers and data"),
        "any": _("All the same to me"),
    }  # fmt: skip


def _pay(yuan: int) -> str:
    return _("From %(yuan)s yuan a month") % {"yuan": f"{yuan:,}"}


def _areas() -> list[AreaName]:
    return gazetteer.subdistricts_near(*settings.HERE, most=AREAS)


def _name(area: AreaName) -> str:
    return area.name if (get_language() or "").startswith("zh") else area.name_en

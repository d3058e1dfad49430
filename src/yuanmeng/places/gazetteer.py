"""An address in words becomes a point, as exactly as the words allow and never more.

Streets are short lines with house numbers at a few crossings (data/reference/gazetteer.json); a number
between two of them is put between their points. Good to about 150 m: the precision says so.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, replace
from functools import cache
from itertools import pairwise
from typing import Any

from yuanmeng.core.reference import reference
from yuanmeng.places.distance import metres

POINT, STREET, AREA, NONE = "point", "street", "area", "none"

Stop = tuple[int, float, float]


@dataclass(frozen=True)
class Found:
    """This will say where an address lies: degrees WGS-84, how exactly, in which area, and its tidy form."""

    lon: float
    lat: float
    precision: str
    area_code: str
    address: str


@dataclass(frozen=True)
class AreaName:
    """One area of the table, with what its neighbours call it."""

    code: str
    name: str
    level: str
    parent: str | None
    lon: float
    lat: float
    name_en: str = ""


def find_place(address: str) -> Found | None:
    """This will look an address up; None when not even its district is known.

    1. One of our streets with a house number lies on that street.  2. A landmark named in it is a point.
    3. The street alone is its middle.  4. A residential area, sub-district or district is that area.
    Streets and landmarks count only when the address names no other town or district: 天山路 exists in many.
    """
    text = tidy(address)
    if not text or re.match(r"[^路街号区县]{2,8}?[省市]", text):
        return None
    area = find_area(text)
    found = _inside(text) if area is None or area.code.startswith(("310105", "310000")) else None
    if found:
        return replace(found, address=text)
    if area is None or area.level == "city":
        return None
    return Found(area.lon, area.lat, AREA, area.code, text)


def tidy(address: str) -> str:
    """This will write an address one way: half-width, no spaces, 号 after a bare number, no city."""
    text = re.sub(r"\s+", "", unicodedata.normalize("NFKC", address or ""))
    text = re.sub(r"^(?:中国)?上海市?[-·,]?(?:上海市?)?", "", text)
    text = re.sub(r"(?<=[路街道弄])(\d+)(?=$|[(,,])", r"\1号", text)
    return text.strip("-,。;")


def find_area(text: str) -> AreaName | None:
    """This will find the smallest area named in a text; merged districts count as what they became."""
    return next((area for pattern, area in _area_words() if pattern.search(text)), None)


def district_code(text: str) -> str | None:
    """This will give the 6-digit code of the Shanghai district named in a text, or None."""
    area = find_area(tidy(text))
    return area.code[:6] if area and area.level != "city" else None


def area_name(code: str) -> str:
    """This will give an area's Chinese name, or an empty string for a code we do not hold."""
    area = _areas().get(code)
    return area.name if area else ""


def subdistricts_near(lon: float, lat: float, *, most: int) -> list[AreaName]:
    """This will list the sub-districts whose middles lie nearest, the nearest first."""
    rows = [area for area in _areas().values() if area.level == "subdistrict"]
    return sorted(rows, key=lambda area: metres((lon, lat), (area.lon, area.lat)))[:most]


def centre() -> tuple[float, float]:
    """This will give the middle of the sub-district, lon and lat."""
    lon, lat = reference("gazetteer")["subdistrict"]["centre"]
    return lon, lat


def bounds() -> tuple[float, float, float, float]:
    """This will give west, south, east, north of the sub-district in degrees."""
    west, south, east, north = reference("gazetteer")["subdistrict"]["bounds"]
    return west, south, east, north


@cache
def streets() -> dict[str, list[Stop]]:
    """This will give each street's stops (house number, lon, lat), in the order of the numbers."""
    return {s["zh"]: [tuple(stop) for stop in s["stops"]] for s in reference("gazetteer")["streets"]}


def _inside(text: str) -> Found | None:
    """Inside our own sub-district: a numbered house, a landmark, a street; None for anything else."""
    home = reference("gazetteer")["subdistrict"]["code"]
    numbered = re.search(_street_pattern() + r"(\d+)(?:[-~]\d+)?(?=号|弄)", text)
    if numbered:
        point = _house(numbered[1], int(numbered[2]))
        return Found(*point, STREET, home, text) if point else None
    for word, spot in _landmark_words():
        if word in text:
            return Found(spot["lon"], spot["lat"], POINT, home, text)
    street = re.search(_street_pattern(), text)
    return Found(*_middle(street[1]), STREET, home, text) if street else None


def _house(street: str, number: int) -> tuple[float, float] | None:
    """None for a number far past the last crossing: it stands in a part of the street we do not draw."""
    stops = streets()[street]
    return along(stops, number) if stops[0][0] - 120 <= number <= stops[-1][0] + 120 else None


def _middle(street: str) -> tuple[float, float]:
    stops = streets()[street]
    return along(stops, (stops[0][0] + stops[-1][0]) // 2)


def along(stops: list[Stop], number: int) -> tuple[float, float]:
    """This will put a house number between its neighbours on the line; past an end it stays at the end."""
    number = max(stops[0][0], min(stops[-1][0], number))
    for (n1, x1, y1), (n2, x2, y2) in pairwise(stops):
        if n1 <= number <= n2:
            share = (number - n1) / (n2 - n1)
            return round(x1 + share * (x2 - x1), 6), round(y1 + share * (y2 - y1), 6)
    raise ValueError("stops must be in the order of their numbers")


@cache
def _street_pattern() -> str:
    # Longest first, so that 天山支路 is not read as 天山路, and no 西 or 南 may stand between.
    names = sorted(streets(), key=len, reverse=True)
    return "(" + "|".join(names) + ")(?!街道)"


@cache
def _landmark_words() -> list[tuple[str, Any]]:
    """Every name of every landmark, the longest first."""
    spots = reference("gazetteer")["landmarks"]
    words = [(word, spot) for spot in spots for word in (spot["zh"], spot["also"]) if word]
    return sorted(words, key=lambda pair: -len(pair[0]))


@cache
def _areas() -> dict[str, AreaName]:
    rows = reference("areas")["items"]
    return {
        r["code"]: AreaName(r["code"], r["zh"], r["level"], r["parent"], r["lon"], r["lat"], r.get("en", ""))
        for r in rows
    }


@cache
def _area_words() -> list[tuple[re.Pattern[str], AreaName]]:
    """Every way to name an area, the smallest areas first."""
    rank = {"committee": 0, "subdistrict": 1, "district": 2, "city": 3}
    words = [(word, area) for area in _areas().values() for word in _names_of(area)]
    table = reference("areas")
    words += [(old["zh"], _areas()[old["became"]]) for old in table["former"]]
    words += [(cut, _areas()[code]) for cut, code in table["cut_names"].items()]
    words.sort(key=lambda pair: rank[pair[1].level])
    return [(re.compile(word), area) for word, area in words]


def _names_of(area: AreaName) -> list[str]:
    """天山四村居民区 is also 天山四村; 天山路街道 is never 天山路: that is a street."""
    if area.level == "committee":
        short = area.name.removesuffix("居民区")
        return [f"{short}(?:居民区|居委)", *([short] if short.endswith("村") else [])]
    if area.level == "district":
        # A bare 浦东 or 宝山 opens an address; 宝山路 and 黄浦江 are something else.
        short = area.name.removesuffix("新区").removesuffix("区")
        return [area.name, f"^{short}(?![路江桥东西南北一-九])"]
    return [area.name]

"""Which district of Shanghai a row means. Old names by a dated table; another city's is a contradiction.

Codes: GB/T 2260. Mergers: 静安 + 闸北 2015, 黄浦 + 卢湾 2011, 浦东 + 南汇 2009; 崇明县 became 崇明区 in 2016.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

from yuanmeng.intake.reasons import Note

CITY = "上海"
CITY_CODE = "310000"
DISTRICTS = {
    "黄浦区": "310101", "徐汇区": "310104", "长宁区": "310105", "静安区": "310106", "普陀区": "310107",
    "虹口区": "310109", "杨浦区": "310110", "闵行区": "310112", "宝山区": "310113", "嘉定区": "310114",
    "浦东新区": "310115", "金山区": "310116", "松江区": "310117", "青浦区": "310118", "奉贤区": "310120",
    "崇明区": "310151",
}  # fmt: skip
# Old name → (today's name, the day it ended).
RENAMED = {
    "闸北区": ("静安区", "2015-11-04"),
    "卢湾区": ("黄浦区", "2011-06-08"),
    "南汇区": ("浦东新区", "2009-05-06"),
    "崇明县": ("崇明区", "2016-07-22"),
    "南市区": ("黄浦区", "2000-06-13"),
}
# A cut or short form that can mean only one of them.
_SHORT = {name[:-1]: name for name in DISTRICTS if name != "浦东新区"}
_SHORT |= dict.fromkeys(("浦东", "浦东区", "东新区"), "浦东新区")
_CORRECTED = frozenset({"东新区"})
# Words that end like a district and are none.
_NO_DISTRICT = re.compile(
    r"(?:开发|园|小|社|工业|保税|自贸|商务|校|厂|矿|景|郊|市|城|地|片|库|示范|产业|科技|经济|高新)区$"
)
_AT_START = re.compile(r"^(?:中国)?(?:上海市?)?[\s·\-—,，]*(?P<district>[\u4e00-\u9fff]{1,4}?(?:新区|区|县))")


@dataclass(frozen=True, slots=True)
class Area:
    """The district's code or None, what is left of the words, and what was noticed."""

    code: str | None = None
    name: str = ""
    contradiction: bool = False
    words: str = ""
    note: Note | None = None


@lru_cache(maxsize=20_000)
def read_area(city: str, district: str, address: str) -> Area:
    """This will read the district from its own column, else from the city's, else from the address.

    A place that is no district (张江, 漕河泾) stays as words. Nothing is guessed: two districts that
    differ, or one of another city under Shanghai, leave the code open and say `contradiction`.
    """
    town, inside = _city(_folded(city))
    if district.startswith(CITY):  # 51job writes "上海-浦东新区" into the district's column
        town, district = _city(_folded(district))
    named = [_district(_folded(word), town) for word in (district, inside) if word]
    if not named:
        named = [_from_address(_folded(address), town)]
    if any(area.contradiction for area in named) or len({a.code for a in named if a.code}) > 1:
        return Area(contradiction=True)
    known = next((area for area in named if area.code), None)
    words = next((area.words for area in named if area.words), "")
    return Area(known.code, known.name, words=words, note=known.note) if known else Area(words=words)


def _folded(text: str) -> str:
    return unicodedata.normalize("NFKC", text).strip()


def _city(words: str) -> tuple[str, str]:
    """ "上海-徐汇区" → (上海, 徐汇区); "上海" → (上海, "")."""
    town, _, inside = re.sub(r"[\s·,]+", "-", words).partition("-")
    return town.removesuffix("市"), inside


def _district(words: str, town: str) -> Area:
    if town and town != CITY:
        return Area(words=words)
    name = _known_name(words)
    if name:
        return name
    if words.endswith(("区", "县")) and not _NO_DISTRICT.search(words):
        return Area(contradiction=bool(town), words=words)
    return Area(words=words)


def _known_name(words: str) -> Area | None:
    if words in DISTRICTS:
        return Area(DISTRICTS[words], words)
    if words in RENAMED:
        today = RENAMED[words][0]
        return Area(DISTRICTS[today], today, note=Note.DISTRICT_RENAMED)
    if words in _SHORT:
        name = _SHORT[words]
        return Area(DISTRICTS[name], name, note=Note.DISTRICT_CORRECTED if words in _CORRECTED else None)
    return None


def _from_address(address: str, town: str) -> Area:
    """Only the start of an address is believed: 浦东新区… yes, 张江高科技园区 no."""
    if town and town != CITY:
        return Area()
    said_shanghai = town == CITY or address.startswith(CITY)
    found = _AT_START.match(address)
    if not found:
        return Area()
    words = found["district"]
    known = _known_name(words) if len(words) > 2 else None
    if known:
        return known
    plausible = 2 < len(words) <= 4 and not _NO_DISTRICT.search(words)
    return Area(contradiction=said_shanghai and plausible)

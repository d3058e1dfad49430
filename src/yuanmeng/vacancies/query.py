"""What somebody looks for, read once from the address and refused clearly when it makes no sense.

The search page, the API, the map, the wall and the kiosk all read the same parameters here, so that a link
copied from one opens the same vacancies on another.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from enum import StrEnum
from typing import Any, Protocol
from urllib.parse import urlencode

from django.utils.translation import gettext as _

from yuanmeng.core.errors import Refused
from yuanmeng.core.text import normal
from yuanmeng.places.hexes import RADII_M

LONGEST_TEXT, MOST_VALUES = 80, 20
PAGE_SIZE, LARGEST_PAGE, DEEPEST_ROW = 20, 100, 100_000
FAR_MINUTES, OLD_DAYS, HIGH_PAY_YUAN = 240, 365, 1_000_000


class QueryRefused(Refused):
    """A parameter that cannot be understood; `field` names it."""

    code = "bad_query"


class Sort(StrEnum):
    """What stands first. BEST: words in the title before words in the text, then the newest."""

    BEST = "best"
    NEWEST = "newest"
    NEAREST = "nearest"
    PAY = "pay"
    MATCH = "match"


class Params(Protocol):
    """A QueryDict, or anything like it."""

    def getlist(self, key: str) -> Sequence[Any]: ...


class Plain(dict[str, Any]):
    """Parameters held in an ordinary mapping, for callers that have no request."""

    def getlist(self, key: str) -> list[Any]:
        value = self.get(key, [])
        return list(value) if isinstance(value, (list, tuple)) else [value]


@dataclass(frozen=True)
class VacancyQuery:
    """Filters, order and page. Empty means: all open vacancies, newest first.

    `education` is the highest rank the person has; `pay_min` is yuan a month. `minutes` (by `by`) and `ride`
    (by bicycle, beside minutes on foot) need `here`; who names both wants both.
    Tuples hold alternatives: any of these industries.
    """

    q: str = ""
    terms: tuple[str, ...] = ()
    industry: tuple[str, ...] = ()
    occupation: tuple[str, ...] = ()
    employment_type: tuple[str, ...] = ()
    area: tuple[str, ...] = ()
    tag: tuple[str, ...] = ()
    organisation: tuple[str, ...] = ()
    education: int | None = None
    no_degree: bool = False
    pay_min: int | None = None
    posted_days: int | None = None
    here: tuple[float, float] | None = None
    minutes: int | None = None
    ride: int | None = None
    by: str = "walk"
    cell: tuple[int, int, int] | None = None
    sort: Sort = Sort.NEWEST
    page: int = 1
    size: int = PAGE_SIZE

    @classmethod
    def parse(cls, params: Params | Mapping[str, Any]) -> VacancyQuery:
        """This will read a request's parameters; unknown ones are left to whoever knows them.

        Raises QueryRefused with the parameter's name in `field`.
        """
        read = _Reader(params if hasattr(params, "getlist") else Plain(params))
        q = read.text("q")
        here, minutes = read.point("from"), read.whole("minutes", 1, FAR_MINUTES)
        ride = read.whole("ride", 1, FAR_MINUTES)
        if here is None and (minutes is not None or ride is not None):
            raise QueryRefused(
                _("To filter by minutes, please say from where: from=longitude,latitude."), field="from"
            )
        query = cls(
            q=q,
            terms=tuple(dict.fromkeys(normal(q).split())),
            industry=read.codes("industry"),
            occupation=read.codes("occupation"),
            employment_type=read.codes("employment_type"),
            area=read.codes("area"),
            tag=read.words("tag"),
            organisation=read.codes("organisation"),
            education=read.whole("education", 1, 9),
            no_degree=read.flag("no_degree"),
            pay_min=read.whole("pay_min", 0, HIGH_PAY_YUAN),
            posted_days=read.whole("posted_days", 1, OLD_DAYS),
            here=here,
            minutes=minutes,
            ride=ride,
            by=read.one_of("by", ("walk", "ride")) or "walk",
            cell=read.cell("cell"),
            sort=Sort(read.one_of("sort", tuple(Sort)) or (Sort.BEST if normal(q) else Sort.NEWEST)),
            page=read.whole("page", 1, DEEPEST_ROW) or 1,
            size=read.whole("size", 1, LARGEST_PAGE) or PAGE_SIZE,
        )
        return query._checked()

    def _checked(self) -> VacancyQuery:
        if self.sort == Sort.NEAREST and self.here is None:
            raise QueryRefused(
                _("To sort by distance, please say from where: from=longitude,latitude."), field="from"
            )
        if self.page * self.size > DEEPEST_ROW:
            raise QueryRefused(
                _("That is too far down the list. Please narrow the search instead."), field="page"
            )
        return self

    def to_params(self) -> dict[str, Any]:
        """This will give the parameters back, only those that differ from the default, in a stable order."""
        given: dict[str, Any] = {}
        for column in fields(self):
            value = getattr(self, column.name)
            if column.name != "terms" and value != column.default:
                given["from" if column.name == "here" else column.name] = _written(column.name, value)
        if self.sort == Sort.BEST and self.terms:
            given.pop("sort")
        return given

    def address(self, **changes: Any) -> str:
        """This will give the query string with some fields changed (None drops one); page returns to 1."""
        params = {**self.to_params(), **changes}
        if "page" not in changes:
            params.pop("page", None)
        return urlencode({k: v for k, v in params.items() if v not in (None, "", ())}, doseq=True)


def _written(name: str, value: Any) -> Any:
    if name == "here":
        return f"{value[0]:.6f},{value[1]:.6f}"
    if name == "cell":
        return ":".join(str(part) for part in value)
    if isinstance(value, bool):
        return "1"
    return list(value) if isinstance(value, tuple) else str(value)


class _Reader:
    """Reads one parameter at a time and refuses by name."""

    def __init__(self, params: Any) -> None:
        self.params = params

    def text(self, name: str) -> str:
        given = [str(value) for value in self.params.getlist(name)]
        value = given[-1].strip() if given else ""
        if len(value) > LONGEST_TEXT:
            raise QueryRefused(
                _("Please search with at most %(count)d characters.") % {"count": LONGEST_TEXT}, field=name
            )
        if "\x00" in value:
            raise QueryRefused(_("The search text holds a character that cannot be read."), field=name)
        return value

    def codes(self, name: str) -> tuple[str, ...]:
        """Alternatives: `industry=I&industry=H` or `industry=I,H`."""
        given = [part.strip() for value in self.params.getlist(name) for part in str(value).split(",")]
        codes = tuple(dict.fromkeys(part for part in given if part))
        odd = [c for c in codes if len(c) > 32 or not c.replace("-", "").replace("_", "").isalnum()]
        if len(codes) > MOST_VALUES or odd:
            raise QueryRefused(_("“%(name)s” does not hold codes we know.") % {"name": name}, field=name)
        return codes

    def words(self, name: str) -> tuple[str, ...]:
        """Alternatives in the employers' own words: `tag=50%2B友好,应届可投`."""
        given = [part.strip() for value in self.params.getlist(name) for part in str(value).split(",")]
        words = tuple(dict.fromkeys(part for part in given if part))
        if len(words) > MOST_VALUES or any(len(w) > 32 or "|" in w or "\x00" in w for w in words):
            raise QueryRefused(_("“%(name)s” does not hold codes we know.") % {"name": name}, field=name)
        return words

    def whole(self, name: str, low: int, high: int) -> int | None:
        value = self.text(name)
        if not value:
            return None
        if not (value.isascii() and value.isdigit() and low <= int(value) <= high):
            raise QueryRefused(
                _("“%(name)s” should be a whole number from %(low)d to %(high)d.")
                % {"name": name, "low": low, "high": high},
                field=name,
            )
        return int(value)

    def flag(self, name: str) -> bool:
        return self.one_of(name, ("0", "1", "true", "false", "on", "off")) in {"1", "true", "on"}

    def one_of(self, name: str, allowed: Sequence[str]) -> str:
        value = self.text(name)
        if value and value not in allowed:
            raise QueryRefused(
                _("“%(name)s” should be one of: %(allowed)s.")
                % {"name": name, "allowed": ", ".join(allowed)},
                field=name,
            )
        return value

    def point(self, name: str) -> tuple[float, float] | None:
        value = self.text(name)
        if not value:
            return None
        try:
            lon, lat = (float(part) for part in value.split(","))
        except ValueError:
            lon = lat = float("nan")
        if not (-180 <= lon <= 180 and -90 <= lat <= 90):
            raise QueryRefused(
                _("“%(name)s” should be longitude,latitude in degrees (WGS-84).") % {"name": name}, field=name
            )
        return lon, lat

    def cell(self, name: str) -> tuple[int, int, int] | None:
        value = self.text(name)
        if not value:
            return None
        try:
            radius, q, r = (int(part) for part in value.split(":"))
        except ValueError:
            radius = q = r = 0
        if radius not in RADII_M or max(abs(q), abs(r)) > 1 << 16:
            raise QueryRefused(
                _("“%(name)s” should be a cell of the map: radius:q:r.") % {"name": name}, field=name
            )
        return radius, q, r

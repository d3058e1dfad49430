"""The board: all vacancies that may be open, in this process's memory, as fresh as the last event.

Every figure of the house (search, map, wall, kiosk, today's figures) is counted from one board, so the parts
add up. A caller asks `current()`; that costs one look at the newest event (30 µs on SQLite, 300 µs on
PostgreSQL) and re-reads only the vacancies that events name. What ends by date needs no event: callers ask
for a day. **The one contract: whoever changes what a published vacancy shows tells a `vacancy.` event (or an
`organisation.` event) in the same transaction.**

Words are found in the text index (textindex), which a worker brings up to date by the same events. Texts
that changed since the worker's bookmark are kept here and compared directly, so a vacancy is findable the
moment it is published, whether a worker runs or not.
"""

from __future__ import annotations

import logging
import threading
from collections import OrderedDict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from functools import cache, reduce
from typing import TypeVar

import numpy as np
from django.db import connection
from django.db.models import Q
from django.utils import timezone

from yuanmeng.core.models import Bookmark
from yuanmeng.core.reference import reference
from yuanmeng.core.text import normal
from yuanmeng.vacancies import textindex
from yuanmeng.vacancies.columns import Codebook, Columns, Line, Mask, Wordbook
from yuanmeng.vacancies.models import PER_MONTH, PayUnit, State, Vacancy, VacancyQuerySet

log = logging.getLogger(__name__)
READER = "vacancies.text"
MANY_FRESH = 20_000
KEPT_HITS = 64
BARRED = ["suspended", "blacklisted"]
T = TypeVar("T")
Mark = tuple[int, int]  # (xid, id) of an event: the order of core.events

INDUSTRIES, SECTIONS, OCCUPATIONS, TYPES, AREAS, ORGANISATIONS = (Codebook() for _n in range(6))
TITLES, FIRMS, ADDRESSES, TAGS = (Wordbook() for _n in range(4))


@dataclass(frozen=True)
class Position:
    """How far events have been read. `anchors` are read rows that must still stand, or history was undone;

    the newest is the last. Settled means that no running transaction can put a row before it.
    """

    horizon: int = 0
    anchors: dict[int, str] = field(default_factory=dict)
    settled: bool = False

    @property
    def newest(self) -> tuple[int, str]:
        """The last row read, id and uid."""
        return list(self.anchors.items())[-1]


@dataclass(frozen=True)
class Board:
    """One consistent reading. `fresh` holds the texts that the index does not know yet, by key."""

    columns: Columns
    position: Position
    indexed: Mark | None
    fresh: dict[int, tuple[Mark, str]]
    read_at: datetime

    def holding(self, terms: Sequence[str]) -> Mask:
        """This will mark the rows that hold every term (normal form), each in whatever field."""
        return reduce(np.logical_and, [self._holding(term) for term in terms])

    def _holding(self, term: str) -> Mask:
        """Titles, firms and addresses are compared here; what only one vacancy says is asked of the index."""
        c = self.columns
        named = (
            TITLES.holding(term)[c.title] | FIRMS.holding(term)[c.firm] | ADDRESSES.holding(term)[c.address]
        )
        return named | self._telling(term)

    def _telling(self, term: str) -> Mask:
        mask = np.zeros(len(self.columns), dtype=bool)
        if self.indexed:
            mask[self.columns.rows_of(_indexed_hits(term, self.indexed))] = True
        if self.fresh:
            keys = np.fromiter(self.fresh, dtype=np.int64)
            now = np.array([term in text for _mark, text in self.fresh.values()], dtype=bool)
            mask[self.columns.rows_of(keys)] = False
            mask[self.columns.rows_of(keys[now])] = True
        return mask


_lock = threading.Lock()
_held: Board | None = None
_hits: OrderedDict[tuple[str, Mark], textindex.Ids] = OrderedDict()


def current() -> Board:
    """This will give the board as of the newest event; the first call of a process reads everything."""
    global _held
    with _lock:
        _held = _caught_up(_held) if _held is not None else _read_all()
        return _held


def forget() -> None:
    """This will drop what is held: the next call reads everything anew."""
    global _held
    with _lock:
        _held = None
    forget_hits()


def forget_hits() -> None:
    """This will drop the kept answers of the index."""
    with _lock:
        _hits.clear()


def _caught_up(board: Board) -> Board:
    news = _news_since(board.position)
    indexed = _bookmark()
    if news is None or (indexed is None) != (board.indexed is None):
        return _read_all()
    if not news.rows and indexed == board.indexed:
        return board
    touched = news.touched(board.position)
    changed = _with_news(board, touched) if touched else board
    fresh = {k: f for k, f in changed.fresh.items() if indexed is None or f[0] > indexed}
    return replace(changed, position=news.position, indexed=indexed, fresh=fresh, read_at=timezone.now())


def _read_all() -> Board:
    """Read every published vacancy. The position is taken first: what happens meanwhile is read again."""
    position, indexed = _position_now(), _bookmark()
    columns = Columns.of(_lines(Vacancy.objects.filter(state=State.PUBLISHED)))
    board = Board(columns, position, indexed, {}, timezone.now())
    if indexed is None:
        return replace(board, fresh={key: ((0, 0), text) for key, text in texts(columns.key.tolist())})
    unread = _touched_after(indexed)
    return _with_news(board, unread) if unread else board


def _with_news(board: Board, touched: dict[tuple[str, str], Mark]) -> Board:
    """Re-read the vacancies that events name, by noun and uid."""
    named = keys_named(touched)
    marks = {key: max(touched[name] for name in names) for key, names in named.items()}
    published = Vacancy.objects.filter(state=State.PUBLISHED)
    lines = [line for some in _chunks(list(marks)) for line in _lines(published.filter(pk__in=some))]
    gone = {*marks, *_deleted(board.columns, touched, named)}
    fresh = {k: f for k, f in board.fresh.items() if k not in gone}
    fresh |= {key: (marks[key], text) for key, text in texts([line.key for line in lines])}
    if len(fresh) > MANY_FRESH:
        log.warning("%s vacancies are not indexed yet: is the worker running?", len(fresh))
    return replace(board, columns=board.columns.with_changes(gone, lines), fresh=fresh)


def _deleted(
    columns: Columns, touched: Iterable[tuple[str, str]], named: dict[int, list[tuple[str, str]]]
) -> list[int]:
    """The keys that stand in the database no more (an import undone): a deleted row has no uid to ask."""
    found = {name for names in named.values() for name in names}
    if all(noun != "vacancy" or (noun, uid) in found for noun, uid in touched):
        return []
    standing = Vacancy.objects.filter(state=State.PUBLISHED).values_list("pk", flat=True)
    gone: list[int] = np.setdiff1d(columns.key, np.fromiter(standing, dtype=np.int64)).tolist()
    return gone


def keys_named(named: Iterable[tuple[str, str]]) -> dict[int, list[tuple[str, str]]]:
    """This will give the vacancies that (noun, uid) pairs name, themselves or through their organisation."""
    found: dict[int, list[tuple[str, str]]] = {}
    for some in _chunks(list(named)):
        vacancies = Q(uid__in=[uid for noun, uid in some if noun == "vacancy"])
        organisations = Q(organisation__uid__in=[uid for noun, uid in some if noun == "organisation"])
        rows = Vacancy.objects.filter(vacancies | organisations).values_list("pk", "uid", "organisation__uid")
        for key, uid, organisation in rows:
            names = {("vacancy", uid), ("organisation", organisation)}
            found.setdefault(key, []).extend(names.intersection(some))
    return found


# --- Events ----------------------------------------------------------------------------------


@dataclass(frozen=True)
class _News:
    """Event rows at and after a position: (id, mark, noun, uid)."""

    rows: list[tuple[int, Mark, str, str]]
    position: Position

    def touched(self, before: Position) -> dict[tuple[str, str], Mark]:
        """This will give what the rows not read before are about, with the newest mark of each."""
        new = [row for row in self.rows if row[0] not in before.anchors]
        return {(noun, uid): mark for _id, mark, noun, uid in new if noun in {"vacancy", "organisation"}}


def _news_since(position: Position) -> _News | None:
    """Read on from a position; None when a row read before is gone (rolled back, restored, another database).

    SQLite has one writer, so ids come in order of commit. PostgreSQL draws ids before commit: there all rows
    of transactions that were still running at the last look are read again (see EventRow.xid).
    """
    if not position.anchors:
        return None
    if connection.vendor != "postgresql":
        rows, horizon = _rows("id >= %s", [position.horizon])
    elif position.settled and _last() == position.newest:
        return _News([], position)
    else:
        rows, horizon = _rows("xid >= %s OR id = %s", [position.horizon, position.newest[0]])
    standing = {row[0]: row[3] for row in rows}
    if any(standing.get(key) != uid for key, uid in position.anchors.items()):
        return None
    return _News(rows if len(rows) > len(position.anchors) else [], _position(rows, horizon))


def _position_now() -> Position:
    order = "xid" if connection.vendor == "postgresql" else "id"
    return _position(*_rows(f"{order} = (SELECT max({order}) FROM core_eventrow)", []))


def _position(rows: list[tuple[int, Mark, str, str]], horizon: int) -> Position:
    """The newest row always anchors; so do those that a slower transaction may still come before."""
    if not rows:
        return Position()
    last = rows[-1]
    if connection.vendor != "postgresql":
        return Position(last[0], {last[0]: last[3]})
    running = {row[0]: row[3] for row in rows if row[1][0] >= horizon}
    return Position(horizon, running | {last[0]: last[3]}, settled=last[1][0] < horizon)


def _last() -> tuple[int, str]:
    """The last row in reading order, by the end of its index: whatever the planner knows of the table."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT id, object_uid FROM core_eventrow ORDER BY xid DESC, id DESC LIMIT 1")
        return cursor.fetchone() or (0, "")


def _rows(where: str, params: list[int]) -> tuple[list[tuple[int, Mark, str, str]], int]:
    """Event rows in reading order, and the oldest transaction still running (PostgreSQL; else 0)."""
    horizon = "txid_snapshot_xmin(txid_current_snapshot())" if connection.vendor == "postgresql" else "0"
    with connection.cursor() as cursor:
        # Sorted here: asked to sort, SQLite walks the whole index of (xid, id), not the end of the table.
        cursor.execute(
            f"SELECT {horizon}, id, xid, noun, object_uid FROM core_eventrow WHERE {where}", params
        )
        found = cursor.fetchall()
    rows = [(key, (xid, key), noun, uid) for _h, key, xid, noun, uid in found]
    return sorted(rows, key=lambda row: row[1]), int(found[0][0]) if found else 0


def _touched_after(mark: Mark) -> dict[tuple[str, str], Mark]:
    after = "(xid > %s OR (xid = %s AND id > %s)) AND noun IN ('vacancy', 'organisation')"
    rows, _horizon = _rows(after, [mark[0], *mark])
    return {(noun, uid): newest for _id, newest, noun, uid in rows}


def _bookmark() -> Mark | None:
    return Bookmark.objects.filter(reader=READER).values_list("xid", "row").first()


# --- Rows ------------------------------------------------------------------------------------

_FIELDS = (
    "pk", "title", "organisation__name", "place__name", "place__address", "organisation__uid",
    "industry_code", "organisation__industry_code",
    "occupation_code", "employment_type", "place__area_code", "tags", "education",
    "pay_min_fen", "pay_max_fen", "pay_unit", "openings", "place__lon", "place__lat", "published_at",
    "valid_from", "valid_until",
    "organisation__valid_until",
)  # fmt: skip


def _lines(vacancies: VacancyQuerySet) -> Iterator[Line]:
    """Turn published vacancies into lines: those of organisations that are not barred, as open_on says."""
    rows = vacancies.exclude(organisation__state__in=BARRED).filter(
        valid_until__isnull=False, organisation__valid_until__isnull=False
    )
    for row in rows.values_list(*_FIELDS).iterator(chunk_size=5_000):
        yield _line(*row)


def _line(
    key: int, title: str, firm: str, place: str | None, address: str | None, organisation: str,
    own: str, theirs: str, occupation: str, kind: str,
    area: str | None, tags: list[str], education: int | None, low: int | None, high: int | None, unit: str,
    openings: int | None, lon: float | None, lat: float | None, published_at: datetime | None,
    first: date | None, last: date, trusted: date,
) -> Line:  # fmt: skip
    industry = own or theirs
    return Line(
        key, TITLES.number(normal(title)), FIRMS.number(normal(firm)),
        ADDRESSES.number(_lines_of(place, address)), ORGANISATIONS.number(organisation),
        INDUSTRIES.number(industry), SECTIONS.number(_section(industry)), OCCUPATIONS.number(occupation),
        TYPES.number(kind), AREAS.number(area or ""), TAGS.number(tags_as_text(tags)), education or 0,
        *_monthly(low, high, unit), openings or 1,
        np.nan if lon is None else lon, np.nan if lat is None else lat,
        int(published_at.timestamp()) if published_at else 0,
        first.toordinal() if first else 0, min(last, trusted).toordinal(),
    )  # fmt: skip


def _monthly(low: int | None, high: int | None, unit: str) -> tuple[float, float]:
    """Both ends as fen a month; a missing end is the other one, both missing are nan."""
    factor = PER_MONTH[PayUnit(unit)]
    stated = [end * factor for end in (low, high) if end and factor]
    return (stated[0], stated[-1]) if stated else (np.nan, np.nan)


def tags_as_text(tags: Sequence[str]) -> str:
    """This will write a vacancy's tags so that one is found whole: "|50+友好|急聘|"."""
    return f"|{'|'.join(tags)}|" if tags else ""


def texts(keys: Sequence[int]) -> Iterator[tuple[int, str]]:
    """This will give what only these vacancies say, in normal form, a field a line: the index's text.

    Title, firm and address are left out: many share them, and the board compares them itself.
    """
    columns = ("pk", "content", "requirements", "benefits", "tags", "skills")
    for some in _chunks(keys):
        for key, *words, tags, skills in Vacancy.objects.filter(pk__in=some).values_list(*columns):
            yield key, _lines_of(*words, *tags, *skills)


def _lines_of(*parts: object) -> str:
    return "\n".join(normal(str(part)) for part in parts if part)


@cache
def _sections() -> dict[str, str]:
    sections = reference("industries")["items"]
    divisions = {d["code"]: s["code"] for s in sections for d in s["divisions"]}
    return divisions | {s["code"]: s["code"] for s in sections}


def _section(industry: str) -> str:
    return _sections().get(industry, _sections().get(industry[:2], ""))


def _indexed_hits(term: str, indexed: Mark) -> textindex.Ids:
    """The index's answer, kept while the index stays where it is: paging and facets ask it again."""
    with _lock:
        kept = _hits.get((term, indexed))
        if kept is not None:
            _hits.move_to_end((term, indexed))
            return kept
    found = textindex.hits(term)
    with _lock:
        _hits[term, indexed] = found
        while len(_hits) > KEPT_HITS:
            _hits.popitem(last=False)
    return found


def _chunks(items: Sequence[T], size: int = 500) -> Iterator[Sequence[T]]:
    for start in range(0, len(items), size):
        yield items[start : start + size]

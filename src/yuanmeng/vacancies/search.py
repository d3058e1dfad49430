"""Looking for vacancies: one function for the page, the map, the wall, the kiosk and the API.

    found = search(VacancyQuery.parse(request.GET), at=now)
    for vacancy, minutes in found.rows(): …

Text index and columns are explained in textindex and board. `catch_up` is what the worker calls every second;
`rebuild` makes the index anew.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from math import ceil

import numpy as np
from django.db import transaction
from django.utils import timezone

from yuanmeng.core import events
from yuanmeng.core.models import Bookmark
from yuanmeng.places import hexes
from yuanmeng.vacancies import board, facets, textindex
from yuanmeng.vacancies.columns import Rows
from yuanmeng.vacancies.facets import Choice, Sieve
from yuanmeng.vacancies.models import State, Vacancy
from yuanmeng.vacancies.query import QueryRefused, Sort, VacancyQuery

__all__ = ["Found", "QueryRefused", "Sort", "VacancyQuery", "catch_up", "on_map", "rebuild", "search"]

KINDS = ("vacancy.", "organisation.")
TOGETHER = 500  # texts a transaction: ~50 ms, so that no other writer waits long


@dataclass(frozen=True)
class Found:
    """One page of an answer and the figures of the whole. `keys` and `minutes` belong together, in order.

    `minutes` are None where the question named no starting point or the vacancy is on no map.
    """

    query: VacancyQuery
    as_of: datetime
    total: int
    openings: int
    keys: tuple[int, ...]
    minutes: tuple[int | None, ...]
    facets: dict[str, list[Choice]]

    @property
    def page(self) -> int:
        return self.query.page

    @property
    def pages(self) -> int:
        """The number of pages, at least one: an empty answer is a page too."""
        return max(1, ceil(self.total / self.query.size))

    def rows(self) -> list[tuple[Vacancy, int | None]]:
        """This will read the page's vacancies in order, each with the minutes to get there; one query."""
        found = Vacancy.objects.select_related("organisation", "place").in_bulk(self.keys)
        pairs = zip(self.keys, self.minutes, strict=True)
        return [(found[key], minutes) for key, minutes in pairs if key in found]


def search(
    query: VacancyQuery, *, at: datetime, scores: Mapping[int, float] | None = None, with_facets: bool = True
) -> Found:
    """This will answer a query as of `at`: p99 under 50 ms for 100,000 vacancies (bench/search.py).

    `scores` (vacancy key → how well it fits the person who asks) order Sort.MATCH; without them it is the
    newest first, which is also what a person gets who switched recommendations off.
    """
    sieve = laid_over(query, at=at)
    rows = _ordered(sieve, scores)
    first = (query.page - 1) * query.size
    shown = rows[first : first + query.size]
    minutes = sieve.minutes[shown] if query.here else np.full(len(shown), np.inf)
    return Found(
        query=query,
        as_of=at,
        total=len(rows),
        openings=int(sieve.columns.openings[rows].sum()),
        keys=tuple(sieve.columns.key[shown].tolist()),
        minutes=tuple(int(m) if np.isfinite(m) else None for m in minutes),
        facets=facets.count(sieve) if with_facets else {},
    )


def on_map(query: VacancyQuery, radius_m: int, *, at: datetime) -> hexes.Hexes:
    """This will put what the query finds into the map's cells; pay is fen a month."""
    sieve = laid_over(query, at=at)
    c, mask = sieve.columns, sieve.mask
    return hexes.aggregate(c.lon[mask], c.lat[mask], c.openings[mask], c.pay[mask], radius_m)


def laid_over(query: VacancyQuery, *, at: datetime) -> Sieve:
    """This will lay a query over the board as it is now, for callers that count in their own way."""
    return Sieve(board.current(), query, timezone.localdate(at), int(at.timestamp()))


def _ordered(sieve: Sieve, scores: Mapping[int, float] | None) -> Rows:
    """All rows that are left, the first to be shown first. Ties are always newest first."""
    columns, sort = sieve.columns, sieve.query.sort
    newest = columns.newest_first
    rows = newest[sieve.mask[newest]]
    if sort == Sort.BEST and sieve.query.terms:
        return rows[np.argsort(-_in_title(sieve, rows), kind="stable")]
    if sort == Sort.NEAREST:
        return rows[np.argsort(sieve.metres[rows], kind="stable")]
    if sort == Sort.PAY:
        return rows[np.argsort(-np.nan_to_num(columns.pay[rows]), kind="stable")]
    if sort == Sort.MATCH and scores:
        mine = np.array([scores.get(key, -np.inf) for key in columns.key[rows].tolist()])
        return rows[np.argsort(-mine, kind="stable")]
    return rows


def _in_title(sieve: Sieve, rows: Rows) -> Rows:
    """How many of the terms stand in each title."""
    books = [board.TITLES.holding(term) for term in sieve.query.terms]
    return np.sum([book[sieve.columns.title[rows]] for book in books], axis=0, dtype=np.intp)


# --- Keeping the text index ------------------------------------------------------------------


def catch_up(limit: int = TOGETHER) -> int:
    """This will index the vacancies of the next events and return how many events that were; 0 is the end.

    Texts and bookmark move in one transaction, so a killed worker leaves nothing half known.
    """
    rows = events.unread(board.READER, kinds=KINDS, limit=limit)
    if not rows:
        return 0
    keys = list(board.keys_named((row.noun, row.object_uid) for row in rows))
    with transaction.atomic():
        _index(keys)
        events.mark_read(board.READER, rows[-1])
    return len(rows)


def rebuild() -> int:
    """This will index all published vacancies anew and return how many; searches stay right meanwhile.

    1. take the bookmark away: every process compares texts directly; 2. note where the news stand;
    3. empty and fill; 4. set the bookmark there. Killed in between, the next call starts over.
    """
    Bookmark.objects.filter(reader=board.READER).delete()
    last = events.newest()
    textindex.clear()
    keys = list(Vacancy.objects.filter(state=State.PUBLISHED).order_by("pk").values_list("pk", flat=True))
    count = textindex.put(board.texts(keys))
    if last is not None:
        events.mark_read(board.READER, last)
    return count


def _index(keys: list[int]) -> None:
    published = Vacancy.objects.filter(pk__in=keys, state=State.PUBLISHED)
    standing = list(published.values_list("pk", flat=True))
    textindex.remove([key for key in keys if key not in set(standing)])
    textindex.put(board.texts(standing))

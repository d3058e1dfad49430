"""Attention shared out: what it costs, who gains, and the prices that are in force.

Lists that follow fit alone name the same vacancies to everybody. A vacancy named too often for its places is
charged a price that is taken off its score in all lists, so that the next best moves up. 0 %: no prices;
100 %: as near to the places as prices can bring it. The full build writes the deep lists of everybody beside
the models; a preview at any strength is made from them, before anything is changed.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import numpy as np
import scipy.sparse as sp
from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _
from numpy.typing import NDArray

from yuanmeng.core import audit, events
from yuanmeng.core.actors import Actor, key_of
from yuanmeng.core.errors import Refused
from yuanmeng.matching.allocation import share
from yuanmeng.matching.evaluate import spread
from yuanmeng.recommend.models import Sharing
from yuanmeng.vacancies.models import Vacancy

F8 = NDArray[np.float64]
SHOWN = 10  # of a list, as people see it
FARTHEST = 3.0  # standard deviations that a price moves a vacancy: nobody is sent where it fits ill
LEAST_SHARE = 0.5  # of the mean: a small employer's vacancy is not owed less
NAMED = 5  # vacancies named on each side of a preview


@dataclass(frozen=True)
class Lists:
    """Deep lists of n people over m vacancies. ``job`` [n, depth] is -1 where a list is shorter."""

    people: NDArray[np.str_]
    jobs: NDArray[np.str_]
    places: NDArray[np.int32]
    job: NDArray[np.int32]
    score: NDArray[np.float32]

    def shown(self, prices: F8) -> NDArray[np.int32]:
        """The first ten of each list under these prices, best first [n, ten]; -1 where it is shorter."""
        net = np.where(self.job >= 0, self.score - prices[self.job], -np.inf)
        best = np.argsort(-net, axis=1, kind="stable")[:, :SHOWN]
        return np.take_along_axis(self.job, best, axis=1)

    def named(self, shown: NDArray[np.int32]) -> NDArray[np.int64]:
        """How often each vacancy is named [m]."""
        return np.bincount(shown[shown >= 0], minlength=len(self.jobs))


def prices_for(lists: Lists, strength: float) -> F8:
    """What is taken off the score of each vacancy [m] at a strength from 0 to 1; below zero: it is moved up.

    The prices of `matching.allocation.share` in points of the score: its unit is the standard deviation of a
    person's scores, ours their mean over people, so that one question later needs nothing but the price.
    """
    if not strength or not (lists.job >= 0).any():
        return np.zeros(len(lists.jobs))
    row, cell = np.nonzero(lists.job >= 0)
    size = (len(lists.people), len(lists.jobs))
    scores = sp.csr_matrix((lists.score[row, cell], (row, lists.job[row, cell])), size)
    there = np.where(lists.job >= 0, lists.score, np.nan)[(lists.job >= 0).any(1)]
    wide = float(np.nanstd(there, axis=1).mean())
    found = share(scores, lists.places, strength, k=SHOWN, least=LEAST_SHARE)
    return np.asarray(np.clip(found.prices, -FARTHEST, FARTHEST) * wide, np.float64)


@dataclass(frozen=True)
class Preview:
    """What a strength does, against what it would be without."""

    strength: int
    before: Mapping[str, float]
    after: Mapping[str, float]
    fit_lost: float  # share of the fit of the lists (nDCG with the scores as gains) that is given up
    gain: Sequence[tuple[str, int, int]]  # (vacancy uid, named before, after), most first
    lose: Sequence[tuple[str, int, int]]
    prices: Mapping[str, float]

    @property
    def no_longer_empty(self) -> int:
        """Vacancies that nobody was shown before and somebody is now."""
        return int(self.before["empty"] - self.after["empty"])

    def figures(self) -> dict[str, Any]:
        """To keep beside the setting."""
        return {"before": dict(self.before), "after": dict(self.after), "fit_lost": self.fit_lost}


def preview(lists: Lists, strength: int) -> Preview:
    """What sharing out at this strength (0–100) costs and whom it helps."""
    none, prices = np.zeros(len(lists.jobs)), prices_for(lists, strength / 100)
    old, new = lists.shown(none), lists.shown(prices)
    before, after = lists.named(old), lists.named(new)
    change, uids = after - before, lists.jobs
    up, down = np.argsort(-change, kind="stable"), np.argsort(change, kind="stable")

    def named(order: NDArray[np.intp], sign: int) -> list[tuple[str, int, int]]:
        return [(str(uids[n]), int(before[n]), int(after[n])) for n in order[:NAMED] if change[n] * sign > 0]

    return Preview(
        strength=strength, before=_figures(lists, old), after=_figures(lists, new),
        fit_lost=_fit_lost(lists, old, new), gain=named(up, 1), lose=named(down, -1),
        prices={str(uids[n]): round(float(prices[n]), 5) for n in np.flatnonzero(prices)},
    )  # fmt: skip


def _figures(lists: Lists, shown: NDArray[np.int32]) -> dict[str, float]:
    rows = [[str(n) for n in row if n >= 0] for row in shown.tolist()]
    even = spread(rows, max(len(lists.jobs), 1))
    return {**{k: round(v, 4) for k, v in even.items()}, "empty": int((lists.named(shown) == 0).sum())}


def _fit_lost(lists: Lists, old: NDArray[np.int32], new: NDArray[np.int32]) -> float:
    def gained(shown: NDArray[np.int32]) -> F8:
        discount = 1 / np.log2(np.arange(2, shown.shape[1] + 2))
        same = lists.job[:, None, :] == shown[:, :, None]
        score = np.where(same & (shown >= 0)[:, :, None], lists.score[:, None, :], 0).sum(2)
        return np.asarray(score @ discount, np.float64)

    if not lists.job.size:
        return 0.0
    best, got = gained(old), gained(new)
    known = best > 0
    return round(float(1 - (got[known] / best[known]).mean()), 4) if known.any() else 0.0


def in_force() -> Sharing | None:
    """The setting that holds now; None: nothing was ever set, 0 %."""
    return Sharing.objects.order_by("set_at", "id").last()


def prices() -> Mapping[str, float]:
    """vacancy uid → what is taken off its score now."""
    row = Sharing.objects.order_by("set_at", "id").values_list("prices", flat=True).last()
    return row or {}


def share_out(strength: int, *, by: Actor, at: datetime) -> Sharing:
    """Set how strongly attention is shared out; the worker makes all lists anew. Raises Refused."""
    if not 0 <= strength <= 100:
        raise Refused(_("Sharing out runs from 0 to 100 percent."))
    lists = read()
    if lists is None:
        raise Refused(_("There are no lists to share out yet. They are made by the next nightly build."))
    found = preview(lists, strength)
    with transaction.atomic():
        row = Sharing.objects.create(
            strength=strength,
            prices=dict(found.prices),
            figures=found.figures(),
            set_at=at,
            set_by=key_of(by),
        )
        events.tell("sharing.set", row, by=by, at=at, strength=strength)
        audit.write("engine.sharing", by=by, at=at, about=row, fields=f"strength={strength}")
    return row


def price_anew(lists: Lists) -> None:
    """After a full build: the same strength, with the prices that the new lists ask for."""
    row = in_force()
    if row is not None:
        found = preview(lists, row.strength)
        Sharing.objects.filter(pk=row.pk).update(prices=dict(found.prices), figures=found.figures())


def path() -> Path:
    """Where the deep lists of the last full build lie."""
    return Path(settings.DATA_DIR) / "models" / "lists.npz"


def write(lists: Lists) -> None:
    """Keep the deep lists for previews, in place of older ones."""
    new = path().with_name("lists.new.npz")
    new.parent.mkdir(parents=True, exist_ok=True)
    np.savez_compressed(new, **vars(lists))
    new.replace(path())


def read() -> Lists | None:
    """The deep lists of the last full build; None where there are none that can be read."""
    try:
        with np.load(path(), allow_pickle=False) as kept:
            return Lists(kept["people"], kept["jobs"], kept["places"], kept["job"], kept["score"])
    except (OSError, ValueError, KeyError):
        return None


def names(uids: Sequence[str]) -> dict[str, Vacancy]:
    """The vacancies of a preview."""
    rows = Vacancy.objects.filter(uid__in=uids).select_related("organisation")
    return {row.uid: row for row in rows}

"""The nightly build: learn from what people did, let a better order in, make all lists anew."""

from __future__ import annotations

import time
from dataclasses import asdict, replace
from datetime import datetime, timedelta
from typing import Any

import numpy as np
from django.db import transaction
from django.utils.timezone import localdate

from yuanmeng.core import events
from yuanmeng.core.models import EventRow
from yuanmeng.matching import Matcher, learn
from yuanmeng.matching.learn import Verdict
from yuanmeng.matching.order import WeightedSum
from yuanmeng.recommend import build, choices, drift, engine, labels
from yuanmeng.recommend.build import Progress, Source
from yuanmeng.recommend.engine import READER, Engine
from yuanmeng.recommend.labels import Grade
from yuanmeng.recommend.models import ModelState, ModelVersion

LATE = 0.2  # share of the labels, the newest, on which orders are compared and from which nothing is learned
STALE = timedelta(days=14)  # words and taste of the one that serves; then they are renewed under its weights
LEAST_PEOPLE = 20  # with comparable labels among the late ones: below that nothing can be told


def train(
    *, at: datetime, progress: Progress | None = None, lists: bool = True, deep: Source = build.here
) -> ModelVersion:
    """Build a model of the rows and labels of today and let it serve, or keep the one that serves.

    1. words, usual values and what choices lie together are measured anew  2. weights are learned from the
    older labels  3. both orders are judged on the newest labels: a worse one is refused, and its row says by
    how much; after two weeks of that, words and taste are renewed under the weights that serve  4. all lists
    are made anew by whichever serves.

    Returns the row of this build, refused or serving. News told while this runs is handled again by the next
    `refresh.catch_up`. Without `lists` step 4 is left to the next build; `deep` says who makes the deep lists
    (see `batching`).
    """
    began, day = time.perf_counter(), localdate(at)
    newest = EventRow.objects.order_by("xid", "id").last()
    rows = engine.rows_of(day)
    before = ModelVersion.objects.serving()
    past = choices.of_seekers(None, day).past(rows[1])
    matcher = Matcher().fit(*rows, day, past=past)
    matcher.order_, verdict = _order(matcher, before, at)
    made = ModelVersion(
        made_at=at, people=len(rows[0]), jobs=len(rows[1]), seconds=0, weights=_weights(matcher),
        parent=before, verdict=verdict,
    )  # fmt: skip
    serving = _let_in(made, matcher) if verdict["stands"] else _keep(made, rows)
    made.figures = dict(drift.answers(at))
    if lists:
        made.figures |= build.rank_all(serving, at=at, progress=progress, deep=deep)
    made.seconds = round(time.perf_counter() - began, 2)
    made.save(update_fields=["seconds", "figures"])
    if newest is not None:
        events.mark_read(READER, newest)
    serving.position = engine.read_so_far()
    engine.hold(serving)
    engine.drop_old_models()
    return made


def _let_in(made: ModelVersion, matcher: Matcher) -> Engine:
    """Write the model down: its folder first, then the row that makes it serve."""
    matcher.save(engine.folder_of(made))
    made.serve()
    return Engine(matcher, made, 0)


def _keep(made: ModelVersion, rows: engine.Rows) -> Engine:
    """Note the refusal; the one that serves goes on, with the rows of today."""
    made.state = ModelState.REFUSED
    assert made.parent is not None  # only against one that serves is anything refused
    with transaction.atomic():
        made.save()
        events.tell("model.refused", made, by=None, at=made.made_at)
    return Engine(engine.learned(made.parent).fill(*rows), made.parent, 0)


def _order(matcher: Matcher, before: ModelVersion | None, at: datetime) -> tuple[WeightedSum, dict[str, Any]]:
    """The order of the new model, and by which figures it stands or not."""
    hand_set = matcher.order_
    served = engine.learned(before).order_ if before is not None else hand_set
    carried = replace(hand_set, weight=served.weight)
    rows = labels.labels(at=at)
    counts = {"labels": len(rows), "answered": sum(row.grade != Grade.SHOWN for row in rows)}
    if not rows or before is None:
        return carried, {**counts, "stands": True, "because": "first" if before is None else "no_labels"}
    found, rows = labels.examples(rows, matcher)
    late = np.zeros(len(rows), bool)
    late[int(len(rows) * (1 - LATE)) :] = True
    candidate = learned_order(hand_set, found.only(~late))
    verdict = learn.judge(candidate, served, found.only(late), looks(found.only(~late)))
    facts = {**counts, **_plain(verdict)}
    if verdict.people < LEAST_PEOPLE:
        return carried, {**facts, "stands": True, "because": "few_labels"}
    if not verdict.stands and at - before.made_at > STALE:
        return carried, {**facts, "stands": True, "because": "renewed"}
    return candidate, {**facts, "stands": verdict.stands, "because": "judged"}


def learned_order(hand_set: WeightedSum, examples: learn.Examples) -> WeightedSum:
    """The weights that these labels ask for, positions corrected."""
    return learn.learn(hand_set, learn.compared(examples, looks(examples)))


def looks(examples: learn.Examples) -> learn.F8:
    """How often each place is looked at, as these labels tell it."""
    return learn.propensities(examples.place, examples.job, examples.grade != 0)


def _plain(verdict: Verdict) -> dict[str, Any]:
    """Rounded, and without what is no number (JSON has none)."""
    facts = {name: round(value, 4) for name, value in asdict(verdict).items()}
    return {name: value for name, value in facts.items() if value == value}


def _weights(matcher: Matcher) -> dict[str, list[float]]:
    """Per feature its weight and its usual value."""
    order = matcher.order_
    rows = zip(order.features, order.weight, order.usual, strict=True)
    return {feature.name: [round(float(w), 4), round(float(u), 4)] for feature, w, u in rows}

"""The matching engine for those who watch over it: how good, how even, how fair; dial and way back."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_POST, require_safe

from yuanmeng.recommend import drift, engine, rollback, sharing, watching, words
from yuanmeng.recommend.models import ModelState, ModelVersion
from yuanmeng.web.office.who import ENGINE, ROLLBACK, SHARING
from yuanmeng.web.shared import once
from yuanmeng.web.shared.rights import open_to

if TYPE_CHECKING:
    from collections.abc import Sequence

    from django.http import HttpResponse

    from yuanmeng.recommend.sharing import Preview
    from yuanmeng.web.shared.door import MemberRequest

LISTED, DRAWN = 12, 12
HIGH, TOP = 200, 14
FIRST_PERCENT, LAST_PERCENT = 8, 94  # of the width, whatever it is: left of the first stand the numbers


@open_to(*ENGINE)
@require_safe
def show(request: MemberRequest) -> HttpResponse:
    """This will show everything, and with `strength` who would gain by it, before anything is changed."""
    versions = list(ModelVersion.objects.newest_first().select_related("parent")[:LISTED])
    serving = ModelVersion.objects.serving()
    facts: dict[str, Any] = {
        "serving": serving, "newest": versions[0] if versions else None,
        "fault": engine.condition(serving) if serving else None, "adoption": watching.adoption(request.at),
        "showings": watching.showings(request.at), "chart": chart_of(versions),
        "versions": _told(request, versions, serving), "once": once.new_key(), **_drift(),
        **_attention(request), "fairness": watching.fairness(timezone.localdate(request.at)),
    }  # fmt: skip
    facts["alarms"] = watching.alarms(facts["fairness"])
    return render(request, "office/engine.html", facts)


def _told(
    request: MemberRequest, versions: Sequence[ModelVersion], serving: ModelVersion | None
) -> list[dict[str, Any]]:
    back = {row.pk for row in rollback.may_serve_again()} if request.viewer.has(*ROLLBACK) else set()
    return [
        {"row": row, "words": words.verdict(row), "serves": row == serving, "may_return": row.pk in back}
        for row in versions
    ]


def _drift() -> dict[str, Any]:
    found = drift.watch()
    comma = pgettext("between the parts of a list", ", ")
    moved = (f"{words.feature(name)} {index:.2f}" for name, index in found.features.items())
    return {"drift": found, "moved": comma.join(moved)}


def _attention(request: MemberRequest) -> dict[str, Any]:
    lists, prices = watching.lists_and_prices()
    setting = sharing.in_force()
    strength = setting.strength if setting else 0
    facts: dict[str, Any] = {
        "strength": strength, "in_force": f"{strength} %", "chosen": f"{strength} %",
        "may_share": request.viewer.has(*SHARING),
    }  # fmt: skip
    if lists is None or not len(lists.jobs):
        return facts
    now = watching.attention(lists, prices)
    asked = request.GET.get("strength", "")
    if asked.isdecimal() and int(asked) <= 100 and facts["may_share"]:
        found = sharing.preview(lists, int(asked))
        facts |= {"preview": found, "asked": int(asked), "chosen": f"{int(asked)} %", **_who(found)}
        prices = found.prices
    attention = watching.attention(lists, prices)
    most = max((max(a, b) for _label, a, b in attention.steps), default=1)
    return facts | {
        "attention": attention,
        "now": now,
        "most": max(most, 1),
        "exposures": watching.exposures(lists, prices, request.at),
    }


def _who(found: Preview) -> dict[str, Any]:
    named = sharing.names([uid for uid, _was, _is in (*found.gain, *found.lose)])
    return {
        side: [(named[uid], was, now) for uid, was, now in rows if uid in named]
        for side, rows in (("gain", found.gain), ("lose", found.lose))
    }


@dataclass(frozen=True)
class Point:
    """One build in the picture: `x` in percent of its width, the rest in pixels of its height."""

    x: float
    y: float
    top: float
    foot: float
    label: str
    value: str
    refused: bool
    serves: bool


@dataclass(frozen=True)
class Chart:
    """Quality over builds: points with their standard errors, and the lines to read them by."""

    points: list[Point]
    line: list[tuple[Point, Point]]  # from each good build to the next
    grid: list[tuple[float, str]]
    height: int = HIGH


def chart_of(versions: Sequence[ModelVersion]) -> Chart | None:
    """Draw the judged builds, oldest first; None while none was judged."""
    rows = [row for row in reversed(versions) if "candidate" in row.verdict][-DRAWN:]
    if not rows:
        return None
    errors = [row.verdict.get("candidate_error", 0.0) for row in rows]
    values = [row.verdict["candidate"] for row in rows]
    low = max(min(v - e for v, e in zip(values, errors, strict=True)) - 0.02, 0.0)
    high = min(max(v + e for v, e in zip(values, errors, strict=True)) + 0.02, 1.0)

    def y(value: float) -> float:
        return round(TOP + (HIGH - TOP - 40) * (high - min(max(value, low), high)) / max(high - low, 1e-6), 1)

    step = (LAST_PERCENT - FIRST_PERCENT) / max(len(rows) - 1, 1)
    points = [
        Point(
            round(FIRST_PERCENT + n * step, 1), y(value), y(value + error), y(value - error),
            f"{timezone.localtime(row.made_at):%m-%d}", f"{value:.3f}",
            row.state == ModelState.REFUSED, row.state == ModelState.SERVING,
        )
        for n, (row, value, error) in enumerate(zip(rows, values, errors, strict=True))
    ]  # fmt: skip
    line = list(pairwise(point for point in points if not point.refused))
    return Chart(points, line, [(y(v), f"{v:.2f}") for v in (low, (low + high) / 2, high)])


@open_to(*SHARING)
@require_POST
def share(request: MemberRequest) -> HttpResponse:
    """This will set how strongly attention is shared out; all lists follow."""
    asked = request.POST.get("strength", "")
    strength = int(asked) if asked.isdecimal() else -1

    def said() -> str:
        row = sharing.share_out(strength, by=request.user, at=request.at)
        messages.success(
            request,
            _("Attention is shared out at %(strength)s now. All lists follow within a minute.")
            % {"strength": f"{row.strength} %"},
        )
        return reverse("office:engine")

    return redirect(once.per_form(request, said))


@open_to(*ROLLBACK)
@require_POST
def roll_back(request: MemberRequest, uid: str) -> HttpResponse:
    """This will let an earlier model serve again."""
    version = ModelVersion.objects.filter(uid=uid).first()
    if version is None:
        raise Http404

    def said() -> str:
        rollback.roll_back(version, by=request.user, at=request.at)
        messages.success(
            request, _("%(model)s serves again. All lists follow within a minute.") % {"model": version}
        )
        return reverse("office:engine")

    return redirect(once.per_form(request, said))

"""A map file is taken in as a whole or not at all, and can be rolled back to what stood before.

    papers = Papers("osm-260728", "ODbL-1.0", "© OpenStreetMap contributors")
    report = take_in(file, "station", papers, by=…, at=…)
    roll_back(batch, by=…, at=…)

The same source and kind again: what is alike stays, what changed is replaced, what is gone leaves the map.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from yuanmeng.core import events
from yuanmeng.core.actors import Actor, key_of
from yuanmeng.core.errors import Refused
from yuanmeng.places import crs as systems
from yuanmeng.places.features import Feature, GroundBatch, GroundKind
from yuanmeng.places.ground import shapes
from yuanmeng.places.ground.reading import Row, rows_of
from yuanmeng.places.ground.rules import Candidate, Dropped, Why, judged

LINES = {GroundKind.METRO, GroundKind.ELEVATED, GroundKind.STREET}
NAMED_TOGETHER = {GroundKind.LIMITS, GroundKind.AREA}
SHOWN = 8


class GroundRefused(Refused):
    """A map file that is not taken in, or not taken back."""

    code = "map_refused"


@dataclass(frozen=True)
class Papers:
    """Whose data these are and what one may do with them; without licence and credit nothing is taken."""

    source: str
    licence: str
    attribution: str
    snapshot: str = ""
    crs: str = systems.WGS84


@dataclass
class Report:
    """What came of a file: rows read; things new, changed, alike, gone, giving way; what stayed outside."""

    read: int = 0
    new: int = 0
    changed: int = 0
    alike: int = 0
    gone: list[str] = field(default_factory=list)
    gave_way: list[str] = field(default_factory=list)
    dropped: dict[str, list[str]] = field(default_factory=dict)
    batch: str = ""

    def drop(self, why: Why, name: str) -> None:
        self.dropped.setdefault(why.value, []).append(name)

    def facts(self) -> dict[str, Any]:
        """This will be the report as plain JSON."""
        return dict(vars(self))


def take_in(
    file: Path,
    kind: str,
    papers: Papers,
    *,
    by: Actor | None,
    at: datetime,
    layer: str = "",
    dry: bool = False,
) -> Report:
    """This will read, judge and take a file in, in one transaction; `dry` only says what would happen.

    Raises GroundRefused without licence or attribution, for BD-09, and where nothing of the file lies near.
    """
    _check(papers)
    report = Report()
    found = _sifted(rows_of(file, kind, layer=layer), kind, papers.crs, report)
    with transaction.atomic():
        found = _less_the_limits(found, kind, report)
        if not found:
            raise GroundRefused(_nothing(report))
        fresh, left = _compared(found, kind, papers.source, report)
        if (fresh or left) and not dry:
            batch = _written(fresh, left, kind, papers, file.name, by=by, at=at)
            report.batch = batch.uid
            batch.report = report.facts()
            batch.save(update_fields=["report"])
            events.tell("ground.imported", batch, by=by, at=at, ground=kind, taken=len(fresh))
    return report


def roll_back(batch: GroundBatch, *, by: Actor | None, at: datetime) -> int:
    """This will take a batch off the map and bring back what it had replaced; returns how many came back.

    Raises GroundRefused where a later import of the kind stands: that one goes first.
    """
    with transaction.atomic():
        if not GroundBatch.objects.filter(pk=batch.pk, rolled_back_at=None).update(rolled_back_at=at):
            raise GroundRefused(_("This import was rolled back before."))
        later = _standing_on(batch)
        if later is not None:
            raise GroundRefused(
                _("A later import (%(batch)s) stands on this one. Please roll that back first.")
                % {"batch": str(later)}
            )
        batch.features.all().delete()
        back = batch.replaced.update(replaced_by=None)
        events.tell("ground.rolled_back", batch, by=by, at=at, ground=batch.kind, back=back)
    return back


def _standing_on(batch: GroundBatch) -> GroundBatch | None:
    """Limits and areas share names: an import of one may have moved the other."""
    kinds = NAMED_TOGETHER if batch.kind in NAMED_TOGETHER else {batch.kind}
    later = GroundBatch.objects.filter(kind__in=kinds, rolled_back_at=None, pk__gt=batch.pk)
    return later.order_by("-pk").first()


def _check(papers: Papers) -> None:
    if not papers.licence.strip() or not papers.attribution.strip():
        raise GroundRefused(
            _(
                "A map needs its licence and its attribution."
                " Please say under which licence you may use it and whom to name."
            )
        )
    if not papers.source.strip():
        raise GroundRefused(_("Please say whose data these are: the source."))
    if papers.crs == systems.BD09:
        raise GroundRefused(
            _(
                "Maps in BD-09 are not taken, because the way back is not exact."
                " Please convert the file to WGS-84."
            )
        )
    if papers.crs not in {systems.WGS84, systems.GCJ02}:
        raise GroundRefused(_("Coordinates are read as wgs84 or gcj02."))


def _sifted(rows: Iterable[Row], kind: str, crs: str, report: Report) -> dict[str, Candidate]:
    """What may be taken, by key. Lines of one name are one in pieces; of anything else the first counts."""
    found: dict[str, list[Candidate]] = {}
    for properties, geometry in rows:
        report.read += 1
        try:
            shape = shapes.checked(geometry, lambda lon, lat: systems.to_wgs(lon, lat, crs))
            candidate = judged(kind, properties, shape)
        except shapes.ShapeRefused:
            report.drop(Why.SHAPE, _name_of(properties))
            continue
        except Dropped as dropped:
            report.drop(dropped.why, _name_of(properties))
            continue
        if candidate.key in found and kind not in LINES:
            report.drop(Why.TWICE, candidate.key)
            continue
        found.setdefault(candidate.key, []).append(candidate)
    return {key: _joined(many) for key, many in found.items()}


def _joined(many: list[Candidate]) -> Candidate:
    first = many[0]
    shape = shapes.merged(candidate.shape for candidate in many)
    return Candidate(first.key, first.name_zh, first.name_en, first.ref, shape)


def _less_the_limits(found: dict[str, Candidate], kind: str, report: Report) -> dict[str, Candidate]:
    """Our own sub-district stands once: as limits, when both files hold it."""
    if kind != GroundKind.AREA:
        return found
    ours = set(Feature.objects.standing().filter(kind=GroundKind.LIMITS).values_list("name_zh", flat=True))
    for key in [key for key, candidate in found.items() if candidate.name_zh in ours]:
        report.drop(Why.IS_LIMITS, key)
        del found[key]
    return found


def _compared(
    found: dict[str, Candidate], kind: str, source: str, report: Report
) -> tuple[list[Candidate], list[int]]:
    """What is to be written, and the rows that leave the map for it."""
    standing = Feature.objects.standing().filter(kind=kind, source=source)
    before = {row.key: row for row in standing}
    fresh = [c for c in found.values() if c.key not in before or not _alike(c, before[c.key])]
    replaced = [before[c.key] for c in fresh if c.key in before]
    gone = [row for key, row in before.items() if key not in found]
    others = _giving_way(found, kind, source)
    report.changed, report.new = len(replaced), len(fresh) - len(replaced)
    report.alike = len(found) - len(fresh)
    report.gone, report.gave_way = [row.key for row in gone], [str(row) for row in others]
    return fresh, [row.pk for row in (*replaced, *gone, *others)]


def _giving_way(found: dict[str, Candidate], kind: str, source: str) -> list[Feature]:
    """One name stands once on the map: the newest import wins, and limits win over an area of their name."""
    names = [candidate.name_zh for candidate in found.values() if candidate.name_zh]
    named = Feature.objects.standing().filter(name_zh__in=names)
    others = list(named.filter(kind=kind).exclude(source=source))
    if kind == GroundKind.LIMITS:
        others += list(named.filter(kind=GroundKind.AREA))
    return others


def _alike(candidate: Candidate, row: Feature) -> bool:
    said = (row.name_zh, row.name_en, row.ref)
    same = said == (candidate.name_zh, candidate.name_en, candidate.ref)
    return same and row.geometry == _plain(candidate.shape)


def _written(
    fresh: list[Candidate],
    left: list[int],
    kind: str,
    papers: Papers,
    file_name: str,
    *,
    by: Actor | None,
    at: datetime,
) -> GroundBatch:
    """The batch, then what leaves the map (it must leave before its key comes again), then what is new."""
    batch = GroundBatch.objects.create(
        kind=kind, source=papers.source, licence=papers.licence, attribution=papers.attribution,
        snapshot=papers.snapshot, crs=papers.crs, file_name=file_name[:200], by=key_of(by), at=at,
    )  # fmt: skip
    Feature.objects.filter(pk__in=left).update(replaced_by=batch)
    Feature.objects.bulk_create(_row(candidate, kind, batch) for candidate in fresh)
    return batch


def _row(candidate: Candidate, kind: str, batch: GroundBatch) -> Feature:
    lon, lat = shapes.label_point(candidate.shape)
    return Feature(
        kind=kind, source=batch.source, key=candidate.key, name_zh=candidate.name_zh,
        name_en=candidate.name_en, ref=candidate.ref, geometry=_plain(candidate.shape), label_lon=lon,
        label_lat=lat, batch=batch,
    )  # fmt: skip


def _plain(shape: shapes.Shape) -> Any:
    """As JSON keeps it: lists, no tuples."""

    def listed(node: Any) -> Any:
        return [listed(child) for child in node] if isinstance(node, list | tuple) else node

    return {"type": shape["type"], "coordinates": listed(shape["coordinates"])}


def _name_of(properties: dict[str, Any]) -> str:
    return str(properties.get("name") or properties.get("zh") or "–")[:60]


def _nothing(report: Report) -> Any:
    if set(report.dropped) == {Why.FAR.value}:
        return _(
            "Nothing of this file lies near the sub-district. Are its coordinates longitude first, WGS-84?"
        )
    return _("There is nothing of this kind to take from this file.")

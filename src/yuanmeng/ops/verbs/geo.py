"""`geo import FILE`: take map data in as the map's ground; `geo list` what stands; `geo rollback BATCH`."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from pathlib import Path
from typing import TYPE_CHECKING

from yuanmeng.ops.outcome import Cannot, Outcome

if TYPE_CHECKING:
    from yuanmeng.places.features import GroundBatch

KINDS = ("limits", "area", "metro", "station", "elevated", "street", "park", "landmark")


def add(parser: ArgumentParser) -> None:
    """What to do, with which file or batch, and whose data they are."""
    parser.add_argument("what", choices=["import", "list", "rollback"])
    parser.add_argument(
        "target", nargs="?", default="", help="the file to import, or the first characters of the batch"
    )
    parser.add_argument("--kind", choices=KINDS, help="what the file's rows are")
    parser.add_argument(
        "--source", default="", help="whose data (default: what the file says, else its name)"
    )
    parser.add_argument("--licence", default="", help="under which licence one may use them: ODbL-1.0")
    parser.add_argument("--attribution", default="", help="whom the map names: © OpenStreetMap contributors")
    parser.add_argument("--snapshot", default="", help="of which day the data are")
    parser.add_argument("--crs", default="wgs84", help="wgs84 (default) or gcj02")
    parser.add_argument("--layer", default="", help="the layer of a PMTiles archive")
    parser.add_argument("--dry-run", action="store_true", help="only say what would happen")


def run(options: Namespace) -> Outcome:
    """Do it, or say why not."""
    from yuanmeng.core.errors import Refused

    try:
        return {"import": _import, "list": _list, "rollback": _roll_back}[options.what](options)
    except Refused as why:
        raise Cannot(str(why)) from why


def _import(options: Namespace) -> Outcome:
    from django.utils import timezone
    from django.utils.translation import gettext as _

    from yuanmeng.core.actors import Told
    from yuanmeng.places.ground.admit import Papers, take_in
    from yuanmeng.places.ground.sentences import lines_of

    if not options.target or not options.kind:
        raise Cannot(_("Please name the file, and with --kind what its rows are."))
    file = Path(options.target)
    papers = Papers(
        options.source or _source_of(file),
        options.licence,
        options.attribution,
        options.snapshot,
        options.crs,
    )
    report = take_in(
        file,
        options.kind,
        papers,
        by=Told("cli"),
        at=timezone.now(),
        layer=options.layer,
        dry=options.dry_run,
    )
    lines = lines_of(report)
    if options.dry_run:
        lines.append(_("Only looked: nothing was written."))
    elif report.batch:
        words = _("This is batch %(batch)s; `yuanmeng geo rollback %(batch)s` takes it back.")
        lines.append(words % {"batch": report.batch[:8]})
    return Outcome(lines=lines, facts=report.facts())


def _source_of(file: Path) -> str:
    """What the file says of itself, else its name: the same file again is the same source."""
    from yuanmeng.places.ground.reading import head_of

    return str(head_of(file).get("source") or file.name)[:80]


def _list(options: Namespace) -> Outcome:
    from yuanmeng.places.features import GroundBatch

    rows = list(GroundBatch.objects.order_by("-pk"))
    facts = [
        {"uid": row.uid, "kind": row.kind, "source": row.source, "licence": row.licence,
         "attribution": row.attribution, "snapshot": row.snapshot, "at": row.at.isoformat(),
         "standing": row.features.standing().count(), "rolled_back": row.rolled_back_at is not None}
        for row in rows
    ]  # fmt: skip
    return Outcome(lines=[_line(row) for row in rows] or [_no_batch()], facts={"batches": facts})


def _line(row: GroundBatch) -> str:
    from django.utils.translation import gettext as _

    state = _("rolled back") if row.rolled_back_at else str(row.features.standing().count())
    return f"{row.uid[:8]}  {row.get_kind_display()}  {row.source}  {row.licence}  {row.attribution}  {state}"


def _no_batch() -> str:
    from django.utils.translation import gettext as _

    return _("No map data were imported: the map shows our own drawing.")


def _roll_back(options: Namespace) -> Outcome:
    from django.utils import timezone
    from django.utils.translation import gettext as _

    from yuanmeng.core.actors import Told
    from yuanmeng.places.features import GroundBatch
    from yuanmeng.places.ground.admit import roll_back

    found = list(GroundBatch.objects.filter(uid__startswith=options.target)[:2]) if options.target else []
    if len(found) != 1:
        raise Cannot(
            _("There is no import, or more than one, whose mark begins so. See `yuanmeng geo list`.")
        )
    back = roll_back(found[0], by=Told("cli"), at=timezone.now())
    words = _("%(batch)s is off the map; %(count)d things stand again as before.")
    return Outcome(lines=[words % {"batch": str(found[0]), "count": back}], facts={"back": back})

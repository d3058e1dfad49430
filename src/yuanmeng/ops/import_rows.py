"""`import`: take a file of vacancies, seekers or organisations in, or only look at it."""

from __future__ import annotations

import sys
from argparse import ArgumentParser, Namespace
from pathlib import Path
from typing import TYPE_CHECKING

from yuanmeng.ops.outcome import FINDING, Cannot, Outcome

if TYPE_CHECKING:
    from yuanmeng.intake.models import Batch

_SHOWN_ROWS = 20


def add(parser: ArgumentParser) -> None:
    """This will name the file, what its rows are, and who sends it."""
    parser.add_argument("file", type=Path, help="an XLSX or CSV file")
    parser.add_argument("--kind", choices=["vacancies", "seekers", "organisations"], default="vacancies")
    parser.add_argument("--source", required=True, help="who sends such files; keys count inside a source")
    parser.add_argument("--vacancy-source", choices=["own", "entrusted", "reposted"], default="own")
    parser.add_argument("--publisher", default="", help="who published the vacancies first")
    parser.add_argument("--preview", action="store_true", help="only look: nothing but the batch is written")
    parser.add_argument("--refused", type=Path, help="write the rows that come back to this XLSX file")


def run(options: Namespace) -> Outcome:
    """Preview, and unless told otherwise take in. 1 when rows come back, 2 when the file stays outside."""
    from django.utils import timezone

    from yuanmeng.core.actors import CLOCK
    from yuanmeng.intake.admit import commit

    batch = _look(options)
    if not options.preview:
        commit(batch, by=CLOCK, at=timezone.now(), progress=_show)
    if options.refused:
        _write_refused(batch, options.refused)
    code = FINDING if batch.refused or batch.quarantined else 0
    return Outcome(code, _lines(batch), _facts(batch))


def _look(options: Namespace) -> Batch:
    from django.utils import timezone

    from yuanmeng.core.actors import CLOCK
    from yuanmeng.intake.admit import ImportRefused, preview

    try:
        with options.file.open("rb") as file:
            return preview(
                file,
                name=options.file.name,
                kind=options.kind,
                source=options.source,
                by=CLOCK,
                at=timezone.now(),
                vacancy_source=options.vacancy_source,
                source_publisher=options.publisher,
            )
    except (OSError, ImportRefused) as why:
        raise Cannot(str(why)) from why


def _show(done: int, total: int) -> None:
    print(f"  {done} / {total}", file=sys.stderr, flush=True)


def _write_refused(batch: Batch, path: Path) -> None:
    from yuanmeng.intake.refused import refused_file

    path.write_bytes(refused_file(batch))


def _lines(batch: Batch) -> list[str]:
    from django.utils.translation import gettext as _

    from yuanmeng.intake.sentences import reason_sentence

    told = _(
        "%(file_name)s: %(total)d rows · %(admitted)d new · %(updated)d changed · %(skipped)d passed over · "
        "%(quarantined)d to decide · %(refused)d come back"
    ) % {"total": batch.total, **vars(batch)}
    back = batch.rows.coming_back()[:_SHOWN_ROWS]
    return [told, *(f"  {row.sheet} {row.line} {row.column}: {reason_sentence(row.reason)}" for row in back)]


def _facts(batch: Batch) -> dict[str, object]:
    from yuanmeng.intake.admit import said

    return {"batch": batch.uid, **said(batch), "report": batch.report}

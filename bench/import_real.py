"""What the import makes of real postings: each row admitted, updated, quarantined, refused or passed over.

    python bench/import_real.py ../shared/real [--together] [--again] [--json]

PATH holds the files named below; nothing of them is kept: the database lives in a temporary folder. Asserts
that no row is lost and none is taken in twice. Each file gets an empty house of its own; with --together all
go into one, where the workbook's rows meet their twins. --again imports each file a second time.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "src")]

# File → rows it holds.
FILES = {
    "shanghai_postings.csv": 12_293,
    "changning_postings.xlsx": 398,
    "lagou_shanghai_gb18030.csv": 433,
    "51job_shanghai_gbk.csv": 847,
}
ACTIONS = ("admitted", "updated", "quarantined", "refused", "skipped")


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("path", type=Path)
    asked.add_argument("--together", action="store_true", help="all files into one house")
    asked.add_argument("--again", action="store_true", help="each file a second time: nothing may be new")
    asked.add_argument("--json", action="store_true", help="print only the JSON")
    options = asked.parse_args()
    with tempfile.TemporaryDirectory(prefix="yuanmeng-bench-") as folder:
        _open_house(Path(folder))
        results = [_one(options.path / name, rows, options) for name, rows in FILES.items()]
    if not options.json:
        print(table(results))
    print(json.dumps(results, ensure_ascii=False))


def _open_house(folder: Path) -> None:
    os.environ.update(
        YUANMENG_DATA=str(folder), YUANMENG_DEMO="1", DJANGO_SETTINGS_MODULE="yuanmeng.config.settings"
    )
    import django

    django.setup()
    from django.core.management import call_command

    call_command("migrate", verbosity=0)


def _one(path: Path, rows: int, options: argparse.Namespace) -> dict[str, Any]:
    """Take one file in, inside a transaction that is taken back unless the files share a house."""
    from django.db import transaction

    with transaction.atomic():
        result = _taken_in(path, rows, again=options.again)
        transaction.set_rollback(not options.together)
    return result


def _taken_in(path: Path, rows: int, *, again: bool) -> dict[str, Any]:
    from yuanmeng.vacancies.models import Vacancy

    before, began = Vacancy.objects.count(), time.perf_counter()
    batch = _import(path)
    seconds = time.perf_counter() - began
    made = Vacancy.objects.filter(source_name=path.name[:40])
    assert batch.total == rows == batch.rows.count(), (
        f"{path.name}: {batch.total} of {rows} rows: some were lost"
    )
    assert Vacancy.objects.count() - before == batch.admitted == made.count(), (
        f"{path.name}: a row came twice"
    )
    places = batch.rows.values("sheet", "line").distinct().count()
    assert places == rows, f"{path.name}: a line was decided twice"
    result = _told(batch) | {"file": path.name, "rows": rows, "rows_per_s": round(rows / seconds)}
    if again:
        second = _import(path)
        assert (second.admitted, second.updated) == (0, 0), (
            f"{path.name}: the same file again changed something"
        )
        result["again"] = {action: getattr(second, action) for action in ACTIONS}
    return result


def _import(path: Path) -> Any:
    from django.utils import timezone

    from yuanmeng.core.actors import CLOCK
    from yuanmeng.intake.admit import commit, preview

    at = timezone.now()
    with path.open("rb") as file:
        batch = preview(file, name=path.name, kind="vacancies", source=path.name, by=CLOCK, at=at)
    return commit(batch, by=CLOCK, at=at)


def _told(batch: Any) -> dict[str, Any]:
    from django.db.models import Count

    reasons = batch.rows.exclude(reason="").values("action", "reason", "column").annotate(n=Count("pk"))
    return {action: getattr(batch, action) for action in ACTIONS} | {
        "reasons": [[r["action"], r["reason"], r["column"], r["n"]] for r in reasons.order_by("-n")],
        "notes": batch.report["notes"],
        "findings": batch.report["findings"],
    }


def table(results: list[dict[str, Any]]) -> str:
    lines = [f"{'file':28}{'rows':>8}" + "".join(f"{action:>12}" for action in ACTIONS) + f"{'rows/s':>8}"]
    for one in results:
        figures = "".join(f"{one[action]:12,}" for action in ACTIONS)
        lines.append(f"{one['file']:28}{one['rows']:8,}{figures}{one['rows_per_s']:8,}")
        lines += [f"    {n:6,}  {action} {reason} {column}" for action, reason, column, n in one["reasons"]]
        lines.append(f"    notes: {_counted(one['notes'])}")
        lines.append(f"    findings: {_counted(one['findings'])}")
        if "again" in one:
            lines.append(f"    again: {_counted(one['again'])}")
    total = sum(one["rows"] for one in results)
    sums = "".join(f"{sum(one[action] for one in results):12,}" for action in ACTIONS)
    lines.append(f"{'all':28}{total:8,}{sums}   none lost, none twice")
    return "\n".join(lines)


def _counted(figures: dict[str, int]) -> str:
    return ", ".join(f"{name} {n:,}" for name, n in sorted(figures.items(), key=lambda item: -item[1])) or "–"


if __name__ == "__main__":
    main()

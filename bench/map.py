"""How long the employment map takes to count 100,000 vacancies into cells, and how large it is on the wire.

    python bench/map.py [--postgres] [--count 100000] [--json]

"cells" is the counting alone; "answer" is the whole request in process: filters, cells, JSON, ETag. Targets:
200 ms, 50 kB compressed.
"""

from __future__ import annotations

import argparse
import gzip
import json
import time
from datetime import datetime
from typing import Any

import numpy as np

from street import quantile, street

TARGET_MS, TARGET_BYTES = 200.0, 50_000
ROUNDS = 20


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--postgres", action="store_true")
    asked.add_argument("--count", type=int, default=100_000)
    asked.add_argument("--json", action="store_true", help="print only the JSON")
    options = asked.parse_args()
    with street(options.count, postgres=options.postgres) as at:
        result = {"vacancies": options.count, "rows": measured(at)}
    result["kept"] = all(
        row["answer_p99_ms"] <= TARGET_MS and row["gzip_bytes"] <= TARGET_BYTES for row in result["rows"]
    )
    if not options.json:
        print(table(result))
    print(json.dumps(result, ensure_ascii=False))


def measured(at: datetime) -> list[dict[str, Any]]:
    from django.test import Client

    from yuanmeng.places import hexes
    from yuanmeng.vacancies import board
    from yuanmeng.vacancies.search import VacancyQuery, laid_over, rebuild

    rebuild()
    columns = board.current().columns
    laid_over(VacancyQuery(), at=at)
    client, rows = Client(HTTP_HOST="localhost"), []
    for radius in hexes.RADII_M:
        counted = [
            _timed(
                lambda r=radius: hexes.aggregate(columns.lon, columns.lat, columns.openings, columns.pay, r)
            )
            for _n in range(ROUNDS)
        ]
        client.get(f"/api/v1/map?radius={radius}")  # imports and middleware are made at the first call
        asked = [_timed(lambda r=radius: client.get(f"/api/v1/map?radius={r}")) for _n in range(ROUNDS)]
        body = client.get(f"/api/v1/map?radius={radius}").content
        cells = json.loads(body)
        assert sum(cells["n"]) + cells["elsewhere_openings"] + cells["unplaced_openings"] == int(
            np.sum(columns.openings)
        )
        rows.append(
            {
                "radius_m": radius, "cells": len(cells["q"]), "bytes": len(body),
                "gzip_bytes": len(gzip.compress(body)), "cells_p50_ms": _middle(counted),
                "answer_p50_ms": _middle(asked), "answer_p99_ms": round(quantile(sorted(asked), 0.99), 1),
            }
        )  # fmt: skip
    return rows


def _timed(act: Any) -> float:
    started = time.perf_counter()
    act()
    return (time.perf_counter() - started) * 1000


def _middle(times: list[float]) -> float:
    return round(quantile(sorted(times), 0.5), 1)


def table(result: dict[str, Any]) -> str:
    lines = [
        f"{result['vacancies']:,} vacancies",
        f"{'R m':>5}{'cells':>7}{'bytes':>9}{'gzip':>8}{'cells ms':>10}{'answer ms':>11}{'p99 ms':>8}",
    ]
    for row in result["rows"]:
        lines.append(
            f"{row['radius_m']:5}{row['cells']:7}{row['bytes']:9,}{row['gzip_bytes']:8,}"
            f"{row['cells_p50_ms']:10.1f}{row['answer_p50_ms']:11.1f}{row['answer_p99_ms']:8.1f}"
        )
    kept = "kept" if result["kept"] else "MISSED"
    lines.append(f"targets {TARGET_MS:.0f} ms and {TARGET_BYTES:,} bytes compressed: {kept}")
    return "\n".join(lines)


if __name__ == "__main__":
    main()

"""How well the engine ranks, beside the strongest plain peers, on the same folders in the same run.

    python -m bench.quality [CASE …] [--shared ../shared/bench] [--without-peers] [--json FILE]

Each engine is a command that reads a case folder (``answer.py`` ours, ``peers.py`` and ``hybrid.py`` of the
shared bench theirs: implicit, scikit-learn, bm25s, lightgbm) and is scored by the bench's own protocol.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
SHARED = HERE.parents[1] / "shared" / "bench"
FIGURES = ("nDCG@10", "R@5", "R@50", "MAP", "hit@1", "AUC", "congestion@10", "seconds")
PEERS = {
    "scout_warm": ("peers.py als", "peers.py alsgfcf", "hybrid.py"),
    "scout_colduser": ("peers.py popularity", "peers.py ridge_user"),
    "scout_coldjob": ("peers.py ridge_job",),
    "scout_reverse": ("peers.py userknn", "peers.py als"),
    "cb_small": ("peers.py als", "peers.py alsgfcf"),
    "csco": ("peers.py nearest", "peers.py svc"),
    "talentclef_zh": ("peers.py bm25", "peers.py chargram"),
    "talentclef_en": ("peers.py bm25", "peers.py chargram"),
    "cnjobsearch": ("peers.py bm25", "peers.py chargram"),
}


def measure(shared: Path, case: str, command: list[str]) -> dict[str, float]:
    """The figures of one engine on one case, as the protocol prints them."""
    # One thread for BLAS: implicit asks for it, and ours is measured as the peers are.
    told = subprocess.run(
        [sys.executable, "-W", "ignore", "protocol.py", "measure", case, sys.executable, *command],
        cwd=shared, env={**os.environ, "OPENBLAS_NUM_THREADS": "1"}, capture_output=True, text=True,
    )  # fmt: skip
    if told.returncode:
        sys.exit(f"{' '.join(command)} failed on {case}:\n{told.stderr[-2000:]}")
    return json.loads(told.stdout.splitlines()[-1])


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("cases", nargs="*", metavar="CASE", help=", ".join(PEERS))
    parser.add_argument("--shared", type=Path, default=SHARED)
    parser.add_argument("--without-peers", action="store_true")
    parser.add_argument("--json", type=Path)
    words = parser.parse_args()
    if not (words.shared / "protocol.py").exists():
        sys.exit(f"The cases are not here: {words.shared} holds no protocol.py. Say where: --shared FOLDER.")
    unknown = set(words.cases) - PEERS.keys()
    if unknown:
        sys.exit(f"There is no case {', '.join(sorted(unknown))}; there are {', '.join(PEERS)}.")
    found: dict[str, dict[str, dict[str, float]]] = {}
    print(f"{'case':16}{'engine':24}" + "".join(f"{name:>15}" for name in FIGURES))
    for case in words.cases or PEERS:
        peers = () if words.without_peers else PEERS[case]
        engines = {peer: peer.split() for peer in peers} | {"yuanmeng": [str(HERE / "answer.py")]}
        for name, command in engines.items():
            figures = found.setdefault(case, {})[name] = measure(words.shared, case, command)
            line = "".join(f"{figures[figure]:>15.4f}" for figure in FIGURES)
            print(f"{case:16}{name.removeprefix('peers.py '):24}{line}", flush=True)
    print(json.dumps({"bench": "quality", "cases": found}))
    if words.json:
        words.json.write_text(json.dumps(found, indent=1), encoding="utf-8")


if __name__ == "__main__":
    main()

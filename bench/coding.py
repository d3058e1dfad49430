"""How well titles are sorted into medium groups: words, what was learned, and both together.

    python bench/coding.py [--shared ../shared/bench] [--json]

Case csco of the shared bench: its labelled titles are never learned from, only asked; "told" chose how sure
the reader must be, "answers" were looked at afterwards. The last row learns the told titles as a town would
learn the codes that people gave, and is asked the answers. hit: share of all titles; right: of those
answered.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
import time
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "src")]
Pairs = list[tuple[str, str]]


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("--shared", type=Path, default=ROOT.parent / "shared" / "bench")
    asked.add_argument("--json", action="store_true", help="print only the JSON")
    options = asked.parse_args()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "yuanmeng.config.settings")
    import django

    django.setup()
    figures = measured(*case(options.shared))
    if not options.json:
        for name, row in figures.items():
            print(f"{name:34}" + "  ".join(f"{key} {value:.3f}" for key, value in row.items()))
    print(json.dumps(figures))


def case(shared: Path) -> tuple[Pairs, Pairs]:
    """Titles with their medium groups: told, answers."""
    sys.path.insert(0, str(shared))
    import cases

    found = cases.csco()
    told, answers = found.train + found.valid, found.answers
    return [(t, c[:4]) for t, c in told], [(t, c[:4]) for t, c in answers]


def measured(told: Pairs, answers: Pairs) -> dict[str, dict[str, float]]:
    """Rows of the table."""
    from yuanmeng.occupations import classify

    out: dict[str, dict[str, float]] = {}
    classify.ask_also(None)
    for name, pairs in (("told", told), ("answers", answers)):
        out[f"words, {name}"] = scored(classify.occupation_of, pairs)
    reader, seconds = learned([])
    out["learned alone, told"] = scored(lambda title: (reader.read([title])[0] or [None])[0], told)
    for against, beside in ((2, 0.4), (2, 0.5), (0.9, 0.5), (0.8, 0.5), (0.7, 0.5), (0.6, 0.4), (0, 0)):
        out[f"both {against} {beside}, told"] = together(reader, told, against, beside)
    out["both, answers"] = together(reader, answers, classify.AGAINST_WORDS, classify.BESIDE_WORDS)
    out["seconds"] = {"learning": seconds, "1000 titles": seconds_of(reader, told[:1000])}
    taught, seconds = learned([(t, c) for t, c in told if c in reader.coder.codes])
    out["both and codes given, answers"] = together(
        taught, answers, classify.AGAINST_WORDS, classify.BESIDE_WORDS
    )
    out["seconds with codes given"] = {"learning": seconds, "1000 titles": seconds_of(taught, answers)}
    return out


def learned(said: Pairs):  # type: ignore[no-untyped-def]
    """A reader as the nightly build makes it, with these codes given; and the seconds it took."""
    from yuanmeng.recommend import coding

    began = time.perf_counter()
    coder = coding.fitted(coding.told(said))
    return coding.TitleReader(coder), time.perf_counter() - began


def together(reader, pairs: Pairs, against: float, beside: float) -> dict[str, float]:  # type: ignore[no-untyped-def]
    """Words and reader, as occupation_of weighs them."""
    from yuanmeng.occupations import classify

    kept = classify.AGAINST_WORDS, classify.BESIDE_WORDS
    classify.AGAINST_WORDS, classify.BESIDE_WORDS = against, beside
    classify.ask_also(reader.read)
    classify.read_ahead([title for title, _ in pairs])
    try:
        return scored(classify.occupation_of, pairs)
    finally:
        classify.ask_also(None)
        classify.AGAINST_WORDS, classify.BESIDE_WORDS = kept


def scored(asked: Callable[[str], str | None], pairs: Pairs) -> dict[str, float]:
    answers = [(asked(title), code) for title, code in pairs]
    hits, said = sum(a == code for a, code in answers), sum(a is not None for a, _ in answers)
    return {"hit": hits / len(pairs), "coverage": said / len(pairs), "right": hits / max(said, 1)}


def seconds_of(reader, pairs: Pairs) -> float:  # type: ignore[no-untyped-def]
    reader.known.clear()
    began = time.perf_counter()
    reader.read([title for title, _ in pairs])
    return (time.perf_counter() - began) * 1000 / len(pairs)


if __name__ == "__main__":
    main()

"""The engine's answer to any case folder of ../shared/bench, as its protocol asks for it:

    python ../shared/bench/protocol.py measure CASE python bench/answer.py
    python bench/answer.py FOLDER [--strength 0.35]

The folder alone tells the kind: texts to rank (see ``answer_texts``), else pairs (see ``answer_pairs``). To
pairs the dial is applied as in the product, every other with one place, as far as the others have been chosen
before: where nobody chose anything yet, no crowd can be foretold, and the dial would only cost.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

import numpy as np

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "src")]

from bench import answer_pairs, answer_texts  # noqa: E402

from yuanmeng.matching.allocation.dial import share_dense  # noqa: E402

STRENGTH, EPS = 0.35, 0.6


def answer(folder: Path, strength: float = STRENGTH) -> np.ndarray:
    """Scores of the case's queries × candidates, float32."""
    told = [text for _, text in answer_texts.rows(folder / "candidates.tsv")]
    if any(told):
        return answer_texts.answer(folder)
    scores = answer_pairs.answer(folder)
    if not strength:
        return scores
    strength *= answer_pairs.chosen_before(folder)
    if not strength:
        return scores
    known = answer_pairs.known_of(folder)
    return share_dense(scores, np.ones(scores.shape[1]), strength, eps=EPS, known=known)[0]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--strength", type=float, default=STRENGTH)
    words = parser.parse_args()
    if not (words.folder / "queries.tsv").exists():
        sys.exit(
            f"{words.folder} is no case folder: it has no queries.tsv. Write one with protocol.py write."
        )
    np.save(words.folder / "run.npy", answer(words.folder, words.strength).astype(np.float32))


if __name__ == "__main__":
    main()

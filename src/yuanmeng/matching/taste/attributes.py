"""What somebody or something is, as a row of numbers: bags of tokens → weighted unit rows."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import scipy.sparse as sp
from numpy.typing import NDArray


@dataclass(frozen=True)
class Vocabulary:
    """The tokens that count and how rare each is."""

    column: dict[str, int]
    rarity: NDArray[np.float32]

    @classmethod
    def of(cls, bags: Sequence[Sequence[str]], least: int = 2) -> Vocabulary:
        """Tokens that at least ``least`` bags hold, in alphabetical order."""
        held = Counter(token for bag in bags for token in set(bag))
        kept = sorted(token for token, number in held.items() if number >= least)
        often = np.array([held[token] for token in kept], np.float64)
        rarity = np.log((1 + len(bags)) / (1 + often)) + 1
        return cls({token: n for n, token in enumerate(kept)}, rarity.astype(np.float32))

    def rows(self, bags: Sequence[Sequence[str]]) -> sp.csr_matrix:
        """[len(bags), tokens]: dampened counts × rarity, each row of length 1; a bag of unknowns is empty."""
        starts, columns, values = [0], list[int](), list[float]()
        for bag in bags:
            counted = Counter(self.column[token] for token in bag if token in self.column)
            for column in sorted(counted):
                columns.append(column)
                values.append((1 + np.log(counted[column])) * self.rarity[column])
            starts.append(len(columns))
        found = sp.csr_matrix((values, columns, starts), (len(bags), len(self.column)), dtype=np.float32)
        length = np.sqrt(np.asarray(found.multiply(found).sum(1))).ravel()
        return (sp.diags(1 / np.maximum(length, 1e-9)) @ found).tocsr().astype(np.float32)


def bands(values: NDArray[np.floating], number: int = 10) -> list[str]:
    """Numbers → names of equally full bands ("" where nothing was said), so that a number can be a token."""
    known = np.isfinite(values)
    if not known.any():
        return [""] * len(values)
    edges = np.unique(np.quantile(values[known], np.linspace(0, 1, number + 1)[1:-1]))
    place = np.searchsorted(edges, values, "right")
    return [str(band) if said else "" for band, said in zip(place, known, strict=True)]

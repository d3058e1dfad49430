"""Contributions → reasons, the strongest first, each true to the score.

The engine is wordless: a ``Reason`` carries a kind and facts; the caller makes the sentence.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from .features import Feature, Viewer
from .records import Missing, Person


@dataclass(frozen=True)
class Telling:
    """Who is to read the reasons, and how many at most."""

    viewer: Viewer
    most: int


TO_THE_PERSON = Telling("person", 3)
SILENT = Telling("person", 0)


def reasons(
    features: Sequence[Feature],
    values: NDArray[np.float32],
    contributions: NDArray[np.float64],
    tell: Telling,
) -> list[tuple[Feature, float]]:
    """(feature, contribution) of one pair worth telling, strongest first, from its [features] values.

    A fact is named only where its sentence is true (``Feature.told_from``) and where the reader may see it.
    The strongest of each family comes first, so that three reasons say three things; the others follow.
    """
    if not tell.most:
        return []
    order = np.argsort(-contributions, kind="stable")
    true = [n for n in order if values[n] >= features[n].told_from]  # never of a NaN
    seen = [n for n in true if tell.viewer in features[n].seen_by]
    first = {features[n].family: n for n in reversed(seen)}.values()
    chosen = sorted(seen, key=lambda n: n not in first)  # stable: each half stays strongest first
    return [(features[n], float(contributions[n])) for n in chosen[: tell.most]]


def missing(features: Sequence[Feature], weight: NDArray[np.float64], person: Person) -> tuple[Missing, ...]:
    """What this person has not said, what would matter most first; the weight is a share of the whole."""
    said = {
        "home": person.lon is not None,
        "pay_floor": person.pay_floor_fen_month is not None,
        "education": person.education_rank is not None,
        "experience": person.experience_years is not None,
        **{name: bool(getattr(person, name)) for name in ("wish", "text", "skills", "occupations", "shifts")},
        "last_occupation": bool(person.last_occupation),
        "": True,
    }
    share = weight / weight.sum()
    gaps = [
        Missing(feature.needs, float(share[n]))
        for n, feature in enumerate(features)
        if not said[feature.needs]
    ]
    return tuple(sorted(gaps, key=lambda gap: (-gap.weight, gap.field)))

"""Contributions → reasons: at most three per pair, the strongest first, each true to the score.

The engine is wordless: a ``Reason`` carries a kind and facts; the caller makes the sentence.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from .features import Feature, Viewer
from .records import Job, Missing, Person, Reason

REASONS = 3


def reasons(
    features: Sequence[Feature],
    values: NDArray[np.float32],
    contributions: NDArray[np.float64],
    person: Person,
    job: Job,
    day: int,
    viewer: Viewer,
) -> tuple[Reason, ...]:
    """The reasons of one pair for one kind of reader, from its [features] values and contributions.

    A fact is named only where its sentence is true (``Feature.told_from``): the order of contributions
    decides.
    """
    chosen = list[Reason]()
    for n in np.argsort(-contributions, kind="stable"):
        is_true = values[n] >= features[n].told_from  # never of a NaN
        if not is_true or viewer not in features[n].seen_by:
            continue
        facts = features[n].facts(person, job, day)
        chosen.append(Reason(features[n].name, facts, float(contributions[n])))
        if len(chosen) == REASONS:
            break
    return tuple(chosen)


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

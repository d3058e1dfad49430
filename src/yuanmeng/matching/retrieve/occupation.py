"""The same or a neighbouring occupation code; among equals the nearer place."""

from __future__ import annotations

import numpy as np

from ..meeting import Ask, occupation_likeness
from .base import Retriever

LAST_SHARE = 0.5  # of the last occupation against those wanted


def _liking(ask: Ask) -> np.ndarray:
    # Codes are compared once each, and not once for every row that has them.
    people, jobs, codes = ask.town.people, ask.town.jobs, ask.town.people.lists.codes()
    if ask.wanted == "jobs":
        wanted, last = people.occupations[ask.slot], people.last_occupation[ask.slot]
        by_code = np.fmax.reduce([occupation_likeness(code, codes) for code in wanted])
        by_code = np.fmax(by_code, LAST_SHARE * occupation_likeness(last, codes))
        alike = by_code[jobs.occupation_number]
    else:
        by_code = occupation_likeness(jobs.occupation[ask.slot], codes)
        found = by_code[people.occupation_numbers]
        alike = np.fmax(np.fmax.reduce(found[:, :3], axis=1), LAST_SHARE * found[:, 3])
    near = np.exp2(-np.nan_to_num(ask.everybody.minutes, nan=60) / 20)
    return np.where(alike > 0, alike + 0.2 * near, np.nan)


same_occupation = Retriever("same_occupation", _liking)

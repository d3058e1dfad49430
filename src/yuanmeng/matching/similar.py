"""Jobs like a job: for the foot of a vacancy page. Nobody's person is involved."""

from __future__ import annotations

import numpy as np

from .meeting import Town, occupation_likeness
from .retrieve.base import top


def like_job(town: Town, slot: int, day: int, k: int) -> list[str]:
    """Ids of at most k open jobs like the one in ``slot``, best first: title, then words, then occupation."""
    jobs = town.jobs
    title, text = (np.nan_to_num(field["jobs"].similar(field["jobs"].vector(slot), jobs.size))
                   for field in (town.title, town.text))  # fmt: skip
    alike = np.nan_to_num(occupation_likeness(jobs.occupation[slot : slot + 1], jobs.occupation))
    score = 0.5 * np.sqrt(title) + 0.25 * np.sqrt(text) + 0.25 * alike
    shown = jobs.alive & (jobs.opens_day <= day) & (day <= jobs.closes_day) & (jobs.openings > 0)
    shown[slot] = False
    found = top(np.where(shown & (score > 0.2), score, -np.inf), jobs.tie, k)
    return [jobs.record(row).id for row in found]

"""Small cells: a figure about fewer than five people names nobody, and no second figure gives it away.

Vacancies are adverts and may show 1; everything counted from persons passes here before it is shown.
"""

from __future__ import annotations

from collections.abc import Mapping

LEAST = 5
HIDDEN = f"<{LEAST}"
# Not small itself, but the total minus it would give a small one away: true, and no more than is needed.
HELD_BACK = f"≥{LEAST}"
NOTHING = "—"


def shown(count: int) -> str:
    """This will write one figure that stands alone: 0 stays 0, 1 to 4 become "<5"."""
    return HIDDEN if 0 < count < LEAST else f"{count:,}"


def shown_parts(parts: Mapping[str, int]) -> dict[str, str]:
    """This will write the parts of a published total.

    Where one alone is hidden, the next smallest is held back: else the total minus the others would say it.
    """
    shown_as = {name: shown(count) for name, count in parts.items()}
    if list(shown_as.values()).count(HIDDEN) == 1:
        others = [name for name, count in parts.items() if count >= LEAST]
        shown_as |= dict.fromkeys(sorted(others, key=lambda name: (parts[name], name))[:1], HELD_BACK)
    return shown_as


def rounded(count: int) -> int:
    """This will round a figure about persons for the public: to five, so two readings never differ by one."""
    return LEAST * round(count / LEAST)

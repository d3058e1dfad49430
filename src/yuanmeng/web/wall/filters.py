"""What may be chosen on the wall: each option a search anybody could make. Nobody is sorted out by age.

Groups without options are filled in the browser with what is open now: industries, and employers' own words.
"""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

Option = dict[str, str]
WALKS, RIDES, PAYS_YUAN = (5, 10, 15), (10, 20), (5_000, 6_000, 8_000, 10_000)


def filters() -> list[dict[str, Any]]:
    """This will list the groups of the sheet with their words and queries."""
    return [
        {"key": "way", "label": _("Way from here"), "options": [*_walks(), *_rides()]},
        {"key": "pay", "label": _("Monthly pay"), "options": _pays()},
        {
            "key": "need",
            "label": _("Asked for"),
            "options": [_option("no_degree", _("No degree"), "no_degree=1")],
        },
        {
            "key": "tag",
            "label": _("Employers say"),
            "note": _("In the employers' own words. Nobody is left out because of age."),
            "many": True,
            "options": [],
        },
        {"key": "industry", "label": _("Industry"), "options": []},
    ]


def _walks() -> list[Option]:
    return [_option(f"walk{n}", _("%(n)d min on foot") % {"n": n}, f"minutes={n}") for n in WALKS]


def _rides() -> list[Option]:
    return [_option(f"ride{n}", _("%(n)d min by bicycle") % {"n": n}, f"ride={n}") for n in RIDES]


def _pays() -> list[Option]:
    sentence = _("from %(yuan)s yuan a month")
    return [_option(f"pay{n}", sentence % {"yuan": f"{n:,}"}, f"pay_min={n}") for n in PAYS_YUAN]


def _option(key: str, label: str, query: str) -> Option:
    return {"key": key, "label": label, "query": query}

"""What the report of a map file says to people."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext as _

from yuanmeng.places.ground.admit import SHOWN, Report
from yuanmeng.places.ground.rules import Why


def lines_of(report: Report) -> list[str]:
    """This will say what was read, what was taken, what left the map, and what stayed outside and why."""
    return list(_lines(report))


def _lines(report: Report) -> Iterator[str]:
    yield _("%(read)d read: %(new)d new, %(changed)d changed, %(alike)d as before.") % {
        "read": report.read, "new": report.new, "changed": report.changed, "alike": report.alike,
    }  # fmt: skip
    if report.gone:
        yield _("No longer in the file, off the map: %(names)s") % {"names": _some(report.gone)}
    if report.gave_way:
        yield _("Gave way to the same name here: %(names)s") % {"names": _some(report.gave_way)}
    words = _words()
    for why, names in sorted(report.dropped.items()):
        yield _("Not taken, %(why)s: %(count)d (%(names)s)") % {
            "why": words[Why(why)], "count": len(names), "names": _some(names),
        }  # fmt: skip


def _words() -> dict[Why, str]:
    return {
        Why.SHAPE: _("its shape does not fit the kind"),
        Why.FAR: _("too far from the sub-district"),
        Why.UNNAMED: _("without a name"),
        Why.NETWORK: _("a whole network, not a line"),
        Why.OTHER: _("collected leftovers"),
        Why.EXIT: _("an exit, not a road"),
        Why.BRIDGE: _("a bridge"),
        Why.NUMBER: _("a number instead of a name"),
        Why.ELSEWHERE: _("limits of another area"),
        Why.TWICE: _("the same name again"),
        Why.IS_LIMITS: _("stands already as the limits of the sub-district"),
    }


def _some(names: list[str]) -> str:
    return ", ".join(names[:SHOWN]) + (" …" if len(names) > SHOWN else "")

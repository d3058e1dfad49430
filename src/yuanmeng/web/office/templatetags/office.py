"""The office's own navigation: only the rooms somebody may open."""

from __future__ import annotations

from math import isfinite
from typing import TYPE_CHECKING

from django import template
from django.urls import reverse

from yuanmeng.web.office.who import rooms_of

if TYPE_CHECKING:
    from django.template import RequestContext

register = template.Library()


@register.simple_tag(takes_context=True)
def office_rooms(context: RequestContext) -> list[dict[str, object]]:
    """This will be the links of the second row; `here` marks the one that is open."""
    request = context["request"]
    links = [(reverse(room.name), room.label) for room in rooms_of(request.viewer)]
    here = max((path for path, _label in links if request.path.startswith(path)), key=len, default="")
    return [{"path": path, "label": label, "here": path == here} for path, label in links]


@register.filter
def percent(share: float | None, digits: int = 0) -> str:
    """This will say a share from 0 to 1 in percent; "–" where there is none."""
    return f"{100 * share:.{digits}f} %" if share is not None and isfinite(share) else "–"


@register.filter
def times(ratio: float) -> str:
    """This will say how many times its share somebody gets; "–" where there is nothing to compare."""
    return f"× {ratio:.2f}" if isfinite(ratio) else "–"

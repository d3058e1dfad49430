"""`{% keep_button vacancy %}`: the star beside a vacancy, for whoever may keep one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import template

from yuanmeng.web.citizen import fitting

if TYPE_CHECKING:
    from django.template import RequestContext

    from yuanmeng.vacancies.models import Vacancy

register = template.Library()


@register.inclusion_tag("citizen/_keep.html", takes_context=True)
def keep_button(context: RequestContext, vacancy: Vacancy, *, strangers: bool = False) -> dict[str, Any]:
    """This will be the star of one vacancy; `strangers`: also for visitors, whom it leads to the log-in."""
    request = context["request"]
    kept = fitting.kept_by(request)
    offered = kept is not None or (strangers and not request.user.is_authenticated)
    return {"vacancy": vacancy, "offered": offered, "kept": vacancy.pk in (kept or ())}

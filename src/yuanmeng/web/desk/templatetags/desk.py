"""Small words the desk's pages print."""

from __future__ import annotations

from django import template
from django.utils.translation import gettext as _

from yuanmeng.occupations.education import label

register = template.Library()


@register.filter
def education(rank: int | None) -> str:
    """This will say somebody's education, "—" where it is not known."""
    return str(label(rank)) if rank else "—"


@register.filter
def yuan(fen: int) -> str:
    """This will say pay a month in yuan."""
    return _("%(yuan)d yuan a month") % {"yuan": fen // 100}

"""Tags for every page: assets of a surface, links to this same page, and values said in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django import template
from django.conf import settings
from django.utils.safestring import SafeString, mark_safe
from django_vite.core.asset_loader import DjangoViteAssetLoader
from django_vite.core.exceptions import DjangoViteAssetNotFoundError

from yuanmeng.web.shared.maps import map_words

if TYPE_CHECKING:
    from django.template import RequestContext

register = template.Library()
register.simple_tag(map_words)


@register.simple_tag
def surface_assets(name: str) -> SafeString:
    """This will print the script and style links of one front-end entry, `src/<name>/<name>.ts`.

    Pages work without them: where the front end was not built at all, nothing is printed
    (`yuanmeng selfcheck` says so); a missing entry of a built one is a mistake and raises.
    """
    try:
        return mark_safe(DjangoViteAssetLoader.instance().generate_vite_asset(f"src/{name}/{name}.ts"))
    except DjangoViteAssetNotFoundError:
        if (settings.DIST / ".stamp").exists():
            raise
        return mark_safe("")


@register.simple_tag(takes_context=True)
def here(context: RequestContext, **changes: object) -> str:
    """This will be the link to the page one stands on with some parts of its query changed.

    A value of None or "" drops that part, and the page number goes whenever anything else changes.
    """
    query = context["request"].GET.copy()
    if "page" not in changes:
        query.pop("page", None)
    for name, value in changes.items():
        query.pop(name, None)
        if value not in (None, ""):
            query[name] = str(value)
    # Only the query: a relative link keeps the reader on this page, whatever the path is.
    return "?" + query.urlencode()

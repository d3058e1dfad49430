"""HTML on paper: PDF typeset by WeasyPrint (docs/decisions/0009); nothing is fetched while it is made."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from typing import Any

from django.core.cache import cache
from django.utils.translation import gettext as _

from yuanmeng.core.errors import Refused

KEPT_S = 3600
# Every page of ours holds some of these; a font that lacks them prints empty squares.
PROBE = "活动排片回执"


class CannotPrint(Refused):
    """The machine lacks what typesetting needs; the sentence says which package."""

    code = "cannot_print"


def laid_out(html: str, *looks: str) -> Any:
    """This will be the WeasyPrint document of a page and its style sheets. Raises CannotPrint."""
    weasyprint = _weasyprint()
    fetcher = weasyprint.urls.URLFetcher(allowed_protocols=["data"])
    sheets = [weasyprint.CSS(string=look) for look in looks]
    return weasyprint.HTML(string=html, url_fetcher=fetcher).render(stylesheets=sheets)


def written(document: Any) -> bytes:
    """This will be the PDF. Raises CannotPrint where the Chinese would be empty squares."""
    made: bytes = document.write_pdf()
    wanted = {ord(sign) for sign in PROBE}
    if any(wanted & set(font.missing) for font in document.fonts.values()):
        raise CannotPrint(_("This machine has no Chinese font. Please install fonts-noto-cjk."))
    return made


def once_an_hour(html: str, typeset: Callable[[], bytes]) -> bytes:
    """Typesetting takes a third of a second and anybody may ask for it: the same page is not set twice."""
    key = f"paper:{hashlib.sha256(html.encode()).hexdigest()}"
    kept: bytes | None = cache.get(key)
    if kept is None:
        kept = typeset()
        cache.set(key, kept, KEPT_S)
    return kept


def _weasyprint() -> Any:
    """Loaded on first use: it takes most of a second and needs a system library (Pango)."""
    try:
        import weasyprint
        import weasyprint.urls
    except (ImportError, OSError) as lacking:
        raise CannotPrint(
            _(
                "This machine cannot make PDF files: "
                "the package weasyprint or the system library Pango is missing."
            )
        ) from lacking
    return weasyprint

"""Which pages a city app may show in a frame: what everybody may read, and nothing one can press by mistake.

A frame of another site gets no cookie of ours (SameSite), so nobody is signed in there; log-in and applying
open in a window of their own (frontend/src/pages/framed.ts).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from django.http.response import HttpResponseBase

WHOLE = {"/", "/map/", "/help/", "/privacy/"}
BELOW = ("/vacancies/", "/programme/")
NEVER = ("/apply", "/application", "/report", "/favourite")


def may_be_framed(path: str) -> bool:
    """This will tell whether a page is one of those everybody reads."""
    public = path in WHOLE or path.startswith(BELOW)
    return public and not any(part in path for part in NEVER)


def let(response: HttpResponseBase, origins: Sequence[str]) -> None:
    """This will let these origins frame one answer; the older header knows no list and is left out."""
    response._csp_replace = {"frame-ancestors": list(origins)}  # type: ignore[attr-defined]
    del response.headers["X-Frame-Options"]

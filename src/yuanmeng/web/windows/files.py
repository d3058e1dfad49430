"""Picture files by what is in them: public, never changing, and never a page."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from django.http import FileResponse, Http404
from django.views.decorators.http import require_safe

from yuanmeng.signage.models import Media
from yuanmeng.web.shared.rights import for_everybody

if TYPE_CHECKING:
    from django.http import HttpRequest

_SHA256 = re.compile(r"[0-9a-f]{64}")
YEAR_S = 365 * 24 * 3600


@for_everybody
@require_safe
def file(request: HttpRequest, sha256: str) -> FileResponse:
    """This will send one picture; 404 for what we do not have."""
    media = Media.objects.filter(sha256=sha256).first() if _SHA256.fullmatch(sha256) else None
    if media is None or not media.path.is_file():
        raise Http404
    response = FileResponse(media.path.open("rb"), content_type=media.type)
    response.headers["Cache-Control"] = f"public, max-age={YEAR_S}, immutable"
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    response.headers["Cross-Origin-Resource-Policy"] = "same-origin"
    return response

"""What the wall keeps on its own machine, so that it starts without a network.

The worker answers for the whole address, because the map's own worker lies below /static/ and asks for files
too; of pages it keeps the wall alone.
"""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.http import Http404, HttpResponse
from django.templatetags.static import static
from django.urls import reverse
from django.views.decorators.http import require_safe

from yuanmeng.web.shared.rights import for_everybody

if TYPE_CHECKING:
    from collections.abc import Iterator

    from django.http import HttpRequest

ENTRY = "src/wall/wall.ts"
GEO = "geo/tianshan_schematic.geojson"
SCRIPT = Path(__file__).with_name("worker.js")
Manifest = dict[str, dict[str, Any]]


@for_everybody
@require_safe
def worker(request: HttpRequest) -> HttpResponse:
    """This will give the worker script with the list of files of this build; 404 where nothing was built."""
    try:
        manifest: Manifest = json.loads((settings.DIST / "manifest.json").read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise Http404 from None
    files = [static(f"dist/{name}") for name in sorted({*files_of(manifest, ENTRY), GEO})]
    body = script(files, reverse("wall:wall"))
    headers = {"Cache-Control": "no-cache", "Service-Worker-Allowed": "/"}
    return HttpResponse(body, content_type="text/javascript; charset=utf-8", headers=headers)


def script(files: list[str], page: str) -> str:
    """This will put the facts of a build before the script; another build has another cache."""
    body = SCRIPT.read_text(encoding="utf-8")
    build = hashlib.sha256(json.dumps([files, page, body]).encode()).hexdigest()[:16]
    facts = {"cache": f"wall-{build}", "files": files, "page": page}
    return f"const FACTS = {json.dumps(facts)};\n{body}"


def files_of(manifest: Manifest, entry: str, seen: frozenset[str] = frozenset()) -> Iterator[str]:
    """This will walk a Vite manifest from an entry: its script, styles, assets and all that it imports."""
    if entry in seen or entry not in manifest:
        return
    chunk = manifest[entry]
    yield chunk["file"]
    yield from chunk.get("css", [])
    yield from chunk.get("assets", [])
    for other in (*chunk.get("imports", []), *chunk.get("dynamicImports", [])):
        yield from files_of(manifest, other, seen | {entry})

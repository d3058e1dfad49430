"""What a screen keeps on its own machine, so that it starts without a network.

A surface says which entry of the build it runs, which pages it stands on and what else it needs; the script
itself (worker.js) is the same for all of them.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.http import Http404, HttpResponse
from django.templatetags.static import static

if TYPE_CHECKING:
    from collections.abc import Iterator

SCRIPT = Path(__file__).with_name("worker.js")
Manifest = dict[str, dict[str, Any]]


@dataclass(frozen=True)
class Offline:
    """One surface's worker.

    `pages` is what the addresses of its pages look like (a regular expression, for the browser), `page` the
    one that stands in for all others, `in_language` the same page by what Content-Language says. What lies
    below `held` is answered from a cache the page itself fills.
    """

    name: str
    entry: str
    page: str
    pages: str
    scope: str
    extra: tuple[str, ...] = ()
    held: str = ""
    in_language: tuple[tuple[str, str], ...] = ()
    # Fetch `page` as nobody: where it would lead a known device elsewhere.
    as_nobody: bool = False
    # Pages of a visit: asked for by the person alone.
    visited: bool = False


def answer(offline: Offline) -> HttpResponse:
    """This will give the worker script with the list of files of this build; 404 where nothing was built."""
    headers = {"Cache-Control": "no-cache", "Service-Worker-Allowed": offline.scope}
    body = script(offline, files(offline))
    return HttpResponse(body, content_type="text/javascript; charset=utf-8", headers=headers)


def files(offline: Offline) -> list[str]:
    """This will list the files of this build that the surface needs; 404 where nothing was built."""
    try:
        manifest: Manifest = json.loads((settings.DIST / "manifest.json").read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise Http404 from None
    names = {*files_of(manifest, offline.entry), *offline.extra}
    return [static(f"dist/{name}") for name in sorted(names)]


def script(offline: Offline, files: list[str]) -> str:
    """This will put the facts of a build before the script; another build has another cache."""
    facts = _facts(offline, files)
    return f"const FACTS = {json.dumps(facts)};\n{_body()}"


def build(offline: Offline) -> str:
    """This will name the build a surface runs on, as its cache is named; "" where nothing was built."""
    try:
        return str(_facts(offline, files(offline))["cache"])
    except Http404:
        return ""


def _facts(offline: Offline, files: list[str]) -> dict[str, Any]:
    facts: dict[str, Any] = {
        "name": offline.name, "files": files, "page": offline.page, "pages": offline.pages,
        "held": offline.held, "in_language": dict(offline.in_language) or None,
        "as_nobody": offline.as_nobody, "visited": offline.visited,
    }  # fmt: skip
    mark = hashlib.sha256(json.dumps([facts, _body()]).encode()).hexdigest()[:16]
    return {"cache": f"{offline.name}-{mark}", **facts}


def _body() -> str:
    return SCRIPT.read_text(encoding="utf-8")


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

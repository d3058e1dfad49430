"""The wall starts without a network: its worker lists every file of the build and touches nothing else."""

from __future__ import annotations

import json
import re

import pytest
from django.conf import settings
from django.test import Client

from yuanmeng.web.wall import offline

MANIFEST = {
    "src/wall/wall.ts": {"file": "w.js", "css": ["w.css"], "imports": ["_a"], "dynamicImports": ["late.ts"]},
    "_a": {"file": "a.js", "imports": ["_b", "src/wall/wall.ts"]},
    "_b": {"file": "b.js", "assets": ["map-worker.js"]},
    "late.ts": {"file": "late.js"},
    "src/pages/pages.ts": {"file": "pages.js"},
}


def test_it_finds_all_that_an_entry_needs_and_nothing_of_others():
    found = set(offline.files_of(MANIFEST, "src/wall/wall.ts"))
    assert found == {"w.js", "w.css", "a.js", "b.js", "map-worker.js", "late.js"}


def test_another_build_has_another_cache():
    first, second = offline.script(["a.js"], "/wall/"), offline.script(["b.js"], "/wall/")
    name = re.compile(r'"cache": "(wall-\w+)"')
    assert name.search(first)[1] != name.search(second)[1]  # type: ignore[index]
    assert offline.script(["a.js"], "/wall/") == first


@pytest.mark.django_db
def test_the_worker_lists_files_that_exist_and_is_never_stale(client: Client):
    if not (settings.DIST / "manifest.json").is_file():
        pytest.skip("the front end is not built: python hatch_build.py")
    answer = client.get("/wall/worker.js")
    assert answer["Content-Type"].startswith("text/javascript")
    assert answer["Cache-Control"] == "no-cache"
    facts = json.loads(answer.content.decode().split("\n")[0].removeprefix("const FACTS = ").rstrip(";"))
    assert facts["page"] == "/wall/"
    assert "/static/dist/geo/tianshan_schematic.geojson" in facts["files"]
    assert any("maplibre-gl-worker" in name for name in facts["files"])
    assert all(client.head(name).status_code == 200 for name in facts["files"])

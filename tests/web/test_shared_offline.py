"""A screen starts without a network: its worker lists every file of the build and touches nothing else."""

from __future__ import annotations

import re

from yuanmeng.web.shared import offline
from yuanmeng.web.shared.offline import Offline

WALL = Offline("wall", "src/wall/wall.ts", "/wall/", "^/wall/$", scope="/")
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
    first, second = offline.script(WALL, ["a.js"]), offline.script(WALL, ["b.js"])
    name = re.compile(r'"cache": "(wall-\w+)"')
    assert name.search(first)[1] != name.search(second)[1]  # type: ignore[index]
    assert offline.script(WALL, ["a.js"]) == first

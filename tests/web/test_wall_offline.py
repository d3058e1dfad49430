"""The wall starts without a network: its worker lists files that exist and is never stale."""

from __future__ import annotations

import json

import pytest
from django.conf import settings
from django.test import Client


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

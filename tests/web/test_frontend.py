"""The browser's own tests and types run with everybody else's."""

from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path

import pytest

from tests.conftest import PROJECT

pytestmark = pytest.mark.once
FRONTEND = PROJECT / "frontend"
ASSETS = PROJECT / "src" / "yuanmeng" / "web" / "dist" / "assets"
# Script as a phone fetches it, in kB of brotli: the map comes only when somebody asks for it.
BUDGETS_KB = {"maplibre-gl-worker-*.js.br": 130, "map-*.js.br": 270, "[!m]*.js.br": 60}


@pytest.mark.parametrize("step", ["typecheck", "test"])
def test_the_browser_code_passes_its_own_checks(step: str):
    if not (FRONTEND / "node_modules").is_dir() or shutil.which("npm") is None:
        pytest.skip("no Node here: the front end was built elsewhere")
    done = subprocess.run(
        ["npm", "run", "--silent", step], cwd=FRONTEND, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr


def test_the_lock_names_no_registry():
    packages = json.loads((FRONTEND / "package-lock.json").read_text())["packages"]
    assert [name for name, package in packages.items() if "resolved" in package] == []
    assert all("integrity" in package for name, package in packages.items() if name)


def test_no_page_asks_for_inline_style_or_script():
    templates = Path(PROJECT / "src" / "yuanmeng").rglob("templates/**/*.html")
    refused = [
        (path.name, line)
        for path in templates
        for line in path.read_text(encoding="utf-8").splitlines()
        if ' style="' in line or " onclick=" in line or "javascript:" in line
    ]
    assert refused == []


@pytest.mark.parametrize(("kind", "budget"), BUDGETS_KB.items())
def test_scripts_keep_to_their_budget(kind: str, budget: int):
    sizes = [path.stat().st_size for path in ASSETS.glob(kind)]
    if not ASSETS.is_dir():
        pytest.skip("the front end has not been built")
    assert 0 < sum(sizes) <= budget * 1000

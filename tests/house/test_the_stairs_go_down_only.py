from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

from django.apps import apps

from tests.house.floors import FLOORS, PROJECT, SOURCE, room_of


def test_imports_keep_the_contracts() -> None:
    lint = Path(sys.executable).with_name("lint-imports")
    done = subprocess.run([lint, "--no-cache"], cwd=PROJECT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout[-3000:]


def test_every_room_has_a_floor() -> None:
    rooms = {p.name for p in SOURCE.iterdir() if p.is_dir() and p.name != "__pycache__"}
    assert rooms == set(FLOORS)


def test_foreign_keys_point_down() -> None:
    wrong = []
    for model in apps.get_models():
        if not model.__module__.startswith("yuanmeng."):
            continue
        here = model.__module__.split(".")[1]
        for field in model._meta.get_fields():
            target = field.related_model if field.concrete and field.is_relation else None
            if target is None or target == "self" or not target.__module__.startswith("yuanmeng."):
                continue
            there = target.__module__.split(".")[1]
            if here != there and FLOORS[there] >= FLOORS[here]:
                wrong.append(f"{model.__name__}.{field.name} → {there}")
    assert wrong == []


def test_floors_below_the_doors_speak_no_http() -> None:
    http = re.compile(r"^\s*from django\.(http|shortcuts)\b|^\s*import django\.(http|shortcuts)\b", re.M)
    wrong = [
        str(path.relative_to(SOURCE))
        for path in SOURCE.rglob("*.py")
        if path.parent != SOURCE
        and FLOORS[room_of(path)] < FLOORS["web"]
        and http.search(path.read_text(encoding="utf-8"))
    ]
    assert wrong == []


def test_a_surfaces_templates_link_to_itself_or_to_shared_addresses() -> None:
    link = re.compile(r"{%\s*url\s+[\"'](\w+):")
    wrong = []
    for path in (SOURCE / "web").rglob("*.html"):
        surface = path.relative_to(SOURCE / "web").parts[0]
        allowed = {surface, "shared"}
        found = set(link.findall(path.read_text(encoding="utf-8")))
        wrong += [f"{path.name}: {name}" for name in found - allowed]
    assert wrong == []


def test_no_door_fetches_a_row_past_the_rights() -> None:
    """A door that gets by primary key would see rows whose right was never asked."""
    wrong = [
        f"{path.relative_to(SOURCE)}:{number}"
        for path in (SOURCE / "web").rglob("*.py")
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
        if re.search(r"\.get\(pk=|get_object_or_404\([^)]*\bpk=", line)
    ]
    assert wrong == []

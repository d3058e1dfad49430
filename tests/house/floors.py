"""The drawing of the house, as data for the tests that import-linter cannot do."""

from __future__ import annotations

from pathlib import Path

PROJECT = Path(__file__).resolve().parents[2]
SOURCE = PROJECT / "src" / "yuanmeng"
FLOORS: dict[str, int] = {
    "core": 0, "matching": 0, "people": 1, "places": 1, "occupations": 1, "organisations": 2, "vacancies": 3,
    "seekers": 3, "applications": 4, "programme": 4, "counsel": 5, "signage": 6, "intake": 7, "recommend": 7,
    "oversight": 8, "web": 9, "ops": 9, "config": 10,
}  # fmt: skip


def room_of(path: Path) -> str:
    return path.relative_to(SOURCE).parts[0]

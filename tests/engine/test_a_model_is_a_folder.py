"""Saved and loaded it answers the same; a foreign, damaged or older folder is refused in one sentence."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.engine.toy_town import DAY, crowd
from yuanmeng.matching import Matcher, ModelRefused, NotKnown

PEOPLE, JOBS = crowd(30, 60)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    Matcher(seed=5).fit(PEOPLE, JOBS, DAY).save(tmp_path / "model")
    return tmp_path / "model"


def test_it_answers_as_it_did(folder: Path) -> None:
    ids = [person.id for person in PEOPLE]
    fitted, loaded = Matcher(seed=5).fit(PEOPLE, JOBS, DAY), Matcher.load(folder)
    assert loaded.rank(ids, DAY) == fitted.rank(ids, DAY)
    assert loaded.seed == 5


def test_what_was_learned_comes_without_records_too(folder: Path) -> None:
    learned = Matcher.load(folder, records=False)
    with pytest.raises(NotKnown):
        learned.rank(["p1"], DAY)
    assert learned.fill(PEOPLE, JOBS).rank(["p1"], DAY) == Matcher.load(folder).rank(["p1"], DAY)


def test_nothing_in_it_can_run_code(folder: Path) -> None:
    assert {path.suffix for path in folder.iterdir()} == {".json", ".npy"}
    assert not any(b"O'" in path.read_bytes()[:128] for path in folder.glob("*.npy"))  # no object arrays


def test_saving_again_replaces_the_folder_whole(folder: Path) -> None:
    Matcher().fit(PEOPLE[:3], JOBS[:3], DAY).save(folder)
    assert json.loads((folder / "manifest.json").read_text())["people"] == 3
    assert [path.name for path in folder.parent.iterdir()] == ["model"]


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"version": 99}, "version 99"),
        ({"features": ["sex"]}, "other features"),
        ({"kind": "something"}, "something else"),
    ],
)
def test_a_folder_of_another_version_is_refused(
    folder: Path, change: dict[str, object], sentence: str
) -> None:
    manifest = json.loads((folder / "manifest.json").read_text())
    (folder / "manifest.json").write_text(json.dumps({**manifest, **change}))
    with pytest.raises(ModelRefused, match=sentence):
        Matcher.load(folder)


def test_a_damaged_array_is_refused(folder: Path) -> None:
    path = folder / "weight.npy"
    path.write_bytes(path.read_bytes()[:-1] + b"x")
    with pytest.raises(ModelRefused, match="damaged"):
        Matcher.load(folder)


def test_no_folder_and_half_a_folder_are_refused(folder: Path, tmp_path: Path) -> None:
    with pytest.raises(ModelRefused, match="no model"):
        Matcher.load(tmp_path / "nowhere")
    (folder / "jobs.npy").unlink()
    with pytest.raises(ModelRefused, match="missing"):
        Matcher.load(folder)

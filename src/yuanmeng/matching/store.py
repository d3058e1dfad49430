"""A model is a folder: ``manifest.json`` and plain arrays. Nothing in it can run code (no pickle).

    manifest.json     version, seed, the names of features and gates, digests of the arrays
    idf_title.npy  idf_text.npy     rarity of each bucket
    weight.npy  usual.npy           the order
    taste.npy  taste_*.npy          what choices taught, where there were enough (facts as JSON, uint8)
    people.npy  jobs.npy            records as UTF-8 lines of JSON (uint8)

The folder is written beside its place and moved there whole: a reader finds the old model or the new one.
"""

from __future__ import annotations

import hashlib
import json
import shutil
from collections.abc import Iterable
from dataclasses import fields
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from .liking import Liking
from .order import WeightedSum
from .records import Job, Person
from .text import BUCKETS

if TYPE_CHECKING:
    from .ranker import Matcher, Recipe

VERSION = 2
TASTE = ("taste", "taste_rows", "taste_columns", "taste_person_rarity", "taste_job_rarity")
LEARNED, RECORDS = ("idf_title", "idf_text", "weight", "usual"), ("people", "jobs")


class ModelRefused(ValueError):
    """A folder that is no model, is damaged, or of another version: fit anew or serve the last good one."""


def save(matcher: Matcher, folder: Path) -> None:
    """Write the matcher; an older model in ``folder`` is replaced."""
    new = folder.with_name(f"{folder.name}.new")
    shutil.rmtree(new, ignore_errors=True)
    new.mkdir(parents=True)
    arrays: dict[str, NDArray[Any]] = {
        "idf_title": matcher.town.title["jobs"].idf,
        "idf_text": matcher.town.text["jobs"].idf,
        "weight": matcher.order_.weight,
        "usual": matcher.order_.usual,
        "people": _lines(matcher.town.people.records),
        "jobs": _lines(matcher.town.jobs.records),
        **_taste(matcher.liking_),
    }
    for name, array in arrays.items():
        np.save(new / f"{name}.npy", array, allow_pickle=False)
    (new / "manifest.json").write_text(
        json.dumps(_manifest(matcher, new, arrays), indent=1), encoding="utf-8"
    )
    _replace(new, folder)


def load(kind: type[Matcher], folder: Path, recipe: Recipe | None, records: bool) -> Matcher:
    """Read a matcher. Raises ModelRefused with a sentence that says what is wrong."""
    matcher = kind(recipe)
    manifest = _read_manifest(folder)
    _check(manifest, matcher)
    learned = {name: _array(folder, name, manifest["sha256"]) for name in LEARNED}
    matcher.seed, matcher.idf_ = manifest["seed"], (learned["idf_title"], learned["idf_text"])
    matcher.order_ = WeightedSum(learned["weight"], learned["usual"], matcher.recipe.features)
    if "taste" in manifest["sha256"]:
        taste = {name: _array(folder, name, manifest["sha256"]) for name in TASTE}
        matcher.liking_ = Liking.loaded(taste, json.loads(taste["taste"].tobytes()))
    if records:
        people, jobs = (_array(folder, name, manifest["sha256"]) for name in RECORDS)
        matcher.fill(_records(people, Person), _records(jobs, Job))
    return matcher


def _taste(liking: Liking | None) -> dict[str, NDArray[Any]]:
    if liking is None:
        return {}
    arrays, facts = liking.saved()
    return {**arrays, "taste": np.frombuffer(json.dumps(facts, ensure_ascii=False).encode(), np.uint8)}


def _manifest(matcher: Matcher, folder: Path, arrays: Iterable[str]) -> dict[str, Any]:
    return {
        "kind": "yuanmeng.matching",
        "version": VERSION,
        "buckets": BUCKETS,
        "seed": matcher.seed,
        "features": [feature.name for feature in matcher.recipe.features],
        "gates": [gate.name for gate in matcher.recipe.gates],
        "people": len(matcher.town.people),
        "jobs": len(matcher.town.jobs),
        "sha256": {name: _digest(folder / f"{name}.npy") for name in arrays},
    }


def _read_manifest(folder: Path) -> dict[str, Any]:
    try:
        manifest = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise ModelRefused(f"{folder} holds no model: {error}.") from error
    if not isinstance(manifest, dict) or manifest.get("kind") != "yuanmeng.matching":
        raise ModelRefused(f"{folder} holds something else than a matching model.")
    return manifest


def _check(manifest: dict[str, Any], matcher: Matcher) -> None:
    if manifest["version"] != VERSION:
        found = manifest["version"]
        raise ModelRefused(f"The model has version {found}, this engine reads {VERSION}. Fit it anew.")
    features = [feature.name for feature in matcher.recipe.features]
    if manifest["features"] != features or manifest["buckets"] != BUCKETS:
        raise ModelRefused("The model was made with other features than this engine has. Fit it anew.")


def _array(folder: Path, name: str, digests: dict[str, str]) -> NDArray[Any]:
    path = folder / f"{name}.npy"
    try:
        if _digest(path) != digests[name]:
            raise ModelRefused(f"{path} is damaged: its digest is not the one in the manifest.")
        array: NDArray[Any] = np.load(path, allow_pickle=False)
    except (OSError, KeyError) as error:
        raise ModelRefused(f"{path} is missing from the model.") from error
    return array


def _digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def _lines(records: Iterable[Person | Job | None]) -> NDArray[np.uint8]:
    lines = [json.dumps(_plain(record), ensure_ascii=False) for record in records if record]
    return np.frombuffer("\n".join(lines).encode("utf-8", "surrogatepass"), np.uint8)


def _plain(record: Person | Job) -> dict[str, Any]:
    values = {field.name: getattr(record, field.name) for field in fields(record)}
    return {name: value.isoformat() if isinstance(value, date) else value for name, value in values.items()}


def _records(array: NDArray[np.uint8], kind: type[Any]) -> list[Any]:
    lines = array.tobytes().decode("utf-8", "surrogatepass").split("\n") if len(array) else []
    return [kind(**_native(json.loads(line))) for line in lines]


def _native(values: dict[str, Any]) -> dict[str, Any]:
    """JSON's lists and day strings back into tuples and dates."""
    native = {name: tuple(value) if isinstance(value, list) else value for name, value in values.items()}
    days = {
        name: date.fromisoformat(values[name]) for name in values if name.endswith("_on") and values[name]
    }
    return {**native, **days}


def _replace(new: Path, folder: Path) -> None:
    old = folder.with_name(f"{folder.name}.old")
    shutil.rmtree(old, ignore_errors=True)
    if folder.exists():
        folder.rename(old)
    new.rename(folder)
    shutil.rmtree(old, ignore_errors=True)

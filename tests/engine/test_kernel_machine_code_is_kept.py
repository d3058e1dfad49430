"""Machine code is kept where the house says, and where nothing may be written it is still made."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

import yuanmeng
from yuanmeng.matching.kernels.compiled import BackendMissing, available, need

with_numba = pytest.mark.skipif(not available(), reason="numba is not installed: yuanmeng[fast]")

ASK = """
import numpy as np
from pathlib import Path
from yuanmeng.matching.allocation import Edges, auction
from yuanmeng.matching.kernels.compiled import cache_in
{before}
edges = Edges(np.array([0, 1]), np.array([0], np.int32), np.array([0.5], np.float32), 1)
print(auction(edges, [1], backend="numba").job.tolist())
"""


def ask(source: Path, before: str = "", **more: str) -> str:
    env = {k: v for k, v in os.environ.items() if not k.startswith("NUMBA")}
    env |= {"PYTHONPATH": str(source), "PYTHONDONTWRITEBYTECODE": "1", **more}
    done = subprocess.run(
        [sys.executable, "-c", ASK.format(before=before)],
        env=env,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


@with_numba
def test_a_folder_of_ones_own_is_filled(tmp_path: Path) -> None:
    source = Path(yuanmeng.__file__).parents[1]
    assert ask(source, f"cache_in(Path({str(tmp_path / 'code')!r}))") == "[0]"
    assert list((tmp_path / "code").rglob("*.nbi"))


@with_numba
@pytest.mark.skipif(sys.platform == "win32", reason="folders that may not be written are made the Unix way")
def test_a_package_that_may_not_be_written_works_without_any_folder(tmp_path: Path) -> None:
    # A file stands where numba would make its folders: that keeps even root from writing there.
    source = tmp_path / "installed"
    shutil.copytree(
        Path(yuanmeng.__file__).parent / "matching",
        source / "yuanmeng/matching",
        ignore=shutil.ignore_patterns("__pycache__"),
    )
    for folder in [source / "yuanmeng", *source.glob("yuanmeng/**/")]:
        if folder.is_dir() and not (folder / "__pycache__").exists():
            (folder / "__pycache__").write_text("")
    (tmp_path / "home").write_text("")
    home = str(tmp_path / "home")
    assert ask(source, HOME=home, XDG_CACHE_HOME=home, IPYTHONDIR=home) == "[0]"


def test_what_is_missing_is_said_with_its_extra() -> None:
    with pytest.raises(BackendMissing, match=r"pip install yuanmeng\[fast\]"):
        need("a_package_nobody_has", "fast")

"""The reference tables beside the code: areas, streets, industries, occupations, education.

They live in `data/reference/` of the project and travel inside the wheel as `yuanmeng/data/reference`.
"""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any

PACKAGE = Path(__file__).resolve().parents[1]


def data_folder(name: str) -> Path:
    """This will name `data/<name>`, packed or in the checkout; FileNotFoundError when neither is there."""
    for root in (PACKAGE / "data", PACKAGE.parents[1] / "data"):
        if (root / name).is_dir():
            return root / name
    raise FileNotFoundError(f"data/{name} is neither inside the package nor beside the checkout")


@cache
def reference(name: str) -> Any:
    """This will give `data/reference/<name>.json`, read once; callers must not change it."""
    return json.loads((data_folder("reference") / f"{name}.json").read_text("utf-8"))

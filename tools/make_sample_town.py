"""This will make the sample town's files: `python tools/make_sample_town.py --out data/sample --seed 2021`.

The same seed gives the same bytes. The files are what users would import: spreadsheets with Chinese titles,
a GB18030 table from an agency, a UTF-8 register. See data/sample/README.md.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))

from town.town import write_town


def main() -> None:
    """Read the two options and write the town."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--out", type=Path, default=Path("data/sample"))
    parser.add_argument("--seed", type=int, default=2021)
    options = parser.parse_args()
    for name, rows in write_town(options.out, options.seed).items():
        print(f"{rows:>6} rows  {options.out / name}")


if __name__ == "__main__":
    main()

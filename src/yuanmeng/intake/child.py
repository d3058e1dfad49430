"""The process that opens other people's files: `python -m yuanmeng.intake.child xlsx|csv < FILE`.

It knows no Django, no database and no settings, sets its own limits before it imports a parser, and
says what it read as one JSON value a line: {"sheet": …}, then [row, cells, marks] …, at last {"end": n}.
A file that breaks it breaks nothing else: without the last line the parent takes nothing.
"""

from __future__ import annotations

import json
import resource
import sys
from typing import BinaryIO

from yuanmeng.intake import limits


def main(kind: str) -> int:
    """This will read standard input to its end and say the rows; 0 done, 3 refused with a reason."""
    limit_this_process()
    from yuanmeng.intake.lines import Unreadable

    try:
        count = _say_workbook(sys.stdin.buffer) if kind == "xlsx" else _say_lines(sys.stdin.buffer)
    except Unreadable as trouble:
        _say({"refused": trouble.code, "about": trouble.about})
        return 3
    except MemoryError:
        _say({"refused": "too_many_cells", "about": {"rows": limits.ROWS, "columns": limits.COLUMNS}})
        return 3
    _say({"end": count})
    return 0


def limit_this_process() -> None:
    """Set here and not by the parent: code between fork and exec is unsafe where there are threads."""
    for what, much in (
        (resource.RLIMIT_AS, limits.CHILD_MEMORY_BYTES),
        (resource.RLIMIT_CPU, limits.CHILD_CPU_SECONDS),
        (resource.RLIMIT_FSIZE, limits.CHILD_FILE_BYTES),
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_NOFILE, limits.CHILD_FILES),
    ):
        resource.setrlimit(what, (much, much))


def _say_lines(file: BinaryIO) -> int:
    from yuanmeng.intake import lines

    _say({"sheet": "", "hidden": False, "old_days": False})
    count = 0
    for record in lines.read(file):
        _say(record)
        count = _one_more(count)
    return count


def _say_workbook(file: BinaryIO) -> int:
    from yuanmeng.intake import workbook

    old_days, sheets = workbook.read(file)
    count = 0
    for sheet in sheets:
        _say({"sheet": sheet.name, "hidden": sheet.hidden, "old_days": old_days})
        for row in sheet.rows:
            _say(row)
            count = _one_more(count)
    return count


def _one_more(count: int) -> int:
    if count > limits.ROWS + 1000:
        from yuanmeng.intake.lines import Unreadable

        raise Unreadable("too_many_cells", rows=limits.ROWS, columns=limits.COLUMNS)
    return count + 1


def _say(value: object) -> None:
    sys.stdout.write(json.dumps(value, ensure_ascii=False) + "\n")


if __name__ == "__main__":
    sys.stdout.reconfigure(encoding="utf-8", errors="surrogatepass")  # type: ignore[union-attr]
    sys.exit(main(sys.argv[1]))

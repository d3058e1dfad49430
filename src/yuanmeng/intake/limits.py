"""How large a file may be. One place, so that the page, the guard and the child say the same."""

from __future__ import annotations

XLSX_BYTES = 20 * 1024 * 1024
CSV_BYTES = 200 * 1024 * 1024
ROWS = 200_000
COLUMNS = 60
CELL_CHARACTERS = 32_767  # what a spreadsheet itself can hold in one cell
CELL_BYTES = 1_000_000  # a text cell beyond this is an open quote or an attack, not a cell
RECORD_LINES = 1_000  # one record over more lines than this is an open quote

ZIP_ENTRIES = 2_000
ZIP_BYTES = 200 * 1024 * 1024
ZIP_RATIO = 200

CHILD_MEMORY_BYTES = 512 * 1024 * 1024
CHILD_CPU_SECONDS = 60
CHILD_FILE_BYTES = 64 * 1024 * 1024
CHILD_FILES = 32
ROW_WAIT_SECONDS = 20.0

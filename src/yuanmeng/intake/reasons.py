"""Why a row was refused, left alone or put before a person. The sentences stand in `sentences.py`."""

from __future__ import annotations

from enum import StrEnum


class Reason(StrEnum):
    """One code for each answer a row can get beside "taken"."""

    # not a record, or nothing new
    BLANK = "blank"
    HEADER_AGAIN = "header_again"
    TOTAL_LINE = "total_line"
    NOTE_LINE = "note_line"
    UNCHANGED = "unchanged"
    # a person decides
    POSSIBLE_DUPLICATE = "possible_duplicate"
    # comes back
    REQUIRED_MISSING = "required_missing"
    TOO_LONG = "too_long"
    FORMULA = "formula"
    MOJIBAKE = "mojibake"
    ENCODING = "encoding"
    OPEN_QUOTE = "open_quote"
    COLUMNS_MISSING = "columns_missing"
    COLUMNS_EXTRA = "columns_extra"
    COLUMNS_SWAPPED = "columns_swapped"
    PAY_REVERSED = "pay_reversed"
    PAY_UNIT_UNKNOWN = "pay_unit_unknown"
    PAY_UNREADABLE = "pay_unreadable"
    PAY_IMPLAUSIBLE = "pay_implausible"
    DATE_INVALID = "date_invalid"
    DATE_AMBIGUOUS = "date_ambiguous"
    DATE_REVERSED = "date_reversed"
    OPENINGS_INVALID = "openings_invalid"
    EDUCATION_UNREADABLE = "education_unreadable"
    EXPERIENCE_UNREADABLE = "experience_unreadable"
    CODE_INVALID = "code_invalid"
    PHONE_INVALID = "phone_invalid"
    NOT_A_NAME = "not_a_name"
    TOO_YOUNG = "too_young"
    CONFLICT = "conflict"
    KIND_UNKNOWN = "kind_unknown"
    NUMBER_INVALID = "number_invalid"
    CLOSED = "closed"


class Note(StrEnum):
    """What was done to a row that was taken; said in the report, never silently."""

    PAY_TAIL_DROPPED = "pay_tail_dropped"
    BYTES_LOST = "bytes_lost"
    SIZE_DROPPED = "size_dropped"
    POINT_DROPPED = "point_dropped"
    POINT_CONVERTED = "point_converted"
    DISTRICT_CORRECTED = "district_corrected"
    DISTRICT_RENAMED = "district_renamed"
    TYPE_UNKNOWN = "type_unknown"
    OPENINGS_SHARED = "openings_shared"
    AGE_LIMIT = "age_limit"
    PHONE_DROPPED = "phone_dropped"
    FORMULA_AS_TEXT = "formula_as_text"


class CellRefused(Exception):
    """One cell cannot be read; the reader that knows the column turns it into a RowRefused."""

    def __init__(self, reason: Reason) -> None:
        super().__init__(reason.value)
        self.reason = reason


class RowRefused(Exception):
    """A row that comes back: line, the file's own column title, reason."""

    def __init__(self, line: int, column: str, reason: Reason) -> None:
        super().__init__(f"{line} {column} {reason.value}")
        self.line = line
        self.column = column
        self.reason = reason


class RowSkipped(Exception):
    """Not a record at all: a blank row, a repeated header, a total."""

    def __init__(self, reason: Reason) -> None:
        super().__init__(reason.value)
        self.reason = reason

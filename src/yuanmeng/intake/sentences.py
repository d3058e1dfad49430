"""Every answer of the import as a sentence for the person: what, why, what to do next."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from yuanmeng.intake.reasons import Note, Reason

Sentence = str | Promise

FILE_SENTENCES: dict[str, Sentence] = {
    "empty": _("The file is empty. Please choose the file again."),
    "type_unknown": _("Only XLSX and CSV files can be read. Please save the table as one of these."),
    "type_differs": _(
        "The content of the file is not what its name says. Please save it again as XLSX or CSV."
    ),
    "too_large": _("The file is larger than %(megabytes)s MB. Please split it into several files."),
    "bomb": _("The file unpacks to far more than a table needs. It was not opened."),
    "encrypted_or_old": _(
        "The file has a password or the old XLS format. Please save it as XLSX without a password."
    ),
    "macros": _("The file contains macros. Please save it as XLSX without macros."),
    "external_links": _("The file refers to other files. Please paste the values only and save it again."),
    "path_inside": _("The file contains parts with forbidden names. It was not opened."),
    "entities": _("The file contains instructions for the reader that no table needs. It was not opened."),
    "too_many_cells": _("A table may have %(rows)s rows and %(columns)s columns. Please split the file."),
    "cell_too_large": _(
        "Line %(line)s holds a cell that is far too long. Perhaps a quotation mark is missing."
    ),
    "open_quote": _(
        "A quotation mark opened in line %(line)s is never closed. Please close it and try again."
    ),
    "header_unknown": _(
        "No row with the needed column titles was found. Please name the columns as in our template."
    ),
    "unreadable": _("The file could not be read. Please open it, save it again as XLSX and try once more."),
    "taken_in_elsewhere": _("This batch is being taken in at this moment. Please reload the page."),
}

REASONS: dict[Reason, Sentence] = {
    Reason.BLANK: _("The line is empty."),
    Reason.HEADER_AGAIN: _("The line repeats the column titles."),
    Reason.TOTAL_LINE: _("The line is a total, not a record."),
    Reason.NOTE_LINE: _("The line is a note, not a record."),
    Reason.UNCHANGED: _("We have this record already; nothing has changed."),
    Reason.POSSIBLE_DUPLICATE: _("This may be the same as a record we have. Please decide."),
    Reason.REQUIRED_MISSING: _("This cell must be filled in."),
    Reason.TOO_LONG: _("The text is too long. Please shorten it."),
    Reason.FORMULA: _("The cell holds a formula. Please write the value itself."),
    Reason.MOJIBAKE: _("The characters are broken. Please type the text again."),
    Reason.ENCODING: _("The line uses an unknown character encoding. Please save the file as UTF-8."),
    Reason.OPEN_QUOTE: _("A quotation mark in this record is not closed."),
    Reason.COLUMNS_MISSING: _("The line has fewer cells than there are columns."),
    Reason.COLUMNS_EXTRA: _(
        "The line has more cells than there are columns. Perhaps a comma needs quotation marks."
    ),
    Reason.COLUMNS_SWAPPED: _(
        "The content belongs to another column. Please check education and experience."
    ),
    Reason.PAY_REVERSED: _("The lower pay is higher than the upper pay."),
    Reason.PAY_UNIT_UNKNOWN: _("Please write the unit of the pay, for example 6500-8500元/月."),
    Reason.PAY_UNREADABLE: _("The pay could not be read. Please write it like 6500-8500元/月, or 面议."),
    Reason.PAY_IMPLAUSIBLE: _("The pay is hardly possible. Please check the amount and the unit."),
    Reason.DATE_INVALID: _("There is no such date. Please write it like 2026-09-02."),
    Reason.DATE_AMBIGUOUS: _("The date can be read in two ways. Please write it like 2026-09-02."),
    Reason.DATE_REVERSED: _("The last day lies before the first day."),
    Reason.OPENINGS_INVALID: _("Please write the number of openings as a number from 1 to 10000, or 若干."),
    Reason.EDUCATION_UNREADABLE: _("The education could not be read. Please write it like 大专 or 不限."),
    Reason.EXPERIENCE_UNREADABLE: _("The experience could not be read. Please write it like 1-3年 or 不限."),
    Reason.CODE_INVALID: _("The number does not pass its check digit. Please compare it with the document."),
    Reason.PHONE_INVALID: _("This is not a telephone number. Please check it."),
    Reason.NOT_A_NAME: _(
        "The cell does not hold the name of an organisation. Please write the registered name."
    ),
    Reason.TOO_YOUNG: _("People under 16 cannot be registered."),
    Reason.CONFLICT: _("The record contradicts one we have, or itself. Please check the numbers in it."),
    Reason.KIND_UNKNOWN: _("This kind of organisation is not known. Please choose one from the template."),
    Reason.NUMBER_INVALID: _("Please write a number."),
    Reason.CLOSED: _("The vacancy under this key is closed. Please post it again under a new key."),
}

NOTES: dict[Note, Sentence] = {
    Note.PAY_TAIL_DROPPED: _("Words behind the pay were left out."),
    Note.BYTES_LOST: _("Some characters were lost before the file came to us."),
    Note.SIZE_DROPPED: _("The size of the organisation could not be read and was left out."),
    Note.POINT_DROPPED: _("The coordinates cannot be right and were left out."),
    Note.POINT_CONVERTED: _("The coordinates were converted to WGS-84."),
    Note.DISTRICT_CORRECTED: _("The cut name of the district was completed."),
    Note.DISTRICT_RENAMED: _("The former district was replaced by today's."),
    Note.TYPE_UNKNOWN: _("The kind of work was not known and was left open."),
    Note.OPENINGS_SHARED: _("The number of openings covers several rows and was left open."),
    Note.AGE_LIMIT: _("Age limits are not taken over; the reviewer is told."),
    Note.PHONE_DROPPED: _("The telephone number was left out."),
    Note.FORMULA_AS_TEXT: _("A formula in a long text was kept as text."),
}


def file_sentence(code: str, about: Mapping[str, Any]) -> str:
    """Return why a whole file stays outside, in the reader's language."""
    sentence = str(FILE_SENTENCES.get(code, FILE_SENTENCES["unreadable"]))
    return sentence % about if about else sentence


def reason_sentence(code: str) -> str:
    """Return why a row was not simply taken; "" for a row that was."""
    return str(REASONS[Reason(code)]) if code else ""


def note_sentence(code: str) -> str:
    """Return what was done to a row that was taken."""
    return str(NOTES[Note(code)])

"""Checksums of Chinese identity numbers and credit codes.

Sources: GB 11643-1999 (resident ID, ISO 7064 MOD 11-2), GB 32100-2015 (USCC).
"""

from __future__ import annotations

import re
from datetime import date

ID_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
USCC_ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
USCC_WEIGHTS = (1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28)
# An area that no authority has given out: numbers in it can be nobody's.
DEMO_AREA = "319999"
_ID = re.compile(r"\d{17}[\dX]")
_USCC = re.compile(f"[{USCC_ALPHABET}]{{18}}")
_PHONE = re.compile(r"1[3-9]\d{9}")
_DEMO_PHONE = re.compile(r"12\d{9}")


def id_check_char(first17: str) -> str:
    """Return the 18th character of a resident ID."""
    return "10X98765432"[sum(int(c) * w for c, w in zip(first17, ID_WEIGHTS, strict=True)) % 11]


def id_number_ok(number: str, *, demo: bool = False) -> bool:
    """Tell whether an ID number is well formed; demo numbers count only when `demo`."""
    if not _ID.fullmatch(number) or (number.startswith(DEMO_AREA) and not demo):
        return False
    return _is_date(number[6:14]) and id_check_char(number[:17]) == number[17]


def _is_date(digits: str) -> bool:
    try:
        date(int(digits[:4]), int(digits[4:6]), int(digits[6:8]))
    except ValueError:
        return False
    return True


def uscc_check_char(first17: str) -> str:
    """Return the 18th character of a unified social credit code."""
    total = sum(USCC_ALPHABET.index(c) * w for c, w in zip(first17, USCC_WEIGHTS, strict=True))
    return USCC_ALPHABET[(31 - total % 31) % 31]


def uscc_ok(code: str, *, demo: bool = False) -> bool:
    """Tell whether a credit code is well formed; demo codes count only when `demo`."""
    if not _USCC.fullmatch(code) or (code[2:8] == DEMO_AREA and not demo):
        return False
    return uscc_check_char(code[:17]) == code[17]


def phone_ok(phone: str, *, demo: bool = False) -> bool:
    """Tell whether this is a mobile number; 12x numbers count only when `demo`."""
    return bool(_PHONE.fullmatch(phone) or (demo and _DEMO_PHONE.fullmatch(phone)))

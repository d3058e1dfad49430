"""Chinese numerals as numbers: 十 → 10, 二十五 → 25, 一万二 → 12000, 两百 → 200."""

from __future__ import annotations

_DIGITS = {c: n for n, c in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2, "俩": 2}
_TENS = {"十": 10, "百": 100, "千": 1000}


def arabic(numeral: str) -> int | None:
    """Return the number, or None where the characters are no numeral."""
    head, ten_thousand, rest = numeral.partition("万")
    if not ten_thousand:
        return _below(numeral, last=1)
    high, low = _below(head, last=1), _below(rest, last=1000) if rest else 0
    return None if high is None or low is None else high * 10_000 + low


def _below(numeral: str, last: int) -> int | None:
    """A number below ten thousand; a bare digit after a place ("一千五", "一万二") counts tenths of it."""
    total, digit, place = 0, None, last * 10
    for character in numeral:
        if character in _DIGITS:
            digit = _DIGITS[character]
            if digit == 0:
                digit, place = None, 10
        elif character in _TENS:
            place = _TENS[character]
            total += (1 if digit is None else digit) * place
            digit = None
        else:
            return None
    if digit is not None:
        total += digit * (place // 10 if place > 10 or total else 1)
    return total if numeral else None

"""Pay as people write it, read as whole fen with a unit; nothing is guessed.

"1.5-2万/月" · "8千-1万·13薪" · "15k-25k" · "150元/天" · "五千至八千" · "底薪4000+提成" · "面议".
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from functools import lru_cache
from typing import Final

from yuanmeng.intake.numerals import arabic
from yuanmeng.intake.reasons import CellRefused, Reason

UNITS: Final = ("month", "day", "hour", "year", "piece")


@dataclass(frozen=True, slots=True)
class Pay:
    """Pay in fen per `unit`; None on a side means it was not said. `months` counts payments a year."""

    min_fen: int | None = None
    max_fen: int | None = None
    unit: str = "month"
    months: int | None = None
    tail_dropped: bool = False

    @property
    def missing(self) -> bool:
        return self.min_fen is None and self.max_fen is None


# Above this, in yuan per unit, a number is a slip of the pen and not a wage.
_IMPLAUSIBLE_YUAN = {"month": 500_000, "year": 6_000_000, "day": 20_000, "hour": 5_000, "piece": 100_000}
# Below this a bare number cannot be yuan a month: "15-30" may be thousands or days.
_BARE_LEAST_YUAN = 1000
_NONE = re.compile(
    r"(?:薪资|工资|薪酬|待遇|月薪|年薪)?(?:面议|面谈|电议|协商|可谈|详谈|另议|不限|暂无|无|保密|-+|/|—+)(?:可议)?"
)
_PREFIX = (
    r"(?:(?:无责|保底|基本|底|综合|税前|税后|实际|试用期|转正)*"
    r"(?P<word>底薪|月薪|年薪|日薪|时薪|薪资|工资|薪酬|收入|保底|综合|底|税前|税后|月|年)?(?:约|为|:|到手)?)"
)
_NUMBER = r"\d+(?:\.\d+)?"
_SHAPE = re.compile(
    rf"^{_PREFIX}(?P<a>{_NUMBER})(?P<ua>千|k|万|w|百)?元?(?:人民币)?"
    rf"(?:-(?P<b>{_NUMBER})(?P<ub>千|k|万|w|百)?元?)?"
    r"(?P<more>以上|起|以下|以内|左右|上下|\+)?"
    r"(?:(?:/|每|元/|一)(?P<per>个?月|年|天|日|小时|时|h|件|单|个|m|y|d|month|year|day|hour))?"
    r"(?P<more2>以上|起|以下|以内|左右)?"
    r"(?:[·*x×,;/]?(?P<months>1[2-9]|2[0-4])(?:薪|个月))?"
    r"(?P<tail>.*)$"
)
_TAIL = re.compile(r"^(?:[+,;(\[、。]|提成|奖金|包吃|包住|另|加|可议|日结|月结|税前|税后|/?人$|不等|$)")
_PER = {
    "月": "month", "个月": "month", "m": "month", "month": "month",
    "年": "year", "y": "year", "year": "year",
    "天": "day", "日": "day", "d": "day", "day": "day",
    "小时": "hour", "时": "hour", "h": "hour", "hour": "hour",
    "件": "piece", "单": "piece", "个": "piece",
}  # fmt: skip
_WORD_UNIT = {"月薪": "month", "年薪": "year", "日薪": "day", "时薪": "hour", "月": "month", "年": "year"}
_TIMES = {"千": 1000, "k": 1000, "万": 10_000, "w": 10_000, "百": 100}
_DASH = re.compile(r"[~～至到—–－―−]+|-{2,}")
_CHINESE = re.compile(r"[零〇一二两三四五六七八九十百千万]{2,}|[一二两三四五六七八九十](?=[千万百])")


def read_pay(cell: object, *, hint: str = "") -> Pay:
    """This will read one pay cell. An honest gap (面议, empty) is a Pay with neither side.

    `hint` is what the column's title says ("月薪", "元/月", "年薪", "万元"). Raises CellRefused with
    pay_reversed, pay_unit_unknown, pay_unreadable or pay_implausible.
    """
    if isinstance(cell, (int, float)):
        cell = f"{cell:f}".rstrip("0").rstrip(".") if isinstance(cell, float) else str(cell)
    return _read(str(cell), hint)


@lru_cache(maxsize=20_000)
def _read(written: str, hint: str) -> Pay:
    text, tail = _first_line(written)
    if not text or _NONE.fullmatch(text):
        return Pay(tail_dropped=tail)
    found = _SHAPE.match(text)
    if not found or not _TAIL.match(found["tail"]):
        raise CellRefused(Reason.PAY_UNREADABLE)
    low, high = _yuan(found, hint)
    unit = _unit(found, low, hint)
    if low is not None and high is not None and low > high:
        raise CellRefused(Reason.PAY_REVERSED)
    if max(low or 0, high or 0) > _IMPLAUSIBLE_YUAN[unit] or not (low or high):
        raise CellRefused(Reason.PAY_IMPLAUSIBLE)
    months = int(found["months"]) if found["months"] else None
    return Pay(_fen(low), _fen(high), unit, months, tail or bool(found["tail"]))


def _first_line(written: str) -> tuple[str, bool]:
    """The pay stands in the first line; crawled pages hang a tail on it (… 5天内反馈)."""
    folded = unicodedata.normalize("NFKC", written).strip().casefold()
    first, _, rest = folded.partition("\n")
    text = re.sub(r"[\s￥¥]|rmb|人民币", "", first)
    text = re.sub(r"(?<=\d),(?=\d{3})", "", text)
    text = _CHINESE.sub(lambda m: _arabic_or_same(m.group()), text)
    return _DASH.sub("-", text) if len(text) > 1 else text, bool(rest.strip())


def _arabic_or_same(numeral: str) -> str:
    value = arabic(numeral)
    return numeral if value is None else str(value)


def _yuan(found: re.Match[str], hint: str) -> tuple[Decimal | None, Decimal | None]:
    """Both sides in yuan. "1.5-2万" says 万 once for both; "8千-1万" says each."""
    shared = found["ub"] or ("万" if "万" in hint else "千" if "千" in hint else None)
    low = _amount(found["a"], found["ua"] or _unless_full(found["a"], shared))
    more = found["more"] or found["more2"]
    if found["b"]:
        return low, _amount(found["b"], found["ub"] or (found["ua"] if not found["ub"] else None) or shared)
    if more in ("以下", "以内"):
        return None, low
    base_pay = (found["word"] or "").startswith(("底", "保底"))
    only_a_floor = more in ("以上", "起", "+") or base_pay or found["tail"].startswith("+")
    return low, (None if only_a_floor else low)


def _unless_full(number: str, shared: str | None) -> str | None:
    """In "8000-1万" the first side is already in yuan; in "1.5-2万" it is not."""
    return None if Decimal(number) >= _BARE_LEAST_YUAN else shared


def _amount(number: str, times: str | None) -> Decimal:
    try:
        return Decimal(number) * _TIMES.get(times or "", 1)
    except InvalidOperation:
        raise CellRefused(Reason.PAY_UNREADABLE)


def _unit(found: re.Match[str], low: Decimal | None, hint: str) -> str:
    said = _PER.get(found["per"] or "") or _WORD_UNIT.get(found["word"] or "") or _hinted(hint)
    if said:
        return said
    amount = low if low is not None else _amount(found["a"], found["ua"])
    if not (found["ua"] or found["ub"]) and amount < _BARE_LEAST_YUAN:
        raise CellRefused(Reason.PAY_UNIT_UNKNOWN)
    if found["ub"] in ("万", "w") and not found["ua"]:
        return _of_ten_thousands(amount)
    return "month"


def _of_ten_thousands(low: Decimal) -> str:
    """ "12-24万" without a unit is how 猎聘 writes a year; "1.5-2万" can only be a month.

    Between them both readings are wages that exist, so neither is taken.
    """
    if low >= 50_000:
        return "year"
    if low < 25_000:
        return "month"
    raise CellRefused(Reason.PAY_UNIT_UNKNOWN)


_HINTS = {"小时": "hour", "时薪": "hour", "日薪": "day", "天": "day", "年": "year", "月": "month"}


def _hinted(hint: str) -> str | None:
    return next((unit for word, unit in _HINTS.items() if word in hint), None)


def _fen(yuan: Decimal | None) -> int | None:
    return None if yuan is None else int((yuan * 100).to_integral_value())

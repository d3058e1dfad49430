"""Pay as people write it becomes one pay in fen, or comes back."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from yuanmeng.intake.pay import Pay, read_pay
from yuanmeng.intake.reasons import CellRefused, Reason


@pytest.mark.parametrize(
    ("written", "low", "high", "unit"),
    [
        ("8000-10000元/月", 8000, 10000, "month"),
        ("1.5-2万/月", 15000, 20000, "month"),
        ("8千-1万", 8000, 10000, "month"),
        ("8000-1万", 8000, 10000, "month"),
        ("6-8千/月", 6000, 8000, "month"),
        ("15k-25k", 15000, 25000, "month"),
        ("１５Ｋ－２０Ｋ", 15000, 20000, "month"),
        ("６５００～８５００元", 6500, 8500, "month"),
        ("8,000-10,000", 8000, 10000, "month"),
        ("￥7000", 7000, 7000, "month"),
        (9000, 9000, 9000, "month"),
        (9000.5, 9000.5, 9000.5, "month"),
        ("五千至八千", 5000, 8000, "month"),
        ("一万二", 12000, 12000, "month"),
        ("月薪8000-10000", 8000, 10000, "month"),
        ("20-30万/年", 200000, 300000, "year"),
        ("年薪20万", 200000, 200000, "year"),
        ("12-24万", 120000, 240000, "year"),
        ("150元/天", 150, 150, "day"),
        ("200-300/天", 200, 300, "day"),
        ("25元/小时", 25, 25, "hour"),
        ("二十五元/小时", 25, 25, "hour"),
        ("0.5元/件", 0.5, 0.5, "piece"),
        ("底薪4000+提成", 4000, None, "month"),
        ("15k以上", 15000, None, "month"),
        ("1万以下", None, 10000, "month"),
    ],
)
def test_it_reads(written: object, low: float | None, high: float | None, unit: str) -> None:
    pay = read_pay(written)
    assert (pay.min_fen, pay.max_fen, pay.unit) == (fen(low), fen(high), unit)


def fen(yuan: float | None) -> int | None:
    return None if yuan is None else round(yuan * 100)


@pytest.mark.parametrize(
    ("written", "months"), [("15-30K·14薪", 14), ("8千-1万·13薪", 13), ("15-30K*13薪", 13)]
)
def test_it_reads_the_payments_of_a_year(written: str, months: int) -> None:
    assert read_pay(written).months == months


def test_a_tail_of_the_page_is_dropped_and_said() -> None:
    pay = read_pay("1万-1.5万\n                    \n          24小时反馈")
    assert (pay.min_fen, pay.max_fen, pay.tail_dropped) == (1_000_000, 1_500_000, True)


@pytest.mark.parametrize("written", ["面议", "薪资面议", "", "  ", "-", "/", "待遇另议"])
def test_an_honest_gap_is_a_gap(written: str) -> None:
    assert read_pay(written).missing


@pytest.mark.parametrize(
    ("written", "reason"),
    [
        ("2-1.5万/月", Reason.PAY_REVERSED),
        ("15-30", Reason.PAY_UNIT_UNKNOWN),
        ("3-4万", Reason.PAY_UNIT_UNKNOWN),
        ("日入上千，轻松过万", Reason.PAY_UNREADABLE),
        ("900000-1000000元/月", Reason.PAY_IMPLAUSIBLE),
        ("0", Reason.PAY_UNIT_UNKNOWN),
        ("0元/月", Reason.PAY_IMPLAUSIBLE),
    ],
)
def test_what_cannot_be_known_comes_back(written: str, reason: Reason) -> None:
    with pytest.raises(CellRefused) as refused:
        read_pay(written)
    assert refused.value.reason is reason


def test_the_title_of_the_column_may_name_the_unit() -> None:
    assert read_pay("150", hint="元/天") == Pay(15000, 15000, "day")
    assert read_pay("3-4万", hint="年薪").unit == "year"
    assert read_pay("1.2", hint="万元/月").min_fen == 1_200_000


@given(st.text(max_size=40))
def test_no_text_breaks_it(written: str) -> None:
    try:
        pay = read_pay(written)
    except CellRefused:
        return
    assert pay.min_fen is None or pay.max_fen is None or pay.min_fen <= pay.max_fen


@given(st.integers(1000, 40000), st.integers(0, 40000))
def test_a_span_in_yuan_is_read_exactly(low: int, more: int) -> None:
    assert read_pay(f"{low}-{low + more}元/月") == Pay(low * 100, (low + more) * 100, "month")

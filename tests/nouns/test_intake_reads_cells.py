"""Days, headcounts, degrees, years, districts, points: read in every form seen, never guessed."""

from __future__ import annotations

from datetime import date

import pytest

from yuanmeng.intake.areas import read_area
from yuanmeng.intake.dates import read_date
from yuanmeng.intake.numerals import arabic
from yuanmeng.intake.points import read_point
from yuanmeng.intake.reasons import CellRefused, Note, Reason
from yuanmeng.intake.words import (
    company_facts,
    is_mojibake,
    read_education,
    read_employment,
    read_experience,
    read_openings,
    read_size,
    runs_in_a_sheet,
    unlisted,
)

SECOND_OF_SEPTEMBER = date(2021, 9, 2)


@pytest.mark.parametrize(
    "written",
    [
        "2021-09-02", "2021/9/2", "2021年9月2日", "2021.09.02", "20210902", "２０２１－０９－０２",
        "2021-09-02 10:00:00", 44441, "44441", 20210902, SECOND_OF_SEPTEMBER,
    ],
)  # fmt: skip
def test_one_day_in_many_forms(written: object) -> None:
    assert read_date(written) == SECOND_OF_SEPTEMBER


def test_old_workbooks_count_from_1904() -> None:
    assert read_date(44441 - 1462, old_days=True) == SECOND_OF_SEPTEMBER


@pytest.mark.parametrize("written", ["长期有效", "", "长期", "招满即止"])
def test_an_open_end_is_open(written: str) -> None:
    assert read_date(written) is None


@pytest.mark.parametrize(
    ("written", "reason"),
    [
        ("2021-02-30", Reason.DATE_INVALID),
        ("not a day", Reason.DATE_INVALID),
        (7, Reason.DATE_INVALID),
        ("02/09/2021", Reason.DATE_AMBIGUOUS),
        ("9月2日", Reason.DATE_AMBIGUOUS),
        ("2021年9月", Reason.DATE_AMBIGUOUS),
        ("21-9-2", Reason.DATE_AMBIGUOUS),
    ],
)
def test_a_doubtful_day_comes_back(written: object, reason: Reason) -> None:
    with pytest.raises(CellRefused) as refused:
        read_date(written)
    assert refused.value.reason is reason


@pytest.mark.parametrize(
    ("numeral", "number"),
    [
        ("十", 10),
        ("十五", 15),
        ("二十五", 25),
        ("一百二", 120),
        ("两百", 200),
        ("三千零五十", 3050),
        ("一万二千", 12000),
    ],
)
def test_chinese_numerals(numeral: str, number: int) -> None:
    assert arabic(numeral) == number


@pytest.mark.parametrize(
    ("written", "count"),
    [("2人", 2), ("３", 3), ("十", 10), ("5", 5), ("若干", None), ("若干人", None), ("", None)],
)
def test_headcounts(written: str, count: int | None) -> None:
    assert read_openings(written) == count


@pytest.mark.parametrize("written", ["0", "-3", "很多人吧", "99999999"])
def test_no_headcount_comes_back(written: str) -> None:
    with pytest.raises(CellRefused):
        read_openings(written)


@pytest.mark.parametrize(
    ("written", "rank"),
    [
        ("本科及以上", 7),
        ("大专", 6),
        ("中专/中技", 5),
        ("统招本科", 7),
        ("不限", None),
        ("学历不限", None),
        ("21", 7),
        ("", None),
    ],
)
def test_degrees_are_floors(written: str, rank: int | None) -> None:
    assert read_education(written) == rank


@pytest.mark.parametrize(
    ("written", "years"),
    [
        ("1-3年", 1), ("3年以上", 3), ("5-10年", 5), ("3-4年工作经验", 3), ("10年以上工作经验", 10),
        ("三年以上", 3), ("经验不限", 0), ("应届毕业生", 0), ("1年以内", 0), ("无工作经验", 0), ("", None),
    ],
)  # fmt: skip
def test_years_of_experience(written: str, years: int | None) -> None:
    assert read_experience(written) == years


def test_words_of_another_column_come_back() -> None:
    with pytest.raises(CellRefused):
        read_education("英语熟练")
    with pytest.raises(CellRefused):
        read_experience("5天/周")


@pytest.mark.parametrize(
    ("city", "district", "address", "code"),
    [
        ("", "", "长宁区娄山关路500号", "310105"),
        ("上海", "长宁区", "", "310105"),
        ("上海-徐汇区", "", "", "310104"),
        ("", "上海-浦东新区", "", "310115"),
        ("上海", "闸北区", "", "310106"),
        ("上海", "东新区", "", "310115"),
        ("上海-张江", "", "", None),
        ("上海", "", "张江高科技园区", None),
        ("北京", "朝阳区", "", None),
    ],
)
def test_districts(city: str, district: str, address: str, code: str | None) -> None:
    area = read_area(city, district, address)
    assert (area.code, area.contradiction) == (code, False)


@pytest.mark.parametrize(
    ("city", "district", "address"),
    [("上海", "天河区", ""), ("", "", "上海市天河区"), ("上海-徐汇区", "长宁区", "")],
)
def test_a_contradiction_is_said_and_nothing_is_chosen(city: str, district: str, address: str) -> None:
    area = read_area(city, district, address)
    assert (area.code, area.contradiction) == (None, True)


def test_a_corrected_or_renamed_district_is_said() -> None:
    assert read_area("上海", "东新区", "").note is Note.DISTRICT_CORRECTED
    assert read_area("上海", "闸北区", "").note is Note.DISTRICT_RENAMED


def test_undeclared_points_are_gcj_and_become_wgs() -> None:
    point = read_point(121.407150, 31.209256)
    assert (point.lon, point.lat) == (121.4025, 31.2111)
    assert (point.source_crs, point.note) == ("gcj02", Note.POINT_CONVERTED)


def test_declared_wgs_points_stay() -> None:
    assert read_point(121.4025, 31.2111, "WGS-84".casefold()).lon == 121.4025


@pytest.mark.parametrize(
    ("lon", "lat", "hint"), [(31.17, 31.17, ""), (108.297, 22.868, ""), (121.41, 31.21, "bd-09")]
)
def test_points_that_cannot_be_true_reach_no_map(lon: float, lat: float, hint: str) -> None:
    point = read_point(lon, lat, hint)
    assert (point.lon, point.note) == (None, Note.POINT_DROPPED)


@pytest.mark.parametrize(
    "text", ["锟斤拷锟斤拷工程师", "Javaå¼€å‘", "仓库管理员".encode().decode("gb18030", "replace")]
)
def test_letters_of_a_wrong_encoding_are_known(text: str) -> None:
    assert is_mojibake(text)


@pytest.mark.parametrize(
    "text",
    ["前端开发工程师", "Café 店员", "C++/C# 工程师", "ＪＡＶＡ开发工程师", "Chargé d'affaires à Genève"],
)
def test_good_letters_are_left_alone(text: str) -> None:
    assert not is_mojibake(text)


def test_printed_lists_are_opened_without_running_them() -> None:
    assert unlisted("['1-1.5万/月']") == "1-1.5万/月"
    assert unlisted("[]") == ""
    assert unlisted("['A', \"B\"]") == "A,B"
    assert unlisted("[__import__('os')]") == "[__import__('os')]"


def test_firm_facts_in_one_cell() -> None:
    assert company_facts("民营公司| 150-500人| 计算机软件") == {
        "nature": "民营公司", "size": "150-500人", "industry": "计算机软件",
    }  # fmt: skip


def test_a_size_that_is_none_is_dropped() -> None:
    assert [read_size(text) for text in ("少于50人", "2000人以上", "互联网")] == [
        "少于50人",
        "2000人以上",
        None,
    ]


def test_kinds_of_work() -> None:
    assert [read_employment(word) for word in ("全职", "日结", "Full-time", "劳务派遣", "占卜")] == [
        "FULL_TIME", "PER_DIEM", "FULL_TIME", "CONTRACTOR", None,
    ]  # fmt: skip


def test_signs_that_a_spreadsheet_would_run() -> None:
    assert runs_in_a_sheet("=1+1") and runs_in_a_sheet("＝1+1") and runs_in_a_sheet("@SUM(1)")
    assert not runs_in_a_sheet("-") and not runs_in_a_sheet("咖啡师")

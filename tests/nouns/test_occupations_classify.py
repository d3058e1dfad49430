"""Titles and trades become codes of the national classifications."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from yuanmeng.occupations.classify import (
    IndustryCode,
    all_words,
    ask_also,
    industry_name,
    industry_of,
    occupation_name,
    occupation_of,
    read_ahead,
    section_of,
)


@pytest.fixture
def says() -> Iterator[dict[str, tuple[str, float]]]:
    """A second reader that answers from this table; the one that stood there comes back."""
    from yuanmeng.occupations import classify

    before, table = classify._reader, {}
    ask_also(lambda titles: [table.get(title) for title in titles])
    yield table
    ask_also(before)


@pytest.mark.parametrize(
    ("title", "code"),
    [
        ("咖啡师", "4-03"),
        ("收银员", "4-01"),
        ("保洁员", "4-09"),
        ("保安", "4-07"),
        ("养老护理员", "4-10"),
        ("育婴员", "4-10"),
        ("中餐厨师", "4-03"),
        ("行政文员", "3-01"),
        ("会计", "2-06"),
        ("出纳", "2-06"),
        ("新媒体运营", "4-13"),
        ("仓库管理员", "4-02"),
        ("外卖骑手", "4-02"),
        ("电工", "6-31"),
        ("Java开发工程师", "2-02"),
        ("数据分析师", "2-02"),
        ("UI设计师", "2-09"),
        ("幼儿园教师", "2-08"),
        ("药店营业员", "4-01"),
        ("护士助理", "4-14"),
        ("护士", "2-05"),
        ("图书管理员", "2-10"),
        ("社区工作者", "3-01"),
        ("银行柜员", "4-05"),
        ("房产经纪人", "4-06"),
    ],
)
def test_everyday_titles_find_their_group(title: str, code: str) -> None:
    assert occupation_of(title) == code
    assert occupation_name(code)


def test_the_last_word_decides() -> None:
    assert occupation_of("医药销售代表") == "4-01"
    assert occupation_of("会计文员") == "3-01"
    assert occupation_of("酒店前台接待") == "4-03"


def test_brackets_count_only_when_the_rest_is_silent() -> None:
    assert occupation_of("Java工程师（销售系统）") == "2-02"
    assert occupation_of("储备干部（餐饮店长）") == "4-03"


def test_width_and_case_do_not_matter() -> None:
    assert occupation_of("ｊａｖａ开发") == occupation_of("JAVA开发") == "2-02"


def test_a_short_latin_word_must_stand_alone() -> None:
    assert occupation_of("BA") == "4-01"
    assert occupation_of("BANK") is None


def test_weak_words_help_last_and_the_text_after_them() -> None:
    assert occupation_of("储备干部") is None
    assert occupation_of("储备干部", "负责门店收银、理货，协助店长带领营业员") == "4-01"


def test_a_second_reader_answers_where_the_words_know_nothing(says: dict[str, tuple[str, float]]) -> None:
    says["储备干部"] = "4-03", 0.5
    assert occupation_of("储备干部") == "4-03"
    assert occupation_of("储备干部", "负责门店收银、理货") == "4-03"
    says["储备干部"] = "4-03", 0.49
    assert occupation_of("储备干部") is None


def test_a_second_reader_must_be_quite_sure_to_be_believed_against_the_words(
    says: dict[str, tuple[str, float]],
) -> None:
    says["奶茶店店长"] = "4-03", 0.79
    assert occupation_of("奶茶店店长") == "4-01"
    says["奶茶店店长"] = "4-03", 0.8
    assert occupation_of("奶茶店店长") == "4-03"


def test_a_weak_word_yields_to_a_fairly_sure_reader(says: dict[str, tuple[str, float]]) -> None:
    assert occupation_of("网格管理员") == "3-01"
    says["网格管理员"] = "3-02", 0.6
    assert occupation_of("网格管理员") == "3-02"


def test_many_titles_are_read_ahead_in_one_go() -> None:
    asked: list[list[str]] = []
    from yuanmeng.occupations import classify

    before = classify._reader
    ask_also(lambda titles: asked.append(list(titles)) or [None] * len(titles))
    read_ahead(["甲", "乙"])
    ask_also(None)
    read_ahead(["丙"])
    ask_also(before)
    assert asked == [["甲", "乙"]]


def test_every_word_of_the_table_can_be_learned_from() -> None:
    assert all_words()["收银"] == "4-01"


@pytest.mark.parametrize(
    ("words", "code"),
    [
        ("餐饮业", IndustryCode("H", "62")),
        ("住宿和餐饮业", IndustryCode("H", "")),
        ("I65", IndustryCode("I", "65")),
        ("62", IndustryCode("H", "62")),
        ("H", IndustryCode("H", "")),
        ("计算机软件", IndustryCode("I", "65")),
        ("教育/培训/院校", IndustryCode("P", "83")),
        ("某某物业管理有限公司", IndustryCode("K", "70")),
        ("零售业", IndustryCode("F", "52")),
    ],
)
def test_industries_from_codes_names_and_words(words: str, code: IndustryCode) -> None:
    found = industry_of(words)
    assert found == code
    assert industry_name(code.code)


@pytest.mark.parametrize("words", ["", "500-999人", "民营"])
def test_what_is_no_industry_is_none(words: str) -> None:
    assert industry_of(words) is None


def test_a_division_knows_its_section() -> None:
    assert (section_of("62"), section_of("H")) == ("H", "H")
    assert section_of("00") == ""

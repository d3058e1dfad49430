"""Education: a floor is the lowest rung named; no floor is None; nonsense is refused."""

from __future__ import annotations

import pytest

from yuanmeng.occupations.education import (
    Education,
    UnknownEducation,
    code_of,
    education_of,
    education_of_code,
    label,
)


@pytest.mark.parametrize(
    ("words", "rank"),
    [
        ("本科及以上", Education.BACHELOR),
        ("统招本科", Education.BACHELOR),
        ("大专", Education.COLLEGE),
        ("大学专科", Education.COLLEGE),
        ("大专/本科", Education.COLLEGE),
        ("大专或以上", Education.COLLEGE),
        ("中专/中技", Education.SENIOR),
        ("高中及以上学历", Education.SENIOR),
        ("初中及以下", Education.JUNIOR),
        ("硕士研究生", Education.MASTER),
        ("研究生", Education.MASTER),
        ("博士研究生", Education.DOCTOR),
        ("ＭＢＡ", Education.MASTER),
    ],
)
def test_a_cell_gives_the_lowest_rung_named(words: str, rank: Education) -> None:
    assert education_of(words) == rank


@pytest.mark.parametrize("words", ["", "不限", "学历不限", "无要求", " 无 "])
def test_no_floor_is_none(words: str) -> None:
    assert education_of(words) is None


@pytest.mark.parametrize("words", ["1年经验", "3-5年", "民营公司"])
def test_words_of_another_column_are_refused(words: str) -> None:
    with pytest.raises(UnknownEducation):
        education_of(words)


def test_codes_and_rungs_know_each_other() -> None:
    assert education_of_code("31") == Education.COLLEGE
    assert education_of_code("00") is None
    assert code_of(Education.SENIOR) == "41"


def test_every_rung_and_no_rung_has_a_name() -> None:
    assert len({label(rank) for rank in (*Education, None)}) == 9

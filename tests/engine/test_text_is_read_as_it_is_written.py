"""Normal form, words and pieces, and traits that are never read."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from yuanmeng.matching.text import (
    BUCKETS,
    TERMS_MAX,
    counts,
    normal,
    rarity,
    shared_words,
    weighted,
    without_traits,
)

SENTENCES = st.text(alphabet="收银员理货 javaSQL+#12，。\n（）", max_size=60)


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("Ｊａｖａ工程师（高级）", "java工程师 高级"),
        ("C++ / C#", "c++ c#"),
        ("  多  空 格 ", "多 空 格"),
        ("", ""),
    ],
)
def test_the_normal_form(written: str, read: str) -> None:
    assert normal(written) == read


@given(SENTENCES)
def test_the_normal_form_of_a_normal_form_is_itself(text: str) -> None:
    assert normal(normal(text)) == normal(text)


@given(st.lists(SENTENCES, min_size=1, max_size=5))
def test_texts_do_not_see_each_other(texts: list[str]) -> None:
    texts = [normal(text) for text in texts]
    together = counts(texts).toarray() if len(texts) < 3 else counts(texts)
    for n, text in enumerate(texts):
        alone = counts([text])
        assert (alone != counts([text, "别的字"])[0]).nnz == 0
        assert np.array_equal(np.asarray(alone.sum()), np.asarray(together[n].sum()))


def test_vectors_have_length_one_and_few_terms() -> None:
    long = normal("".join(chr(0x4E00 + n) for n in range(3_000)))
    found = counts([long, "收银员", ""])
    rows = weighted(found, rarity(np.ones(BUCKETS, np.float32), 3))
    lengths = np.asarray(np.sqrt(rows.multiply(rows).sum(1))).ravel()
    assert lengths == pytest.approx([1, 1, 0], abs=1e-5)
    assert np.diff(rows.indptr).max() == TERMS_MAX


TRAITS = [
    "性别：女",
    "女",
    "男性",
    "民族：回族",
    "汉族",
    "已婚已育",
    "未婚",
    "离异",
    "户籍：安徽",
    "户口所在地上海",
    "籍贯 江苏",
    "政治面貌：党员",
    "中共党员",
    "健康状况良好",
    "宗教信仰：无",
    "佛教徒",
    "残疾证",
    "35岁",
    "1974年5月出生",
    "married",
    "上海户籍",
    "非沪籍",
    "身体健康",
    "糖尿病",
]


@pytest.mark.parametrize("trait", TRAITS)
@pytest.mark.parametrize("around", ["{}，做过收银", "做过收银，{}", "做过收银；{}；"])
def test_traits_are_not_read(trait: str, around: str) -> None:
    assert without_traits(around.format(trait)) == "做过收银"


@pytest.mark.parametrize(
    "word", ["女装导购", "男科护士", "民族菜厨师", "户外用品销售", "健康管理师", "家族企业文员", "书籍编辑"]
)
def test_innocent_neighbours_stay(word: str) -> None:
    assert without_traits(word) == word


def test_the_longest_shared_piece() -> None:
    assert shared_words("想做收银员或理货员", "门店收银员（夜班）") == "收银员"
    assert shared_words("收银", "车工") == ""


@given(SENTENCES, SENTENCES)
def test_a_shared_piece_is_in_both(one: str, other: str) -> None:
    piece = shared_words(one, other)
    assert piece in normal(one) and piece in normal(other)
    assert piece == "" or len(piece) >= 2

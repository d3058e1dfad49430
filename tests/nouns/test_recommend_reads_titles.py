"""Titles nobody listed are sorted by what was learned from the code book, the words and codes people gave."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from tests import factories
from yuanmeng.occupations import classify
from yuanmeng.recommend import coding, packed

BOOK = {
    "4-01": ("批发与零售服务人员", ["收银员", "理货员", "营业员", "促销员", "采购员"]),
    "4-03": ("住宿和餐饮服务人员", ["咖啡师", "厨师", "餐厅服务员", "调酒师", "面点师"]),
    "4-09": ("居民服务人员", ["保洁员", "环卫清扫工", "垃圾分类员", "绿化工", "盆景造型工"]),
    "2-02": ("工程技术人员", ["软件工程师", "测绘工程师", "电气工程师", "网络工程师", "结构工程师"]),
    "2-05": ("卫生专业技术人员", ["护士", "中医师", "药师", "检验技师", "康复技师"]),
}


@pytest.fixture(autouse=True)
def small(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[Path]:
    """A code book of five groups, and a models folder of its own."""
    pages = [
        (f"{code}-01-{n:02d}", name, "") for code, (_g, names) in BOOK.items() for n, name in enumerate(names)
    ]
    monkeypatch.setattr(coding, "book", lambda: pages)
    monkeypatch.setattr(coding, "_names", lambda: {code: name for code, (name, _n) in BOOK.items()})
    monkeypatch.setattr(classify, "all_words", lambda: {"收银": "4-01", "烘焙": "4-03", "清扫": "4-09"})
    monkeypatch.setattr(packed, "path_of", lambda name: tmp_path / f"{name}.npz")
    yield tmp_path


@pytest.mark.django_db
def test_it_reads_titles_that_no_table_lists() -> None:
    assert coding.learn()
    (code, sure), nothing = coding.read(["盆景与绿化", "ζζζ"])
    assert code == "4-09" and 0.2 < sure <= 1
    assert nothing is None


@pytest.mark.django_db
def test_every_room_asks_it_through_the_occupations() -> None:
    assert classify.occupation_of("手冲咖啡师傅儿") == "4-03"  # the words know it
    assert classify.occupation_of("盆景造型") is None
    coding.learn()
    assert classify.occupation_of("盆景造型") == "4-09"


@pytest.mark.django_db
def test_nothing_is_learned_again_while_nothing_changed(cafe: Any, at: datetime) -> None:
    assert coding.learn()
    assert not coding.learn()
    factories.vacancy(cafe, "出餐伙伴", at=at, state="published", occupation_code="4-03-02-01")
    assert coding.learn()
    assert coding.read(["出餐伙伴"])[0][0] == "4-03"  # type: ignore[index]


@pytest.mark.django_db
def test_it_learns_only_codes_that_somebody_gave(cafe: Any, at: datetime) -> None:
    factories.vacancy(cafe, "甲", at=at, state="published", occupation_code="4-03-02-01")
    factories.vacancy(cafe, "乙", at=at, state="published", occupation_code="4-03")  # a group: our own guess
    factories.vacancy(cafe, "丙", at=at, occupation_code="4-03-02-01")  # a draft: nobody has looked at it
    factories.vacancy(cafe, "丁", at=at, state="published", occupation_code="9-99-01-01")  # not in the book
    assert coding.said() == [("甲", "4-03")]


@pytest.mark.django_db
def test_the_same_inputs_give_the_same_answers(small: Path) -> None:
    coding.learn()
    first = coding.read(["绿化师傅", "网络运维", "夜班护理"])
    (small / "coder.npz").unlink()
    coding.learn()
    assert coding.read(["绿化师傅", "网络运维", "夜班护理"]) == first


@pytest.mark.django_db
def test_a_title_is_read_alike_alone_and_in_a_heap() -> None:
    coding.learn()
    heap = coding.read(["绿化师傅", "网络运维", "绿化师傅"])
    assert heap[0] == heap[2] == coding.read(["绿化师傅"])[0]


def test_without_a_file_it_says_nothing() -> None:
    assert coding.read(["绿化师傅", ""]) == [None, None]


@pytest.mark.django_db
@pytest.mark.parametrize("fault", ["version", "damaged", "other"])
def test_a_file_of_another_version_leaves_the_words_alone(
    small: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture, fault: str
) -> None:
    coding.learn()
    if fault == "version":
        monkeypatch.setattr(coding, "VERSION", coding.VERSION + 1)
    elif fault == "damaged":
        (small / "coder.npz").write_bytes(b"PK no more")
    else:
        monkeypatch.setattr(coding, "KIND", "something else")
    monkeypatch.setattr(coding._current, "_made", None)
    with caplog.at_level(logging.ERROR):
        assert coding.read(["绿化师傅"]) == [None]
    assert "word table reads titles alone" in caplog.text
    assert coding.learn()  # and the next night makes it anew


@pytest.mark.parametrize(
    ("title", "rest"),
    [
        ("顺鑫招聘服务员", "顺鑫 服务员"),
        ("高薪诚聘厨师", "厨师"),
        ("招聘专员", "招聘专员"),
        ("诚聘", "诚聘"),
        ("招聘", "招聘"),
    ],
)
def test_the_sheet_a_title_is_pinned_on_is_not_read(title: str, rest: str) -> None:
    assert coding.bare(title) == rest

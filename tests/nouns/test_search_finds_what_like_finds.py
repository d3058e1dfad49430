"""A search finds exactly what LIKE would find: no more, no less, with the index and without."""

from __future__ import annotations

import random
from datetime import datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests import factories
from yuanmeng.core.text import normal
from yuanmeng.vacancies import board, textindex
from yuanmeng.vacancies.models import Vacancy
from yuanmeng.vacancies.search import VacancyQuery, catch_up, rebuild, search

pytestmark = pytest.mark.django_db

TITLES = [
    "咖啡师", "数据分析师", "高级数据分析工程师", "Java 开发工程师", "C++ 开发", "会计（应届可）",
    "收银员/理货员", "Ｅｘｃｅｌ 文员", "保洁", "养老护理员", "工程师助理", "50%提成 销售", "a_b 测试",
    "前端\\后端", "店长😀店员",
]  # fmt: skip
ASKED = [
    "咖啡师", "数据分析", "工程师", "java", "JAVA 开发", "c++", "应届", "收银员/理货", "excel", "洁", "员",
    "50%", "a_b", "a%b", "前端\\后端", "😀", "长😀店", "娄山关路500号", "梧桐咖啡 工程师", "（示例）",
    "天山路", "吧台整洁。", "不存在的词", "+", "数据 分析 工程师",
]  # fmt: skip


@pytest.fixture
def street(cafe: Any, at: datetime) -> list[Vacancy]:
    return [factories.vacancy(cafe, title, at=at, state="published") for title in TITLES]


@pytest.mark.parametrize("indexed", [False, True], ids=["texts compared", "index asked"])
@pytest.mark.parametrize("asked", ASKED)
def test_it_finds_what_like_finds(street: list[Vacancy], at: datetime, asked: str, indexed: bool) -> None:
    _tell_all(street, at)
    if indexed:
        rebuild()
        assert not board.current().fresh, "everything should be in the index"
    assert _found(asked, at) == _like(asked)


def test_the_index_agrees_with_like_on_random_chinese(street: list[Vacancy], cafe: Any, at: datetime) -> None:
    chance = random.Random(5)
    letters = "圆梦天山路街道就业服务咖啡师工程java+ "
    contents = ["".join(chance.choices(letters, k=chance.randint(5, 60))) for _n in range(80)]
    rows = [factories.vacancy(cafe, "岗", at=at, state="published", content=text) for text in contents]
    _tell_all(rows, at)
    rebuild()
    for length in (1, 2, 3, 4, 5):
        for _n in range(40):
            start = chance.choice(rows).content
            at_letter = chance.randrange(max(1, len(start) - length))
            asked = start[at_letter : at_letter + length]
            if asked.strip():
                assert _found(asked, at) == _like(asked), asked


@given(st.text(max_size=30), st.text(max_size=3))
def test_no_gram_is_found_where_its_letters_do_not_stand(text: str, term: str) -> None:
    """The tokens of a term stand in a row in a text's tokens exactly when the term stands in the text."""
    text, term = normal(text), normal(term).replace(" ", "")
    if len(term) < 2:
        return
    tokens = textindex.grams(text).split()
    wanted = textindex.grams(term).split()[:-1]
    stands = any(tokens[i : i + len(wanted)] == wanted for i in range(len(tokens)))
    assert stands == (term in text)


def test_a_vacancy_is_found_at_once_when_published(cafe: Any, hu: Any, reviewer: Any, at: datetime) -> None:
    rebuild()
    row = factories.vacancy(cafe, "烘焙师傅", at=at)
    assert _found("烘焙", at) == set()
    row.submit(by=hu, at=at)
    row.publish(by=reviewer, at=at)
    assert _found("烘焙", at) == {row.pk}


def test_a_closed_one_vanishes_at_once(street: list[Vacancy], hu: Any, at: datetime) -> None:
    _tell_all(street, at)
    rebuild()
    assert _found("保洁", at)
    Vacancy.objects.get(title="保洁").close("withdrawn", by=hu, at=at)
    assert _found("保洁", at) == set()


def test_changed_words_are_found_and_old_ones_are_not(street: list[Vacancy], hu: Any, at: datetime) -> None:
    _tell_all(street, at)
    rebuild()
    changed = Vacancy.objects.get(title="保洁")
    changed.change(by=hu, at=at, title="楼道清洁工")
    for step in ("compared", "indexed"):
        assert _found("楼道清洁", at) == {changed.pk}, step
        assert changed.pk not in _found("保洁", at), step
        while catch_up():
            pass


def test_the_worker_takes_over_what_was_fresh(street: list[Vacancy], at: datetime) -> None:
    rebuild()
    _tell_all(street, at)
    assert len(board.current().fresh) == len(street)
    assert catch_up(limit=4) == 4
    assert len(board.current().fresh) == len(street) - 4
    while catch_up(limit=4):
        pass
    assert board.current().fresh == {}
    assert textindex.size() == len(street)
    assert _found("工程师", at) == _like("工程师")


def test_a_closed_vacancy_leaves_the_index(street: list[Vacancy], hu: Any, at: datetime) -> None:
    _tell_all(street, at)
    rebuild()
    Vacancy.objects.get(title="保洁").close("filled", by=hu, at=at)
    while catch_up():
        pass
    assert textindex.size() == len(street) - 1


def _tell_all(rows: list[Vacancy], at: datetime) -> None:
    from yuanmeng.core import events

    events.tell_many([("vacancy.published", row, {}) for row in rows], by=None, at=at)


def _found(asked: str, at: datetime) -> set[int]:
    return set(search(VacancyQuery.parse({"q": asked, "size": "100"}), at=at).keys)


def _like(asked: str) -> set[int]:
    """What a plain comparison of the texts finds."""
    rows = Vacancy.objects.filter(state="published").select_related("organisation", "place")
    return {row.pk for row in rows if all(term in _everything(row) for term in normal(asked).split())}


def _everything(row: Vacancy) -> str:
    fields = [
        row.title,
        row.organisation.name,
        row.place.address,
        row.content,
        row.requirements,
        row.benefits,
    ]
    return "\n".join(normal(field) for field in [*fields, *row.tags, *row.skills])

"""Who types words that few vacancies hold also sees others whose work is alike, the same for everybody."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from tests import factories
from yuanmeng.recommend import close, coding, packed
from yuanmeng.vacancies.query import Plain, VacancyQuery
from yuanmeng.vacancies.search import search

BOOK = {
    "4-01": ("批发与零售服务人员", {"收银员": "收取货款，开具票据，操作收银设备", "理货员": "整理货架"}),
    "4-03": ("住宿和餐饮服务人员", {"洗碗工": "清洗餐具碗盘", "厨师": "烹饪菜肴", "咖啡师": "制作咖啡"}),
    "4-09": ("水利、环境和公共设施管理服务人员", {"保洁员": "清扫地面、擦拭门窗", "绿化工": "修剪苗木"}),
    "4-10": ("居民服务人员", {"养老护理员": "照料老人", "育婴员": "照料婴幼儿"}),
    "2-02": ("工程技术人员", {"软件工程师": "开发软件", "电气工程师": "设计电气系统"}),
    "5-03": ("畜牧业生产人员", {"养猪工": "饲养生猪", "家禽饲养员": "饲养家禽"}),
}


@pytest.fixture(autouse=True)
def small(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """A code book of six groups, and a models folder of its own."""
    pages = [
        (f"{code}-01-{number:02d}", name, more)
        for code, (_group, told) in BOOK.items()
        for number, (name, more) in enumerate(told.items())
    ]
    monkeypatch.setattr(coding, "book", lambda: pages)
    monkeypatch.setattr(coding, "_names", lambda: {code: name for code, (name, _told) in BOOK.items()})
    monkeypatch.setattr(packed, "path_of", lambda name: tmp_path / f"{name}.npz")


@pytest.fixture
def street(town: Any, at: datetime) -> Any:
    """Six trades at two employers."""
    town.shop = factories.employer("上海乙样例超市有限公司（示例）", at=at)
    plain = {"content": "按班次上岗", "requirements": ""}
    for of, title, code, pay in (
        (town.shop, "收银员", "4-01", 600_000), (town.shop, "超市收银员", "4-01", 450_000),
        (town.cafe, "洗碗工", "4-03", 500_000), (town.shop, "保洁员", "4-09", 500_000),
        (town.cafe, "养老护理员", "4-10", 700_000), (town.cafe, "Java软件工程师", "2-02", 2_000_000),
    ):  # fmt: skip
        factories.vacancy(
            of,
            title,
            at=at,
            state="published",
            occupation_code=code,
            pay_min_fen=pay,
            pay_max_fen=pay,
            **plain,
        )
    coding.learn()
    close.learn(at=at)
    return town


def shown(at: datetime, limit: int = 10, **asked: Any) -> list[str]:
    found = search(VacancyQuery.parse(Plain(asked)), at=at)
    return [vacancy.title for vacancy, _minutes in close.close_to(found, at=at, limit=limit)]


def test_a_word_of_the_kitchen_finds_who_washes_dishes(street: Any, at: datetime) -> None:
    assert shown(at, q="刷碗") == ["洗碗工"]


def test_english_words_find_the_titles_they_stand_for(street: Any, at: datetime) -> None:
    assert shown(at, q="cashier") == ["收银员", "超市收银员"]
    assert shown(at, q="Cleaners") == ["保洁员"]


def test_a_title_nobody_listed_finds_its_like(street: Any, at: datetime) -> None:
    assert shown(at, q="收银姐姐")[0] == "收银员"


def test_letters_alone_do_not_make_it_close(street: Any, at: datetime) -> None:
    assert "养老护理员" not in shown(at, q="养猪")
    assert shown(at, q="asdf") == shown(at, q="！？") == shown(at, q="") == []


def test_what_the_words_found_is_not_shown_twice(street: Any, at: datetime) -> None:
    assert shown(at, q="超市收银") == ["收银员"]  # the other one is in the list


def test_the_filters_of_the_page_hold(street: Any, at: datetime) -> None:
    assert shown(at, q="cashier", pay_min="5000") == ["收银员"]
    assert shown(at, q="cashier", organisation=street.cafe.uid) == []
    assert shown(at, q="cashier", limit=1) == ["收银员"]


def test_what_is_over_is_not_close(street: Any, at: datetime) -> None:
    assert shown(at + timedelta(days=60), q="cashier") == []


def test_a_long_answer_needs_no_more(street: Any, at: datetime, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(close, "FEW", 1)
    assert shown(at, q="cashier")
    assert shown(at, q="超市收银") == []  # one found


def test_it_stands_after_the_last_line_only(street: Any, at: datetime) -> None:
    assert shown(at, q="样例超市", size="2", page="1") == []


def test_before_anything_was_learned_nothing_is_close(town: Any, at: datetime) -> None:
    assert shown(at, q="cashier") == []


def test_the_titles_are_learned_again_only_when_they_changed(street: Any, at: datetime) -> None:
    assert not close.learn(at=at)
    factories.vacancy(street.cafe, "绿化工", at=at, state="published", occupation_code="4-09")
    assert close.learn(at=at)
    assert shown(at, q="园丁") == ["绿化工"]
    assert close.learn_titles(at=at) == []


def test_a_file_of_another_version_is_said_and_not_used(
    street: Any, at: datetime, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(close, "VERSION", close.VERSION + 1)
    monkeypatch.setattr(close._current, "_made", None)
    assert shown(at, q="cashier") == []
    assert "Run train" in caplog.text


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("想找个带孩子的活", ["育婴员", "保育员"]),
        ("shop assistants", ["营业员"]),
        ("会计 cashier", ["收银员", "会计"]),
        ("Java", []),
        ("咖啡", ["咖啡"]),
    ],
)
def test_what_is_typed_is_read_as_titles(typed: str, read: list[str]) -> None:
    assert [part.strip() for part in close.readings(typed)] == read

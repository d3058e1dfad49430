"""The standing cast. 李阿姨 is 52 and looking, 小周 graduates in June, 胡经理 recruits,
陈老师 counsels, 王科 oversees, and 路人 sees nothing.

Each is a fixture that makes just what the sentence needs; `town` brings them all together.
"""

from __future__ import annotations

from datetime import datetime
from types import SimpleNamespace
from typing import Any

import pytest

from tests import factories


@pytest.fixture
def cafe(db: Any, at: datetime) -> Any:
    """A verified employer: 上海梧桐咖啡管理有限公司（示例）."""
    return factories.employer("上海梧桐咖啡管理有限公司（示例）", at=at)


@pytest.fixture
def operator(db: Any, at: datetime) -> Any:
    return factories.organisation("圆梦人力资源服务有限公司（示例）", kind="operator", at=at)


@pytest.fixture
def subdistrict(db: Any, at: datetime) -> Any:
    return factories.organisation("天山路街道就业服务科（示例）", kind="department", at=at)


@pytest.fixture
def hu(cafe: Any, at: datetime) -> Any:
    """胡经理 recruits for the café."""
    return factories.member("hu", "胡经理", cafe, role="recruiter", at=at)


@pytest.fixture
def chen(operator: Any, at: datetime) -> Any:
    """陈老师 counsels."""
    return factories.member("chen", "陈老师", operator, role="counsellor", at=at)


@pytest.fixture
def wang(subdistrict: Any, at: datetime) -> Any:
    """王科 oversees."""
    return factories.member("wang", "王科", subdistrict, role="manager", at=at)


@pytest.fixture
def reviewer(subdistrict: Any, at: datetime) -> Any:
    """Somebody else who reviews postings and papers."""
    return factories.member("shen", "沈老师", subdistrict, role="staff", duty="reviewer", at=at)


@pytest.fixture
def editor(subdistrict: Any, at: datetime) -> Any:
    """小苏 writes the programme."""
    return factories.member("su", "小苏", subdistrict, role="staff", duty="editor", at=at)


@pytest.fixture
def hall(db: Any) -> Any:
    """大厅 of the café: the whole of A and B."""
    whole = factories.room("大厅", of=factories.site(), capacity=80)
    for name in "AB":
        factories.room(f"活动室{name}", of=whole.site, capacity=40, parent=whole)
    return whole


@pytest.fixture
def li(db: Any, at: datetime) -> Any:
    """李阿姨, 52, wants cleaning or kitchen work near home."""
    return factories.seeker(
        "李秀芳", at=at, birth_year=1974, education=4, wanted_text="保洁 厨房帮工",
        wanted_occupation_codes=["4-13"], pay_floor_fen=400_000, commute_max_minutes=30,
        skills=["保洁", "择菜洗菜"], phone="12000000001", years_experience=12,
    )  # fmt: skip


@pytest.fixture
def zhou(db: Any, at: datetime) -> Any:
    """小周 graduates in June and wants to work with data."""
    return factories.seeker(
        "周晓晨", at=at, birth_year=2004, education=7, wanted_text="数据分析", school="东海大学（示例）",
        major="统计学", pay_floor_fen=800_000, skills=["Python", "SQL", "Excel"], phone="12000000002",
        years_experience=0,
    )  # fmt: skip


@pytest.fixture
def barista(cafe: Any, at: datetime) -> Any:
    """A published vacancy of the café."""
    return factories.vacancy(cafe, "咖啡师", at=at, state="published")


@pytest.fixture
def town(cafe: Any, hu: Any, chen: Any, wang: Any, reviewer: Any, li: Any, zhou: Any, barista: Any) -> Any:
    """Everybody at once."""
    return SimpleNamespace(
        cafe=cafe, hu=hu, chen=chen, wang=wang, reviewer=reviewer, li=li, zhou=zhou, barista=barista
    )

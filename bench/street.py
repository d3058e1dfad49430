"""A database of its own with a hundred thousand synthetic vacancies, for the benches that need many.

Nothing of it is kept: SQLite lives in a temporary folder, PostgreSQL in a database dropped at the end.
"""

# Word lists are easier to read and to add to as one line of words.
# ruff: noqa: SIM905

from __future__ import annotations

import os
import random
import secrets
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

POSTGRES = "postgresql://postgres@127.0.0.1:5432/"
TITLES = (
    "咖啡师 会计 出纳 行政助理 前台接待 软件工程师 前端工程师 数据分析师 算法工程师 测试工程师 销售代表 "
    "销售经理 客服专员 人事专员 招聘专员 仓库管理员 快递员 司机 厨师 面点师 服务员 收银员 店长 导购 保洁员 "
    "保安 养老护理员 育婴师 护士 药剂师 教师 课程顾问 平面设计师 产品经理 运营专员 新媒体运营 电商客服 "
    "采购专员 财务经理 法务专员 "
    "电工 焊工 维修工 质检员 装配工 物业管家 美容师 理发师 健身教练 翻译"
).split()
BEFORE = ["", "", "", "高级", "初级", "资深", "实习", "兼职", "见习"]
AFTER = ["", "", "", "（包吃住）", "（双休）", "-可应届", "/五险一金"]
NAMES = (
    "嘉和 云帆 长风 玉屏 天和 汇通 博远 新禾 明德 致远 锦程 瑞丰 安康 佳美 乐邻 优品 海川 星河 恒信".split()
)
TRADES = (
    "餐饮管理 信息科技 网络科技 物业管理 商贸 教育培训 医疗器械 文化传媒 物流 食品 酒店管理 建筑装饰".split()
)
DUTIES = (
    "负责日常接待与登记，解答来访者的问题|按照标准制作饮品，保持吧台整洁|完成部门交办的数据整理和报表统计|"
    "维护客户关系，跟进订单直至交付|协助主管安排排班与考勤|负责货物的收发、盘点与台账登记|"
    "参与系统的设计、编码与测试，编写文档|配合财务完成开票、报销与对账|熟练使用Excel、Word等办公软件|"
    "负责设备的日常巡检与维修保养|组织活动策划与现场执行|保证门店卫生与安全，处理突发情况|"
    "与各区合作伙伴沟通，推进项目落地|接听电话，做好记录与回访|整理档案，按月归档"
).split("|")
WISHES = (
    "专业不限|计算机相关专业|身体健康|有相关工作经验者优先|沟通能力强，有团队精神|吃苦耐劳，责任心强|"
    "熟悉Python或Java，了解数据库|持有健康证或愿意办理|能适应轮班，服从安排|应届毕业生可，提供带教"
).split("|")
ROADS = "天山路 娄山关路 玉屏南路 仙霞路 遵义路 茅台路 芙蓉江路 紫云路 云雾山路 安顺路".split()
INDUSTRIES = "C E F F G H H I I K L M O P Q R".split()
OCCUPATIONS = "2-02 2-06 3-01 4-01 4-02 4-03 4-04 4-07 4-10 4-13 6-29 6-31".split()
TYPES = ["FULL_TIME"] * 8 + ["PART_TIME", "INTERN", "TEMPORARY"]


@contextmanager
def street(count: int, *, postgres: bool) -> Iterator[datetime]:
    """This will set Django up on an empty database, fill it, and take it away again. Yields the moment."""
    with tempfile.TemporaryDirectory(prefix="yuanmeng-bench-") as folder:
        os.environ.update(
            YUANMENG_DATA=folder, YUANMENG_DEMO="1", DJANGO_SETTINGS_MODULE="yuanmeng.config.settings"
        )
        sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "src"))
        name = f"yuanmeng_bench_{secrets.token_hex(4)}"
        if postgres:
            _postgres(f'CREATE DATABASE "{name}"')
            os.environ["YUANMENG_DATABASE"] = POSTGRES + name
        try:
            yield _filled(count)
        finally:
            if postgres:
                from django.db import connection

                connection.close()
                _postgres(f'DROP DATABASE "{name}"')


def _postgres(statement: str) -> None:
    import psycopg

    with psycopg.connect(POSTGRES + "postgres", autocommit=True) as connection:
        connection.execute(statement)


def _filled(count: int) -> datetime:
    import django

    django.setup()
    from django.core.management import call_command
    from django.utils import timezone

    at = timezone.now()
    said("migrations", lambda: call_command("migrate", verbosity=0))
    said(f"{count:,} vacancies", lambda: _vacancies(count, at))
    return at


def said(what: str, act: Callable[[], Any]) -> Any:
    """This will do something and say on stderr how long it took."""
    started = time.perf_counter()
    result = act()
    print(f"  {what}: {time.perf_counter() - started:.1f} s", file=sys.stderr, flush=True)
    return result


def _vacancies(count: int, at: datetime) -> None:
    from yuanmeng.core import events
    from yuanmeng.vacancies.models import Vacancy

    chance = random.Random(2026)
    firms = _firms(chance, at)
    for start in range(0, count, 5_000):
        rows = [_vacancy(chance, firms, at) for _n in range(min(5_000, count - start))]
        Vacancy.objects.bulk_create(rows, batch_size=1_000)
        events.tell_many([("vacancy.published", row, {}) for row in rows], by=None, at=at)


def _firms(chance: random.Random, at: datetime) -> list[Any]:
    from yuanmeng.organisations.models import Organisation
    from yuanmeng.places.models import Place

    firms = []
    for number in range(2_000):
        name = f"上海{chance.choice(NAMES)}{chance.choice(NAMES)}{chance.choice(TRADES)}有限公司（示例）"
        spot = Place(
            address=f"{chance.choice(ROADS)}{chance.randint(1, 900)}号",
            area_code="310105006", precision="street",
            lon=chance.gauss(121.4025, 0.008), lat=chance.gauss(31.2111, 0.006),
        )  # fmt: skip
        firms.append(
            Organisation(
                name=name, name_normal=name, kind="employer", place=spot, state="verified", made_at=at,
                source="bench", external_id=str(number), valid_until=(at + timedelta(days=90)).date(),
            )
        )  # fmt: skip
    Place.objects.bulk_create([firm.place for firm in firms])
    return Organisation.objects.bulk_create(firms)


def _vacancy(chance: random.Random, firms: list[Any], at: datetime) -> Any:
    from yuanmeng.core.text import normal
    from yuanmeng.vacancies.models import Vacancy

    firm, title = chance.choice(firms), chance.choice(BEFORE) + chance.choice(TITLES) + chance.choice(AFTER)
    low = chance.randrange(4_000, 16_000, 500) * 100
    published = at - timedelta(minutes=chance.randrange(60 * 24 * 60))
    return Vacancy(
        organisation=firm, title=title, title_normal=normal(title),
        occupation_code=chance.choice(OCCUPATIONS), industry_code=chance.choice(INDUSTRIES),
        openings=chance.randint(1, 8),
        content="；".join(chance.sample(DUTIES, chance.randint(3, 6))),
        requirements="；".join(chance.sample(WISHES, chance.randint(3, 5))),
        place=firm.place, employment_type=chance.choice(TYPES), pay_min_fen=low,
        pay_max_fen=low + chance.randrange(500, 6_000, 500) * 100, pay_unit="month",
        education=chance.choice([None, None, 4, 5, 5, 6, 6, 7, 7, 8]), state="published",
        published_at=published,
        valid_from=published.date(), valid_until=(at + timedelta(days=chance.randint(3, 60))).date(),
        made_at=published, changed_at=published,
    )  # fmt: skip


def quantile(sorted_ms: list[float], part: float) -> float:
    """This will give a quantile of sorted times by nearest rank."""
    return sorted_ms[min(len(sorted_ms) - 1, int(part * len(sorted_ms)))]

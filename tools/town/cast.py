# ruff: noqa: E501 - tables of Chinese words: a full-width sign counts twice, a row reads better whole
"""Two people everybody who tells of the town knows: 李阿姨, who is 52, and 小周, who has just graduated."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from town.days import REFERENCE_DAY, day
from town.lives import Job, Schooling
from town.people import Seeker
from town.trades import BY_KEY

LI, ZHOU = "李美芳", "周佳怡"


def with_the_cast(people: list[Seeker]) -> list[Seeker]:
    """The first two numbers of the register belong to them."""
    return [_aunt_li(people[0]), _young_zhou(people[1]), *people[2:]]


def _aunt_li(row: Seeker) -> Seeker:
    jobs = (
        Job(1995, 2012, "禾里纺织公司（示例）", "挡车工", ("三班倒十七年",)),
        Job(2013, REFERENCE_DAY.year, "知麓物业公司（示例）", "保洁员", BY_KEY["cleaner"].did[:2]),
    )
    return replace(
        row, name=LI, sex="女", born=date(REFERENCE_DAY.year - 52, 3, 8), id_number="", trade=BY_KEY["cleaner"], jobs=jobs,
        schooling=Schooling("初中", "", "", date(1990, 6, 30)), wanted="保洁员、食堂服务员、家政服务员", pay="4500-5500元/月",
        kind="全职", shifts="早班", intention="单位就业", commute="20", residence="长宁区天山路街道天山四村居民区",
        committee="天山四村居民区", skills="地面清洁、玻璃清洁、家常菜", certificates="健康证", years=30, group="登记失业",
        channel="服务台", registered=day(-6),
        text="本人1974年生，初中学历，有三十年工作经历，家住天山四村。\n"
        "2013年至2026年，知麓物业公司（示例），保洁员：负责商务楼6个楼层的日常保洁，检查连续达标；会用洗地机和吸水机。\n"
        "1995年至2012年，禾里纺织公司（示例），挡车工：三班倒十七年。\n"
        "技能特长：地面清洁、玻璃清洁、家常菜。\n"
        "求职意向：保洁员、食堂服务员、家政服务员。希望离家近些，走路能到，能稳定做下去。",
    )  # fmt: skip


def _young_zhou(row: Seeker) -> Seeker:
    return replace(
        row, name=ZHOU, sex="女", born=date(REFERENCE_DAY.year - 22, 9, 16), id_number="", trade=BY_KEY["analyst"], jobs=(),
        schooling=Schooling("本科", "东海样例大学（示例）", "统计学", date(REFERENCE_DAY.year, 6, 30)),
        wanted="数据分析师、产品助理、新媒体运营", pay="8000-12000元/月", kind="全职", shifts="不限", intention="单位就业",
        commute="45", residence="长宁区天山路街道玉屏居民区", committee="玉屏居民区",
        skills="SQL、Python、Excel、数据可视化", certificates="", years=0, group="应届毕业生", channel="手机网页",
        registered=day(-2),
        text="本人2004年生，2026年6月毕业于东海样例大学（示例）统计学专业，本科学历，家住玉屏。\n"
        "实践经历：在社区图书角做借阅数据整理，用Python清洗一年的借阅记录并做成看板；"
        "毕业设计为小微零售门店销量预测，使用SQL与Pandas（实习）。\n"
        "技能特长：SQL、Python、Excel、数据可视化、英语六级。\n"
        "求职意向：数据分析师、产品助理、新媒体运营。愿意从基础做起，可尽快到岗。",
    )  # fmt: skip

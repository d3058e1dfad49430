# ruff: noqa: E501 - tables of Chinese words: a full-width sign counts twice, a row reads better whole
"""Schooling, working life and the résumé made of them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from town.days import REFERENCE_DAY
from town.dice import Dice
from town.trade import Trade
from town.trades import BY_KEY


@dataclass(frozen=True)
class Schooling:
    """The last school: level, name, subject, and when it was left."""

    level: str
    school: str
    major: str
    left_on: date


@dataclass(frozen=True)
class Job:
    """One job: years from and to, where, as what, and what was done there."""

    from_year: int
    to_year: int
    firm: str
    title: str
    did: tuple[str, ...]

    @property
    def years(self) -> int:
        return max(0, self.to_year - self.from_year)


# Where a trade is practised, by its group: the second half of a former employer's name.
WORKPLACES = {
    "4-03": ("餐饮", "食堂管理"), "6-02": ("烘焙", "食品"), "4-01": ("超市", "商贸", "百货"), "4-02": ("物流", "快运", "仓储"),
    "4-09": ("物业", "保洁服务"), "4-07": ("商务服务", "企业服务"), "6-31": ("物业", "机电工程"), "4-06": ("物业", "房产"),
    "4-12": ("汽车服务",), "6-05": ("服装",), "4-10": ("家政", "养老服务", "生活服务"), "4-14": ("健康服务", "护理服务"),
    "2-05": ("门诊", "护理服务"), "3-01": ("商务", "科技", "贸易"), "2-06": ("财务咨询", "贸易", "科技"), "4-13": ("文化传播", "网络"),
    "4-05": ("保险代理", "金融服务"), "3-03": ("法律咨询", "企业管理"), "2-02": ("软件", "信息科技", "数据科技"),
    "4-04": ("信息服务", "网络科技"), "2-09": ("设计", "网络科技"), "4-08": ("检测技术",), "2-08": ("教育", "艺术培训"),
    "2-07": ("社工服务",), "2-10": ("文化发展", "传媒"),
}  # fmt: skip


def work_life(dice: Dice, trade: Trade, left_school: date, brands: list[str]) -> tuple[Job, ...]:
    """One to three jobs from school to now with a gap at most at the end; the last one is in the trade."""
    now, began = REFERENCE_DAY.year, left_school.year
    span = max(0, now - began)
    if span < 1:
        return ()
    count = 1 if span < 4 else 2 if span < 12 else dice.randint(2, 3)
    began = max(began, now - dice.randint(6, 16)) if count < 3 else max(began, now - 24)
    cuts = sorted(dice.sample(range(began + 1, now), min(count - 1, max(0, now - began - 1))))
    starts, ends = [began, *cuts], [*cuts, now - dice.choice((0, 0, 0, 1))]
    trades = [_earlier(dice, trade) for _ in starts[:-1]] + [trade]
    told: set[str] = set()
    return tuple(
        _job(dice, one, (start, max(start, end)), brands, told)
        for one, start, end in zip(trades, starts, ends, strict=True)
    )


def _earlier(dice: Dice, trade: Trade) -> Trade:
    return BY_KEY[dice.choice(trade.near)] if trade.near and dice.chance(0.45) else trade


def _job(dice: Dice, trade: Trade, years: tuple[int, int], brands: list[str], told: set[str]) -> Job:
    """One job; what an earlier one already told is not told again."""
    did = tuple(dice.some([words for words in trade.did if words not in told], 1, 2))
    told.update(did)
    title = dice.choice(trade.titles).split("（")[0]
    firm = f"{dice.choice(brands)}{dice.choice(WORKPLACES[trade.group])}公司（示例）"
    return Job(*years, firm, title, did or (f"负责{trade.duties[0]}",))


def resume(dice: Dice, trade: Trade, born: int, schooling: Schooling, jobs: tuple[Job, ...],
           wanted: str, skills: str, committee: str, group: str) -> str:  # fmt: skip
    """The résumé as text; years are written out, so that it stays true while time passes."""
    parts = [_opening(dice, born, schooling, jobs, committee, group)]
    parts += [_about_job(job) for job in reversed(jobs)]
    if not jobs:
        parts.append(f"实践经历：{'；'.join(dice.some(trade.did, 1, 2))}（实习）。")
    parts.append(f"技能特长：{skills}。")
    parts.append(f"求职意向：{wanted}。{dice.choice(CLOSING)}")
    return "\n".join(parts)


def _opening(
    dice: Dice, born: int, schooling: Schooling, jobs: tuple[Job, ...], committee: str, group: str
) -> str:
    home = f"，家住{committee.removesuffix('居民区')}" if committee and dice.chance(0.7) else ""
    school = f"{schooling.school}{schooling.major}专业" if schooling.major else schooling.school
    if group.startswith("应届"):
        return f"本人{born}年生，{schooling.left_on.year}年{schooling.left_on.month}月毕业于{school}，{schooling.level}学历{home}。"
    total = sum(job.years for job in jobs)
    work = f"，有{total}年工作经历" if total else ""
    return f"本人{born}年生，{schooling.level}学历{'，毕业于' + school if school else ''}{work}{home}。"


def _about_job(job: Job) -> str:
    until = "至今" if job.to_year >= REFERENCE_DAY.year else f"至{job.to_year}年" if job.years else ""
    return f"{job.from_year}年{until}，{job.firm}，{job.title}：{'；'.join(job.did)}。"


CLOSING = (
    "希望离家近些，能稳定做下去。",
    "做事踏实，服从安排。",
    "愿意学习新技能，接受岗前培训。",
    "身体健康，能适应轮班。",
    "待人真诚，重视团队合作。",
    "希望找到能发挥经验的岗位。",
    "可尽快到岗。",
    "周末可配合排班。",
)

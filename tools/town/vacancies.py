# ruff: noqa: E501 - tables of Chinese words: a full-width sign counts twice, a row reads better whole
"""The vacancies: 920 of them, about 3,600 openings, worded per trade so that they agree with their pay."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from town.days import day
from town.dice import Dice
from town.firms import STREETS, Firm, address
from town.trade import BENEFITS, DAY, HOURS, INTERN, PART, Trade
from town.trades import BY_KEY

TOTAL, OPENINGS = 920, 3600
# How many vacancies a firm of a size has, before the total is met exactly.
PER_SIZE = {"1-19人": (1, 4), "20-99人": (3, 7), "100-499人": (6, 12)}
ELSEWHERE = ("上海市浦东新区张江镇", "上海市闵行区虹桥镇", "上海市静安区江宁路街道", "上海市普陀区长寿路街道", "上海市徐汇区漕河泾街道", "上海市长宁区新华路街道", "上海市长宁区虹桥街道")  # fmt: skip
SHOP_HOURS = ("shop", "kitchen", "early", "part")
PLACES = {
    "便利店": ("便利店",), "超市": ("超市", "生鲜"), "生鲜": ("超市", "生鲜"), "商场": ("物业", "后勤"),
    "写字楼": ("物业", "保安", "后勤"), "楼宇": ("物业", "外包", "后勤"), "女装": ("服饰",), "服装": ("服饰",),
    "家居": ("家居",), "文创": ("文化",), "食堂": ("团膳", "后勤", "养老"), "团餐": ("团膳", "后勤"), "奶茶": ("茶饮",),
    "本帮菜": ("餐饮", "面馆"), "（酒店）": ("酒店",), "健身": ("健身",), "口腔": ("口腔",), "社区护士": ("门诊", "护理院"),
}  # fmt: skip
ASK_YEARS = ("经验不限", "1年以上", "2年以上", "3年以上", "3-5年", "5年以上")


@dataclass(frozen=True)
class Vacancy:
    """One vacancy as the employer fills in the form; every value is what stands in the cell."""

    number: str
    firm: Firm
    trade: Trade
    title: str
    openings: str
    pay: str
    education: str
    experience: str
    kind: str
    address: str
    hours: str
    content: str
    requirements: str
    benefits: str
    tags: str
    valid_from: date | None
    valid_until: date | None


def make_vacancies(dice: Dice, firms: list[Firm]) -> list[Vacancy]:
    """All vacancies in the order of their firms; no firm posts one title twice."""
    jobs = [(firm, title, trade, senior) for firm in firms for title, trade, senior in _posts(dice, firm)]
    while len(jobs) < TOTAL:
        jobs += _one_more(dice, firms, {(firm.number, title) for firm, title, _, _ in jobs})
    while len(jobs) > TOTAL:
        jobs.pop(dice.randrange(len(jobs)))
    jobs.sort(key=lambda job: job[0].number)
    rows = [_vacancy(dice, at + 1, *job) for at, job in enumerate(jobs)]
    return _meet_openings(dice, rows)


def _posts(dice: Dice, firm: Firm) -> list[tuple[str, Trade, bool]]:
    wanted = dice.randint(*PER_SIZE[firm.size])
    posts: dict[str, tuple[str, Trade, bool]] = {}
    for _ in range(wanted * 4):
        title, trade, senior = _post(dice, firm)
        if len(posts) < wanted:
            posts.setdefault(title, (title, trade, senior))
    return list(posts.values())


def _post(dice: Dice, firm: Firm) -> tuple[str, Trade, bool]:
    trade = BY_KEY[dice.of(firm.kind.weighted_trades())]
    senior = bool(trade.senior) and dice.chance(0.16)
    suiting = [title for title in trade.titles if _suits(title, firm)] or trade.titles
    title = trade.senior if senior else dice.choice(suiting)
    if firm.kind.stores and trade.hours in SHOP_HOURS and dice.chance(0.35):
        title += f"（{dice.choice(list(STREETS)[:8])}店）"
    return title, trade, senior


def _suits(title: str, firm: Firm) -> bool:
    """A pharmacy looks for no 便利店收银员: a title that names a place belongs to firms of that kind."""
    return all(any(word in firm.name for word in words) for place, words in PLACES.items() if place in title)


def _one_more(
    dice: Dice, firms: list[Firm], taken: set[tuple[str, str]]
) -> list[tuple[Firm, str, Trade, bool]]:
    firm = dice.choice([firm for firm in firms if firm.size != "1-19人"])
    title, trade, senior = _post(dice, firm)
    return [] if (firm.number, title) in taken else [(firm, title, trade, senior)]


def _vacancy(dice: Dice, serial: int, firm: Firm, title: str, trade: Trade, senior: bool) -> Vacancy:
    kind = dice.choice(trade.kinds)
    education = trade.education[-1] if senior else dice.choice(trade.education)
    years = 0 if kind == INTERN else max(trade.years) + 1 if senior else dice.choice(trade.years)
    posted = -dice.choice(range(0, 48, 3)) - serial % 3
    return Vacancy(
        number=f"GW{serial:04d}",
        firm=firm,
        trade=trade,
        title=title,
        openings=str(1 if senior else dice.randint(*trade.openings)),
        pay=pay_words(dice, trade, kind, years, senior),
        education=education,
        experience=ASK_YEARS[min(years, 5)] if years else "经验不限",
        kind=kind,
        address=_address(dice, firm, title),
        hours=dice.choice(HOURS["part" if kind in (PART, DAY) and trade.hours != "guard" else trade.hours]),
        content=_content(dice, trade, senior),
        requirements=_requirements(dice, trade, years, education),
        benefits="、".join(dice.some(BENEFITS[trade.benefits], 3, 5)),
        tags="、".join(_tags(dice, trade, kind, years)),
        valid_from=day(posted),
        # Who posted long ago has prolonged it.
        valid_until=day(max(posted + dice.choice((30, 45, 60, 60, 75, 90)), 5 + serial % 30)),
    )


def pay_words(dice: Dice, trade: Trade, kind: str, years: int, senior: bool) -> str:
    """The pay as an employer writes it: rounded to hundreds, in one of the usual spellings."""
    low, high = trade.pay
    if trade.unit != "月":
        return (
            f"{low + dice.randint(0, 3)}-{high + dice.randint(0, 6)}元/{trade.unit}"
            if trade.unit == "天"
            else _hourly(dice, trade)
        )
    if kind in (PART, DAY):
        return f"{round(low / 174) + dice.randint(0, 3)}-{round(high / 174) + dice.randint(2, 5)}元/时"
    if kind == INTERN:
        return f"{dice.choice((120, 150, 160, 180))}-{dice.choice((200, 220, 260))}元/天"
    factor = dice.uniform(0.94, 1.08) * (1 + 0.05 * years) * (1.25 if senior else 1)
    return spelled(dice, round(low * factor, -2), round(high * factor, -2))


def _hourly(dice: Dice, trade: Trade) -> str:
    """A monthly trade paid by the hour is divided by the 174 hours of a full month."""
    low, high = trade.pay if trade.pay[1] < 500 else (trade.pay[0] / 174, trade.pay[1] / 174)
    return f"{round(low) + dice.randint(0, 1)}-{round(high) + dice.randint(1, 3)}元/时"


def spelled(dice: Dice, low: float, high: float) -> str:
    """6500 and 8500 → 6500-8500元/月, 6.5-8.5千/月, 6.5千-8.5千, 6.5k-8.5k, 0.65-0.85万/月."""
    low, high = int(low), int(high)
    ways = [f"{low}-{high}元/月", f"{low}-{high}元/月"]
    if high < 10000:
        ways.append(f"{low / 1000:g}千-{high / 1000:g}千/月")
    if low >= 10000:
        ways += [f"{low / 10000:g}-{high / 10000:g}万/月", f"{low / 1000:g}k-{high / 1000:g}k", f"{low / 10000:g}-{high / 10000:g}万·13薪"]  # fmt: skip
    return dice.choice(ways)


def _address(dice: Dice, firm: Firm, title: str) -> str:
    street = next((name for name in STREETS if f"（{name}店）" in title), "")
    if street:
        return address(dice, street)
    if firm.size == "100-499人" and dice.chance(0.22):
        return address(dice) if dice.chance(0.65) else dice.choice(ELSEWHERE)
    return firm.address


def _content(dice: Dice, trade: Trade, senior: bool) -> str:
    duties = dice.some(trade.duties, 3, 5)
    if senior:
        duties.append("带领小组完成目标，安排班次，指导新人")
    return "\n".join(f"{at}. {words}；" for at, words in enumerate(duties, 1))[:-1] + "。"


def _requirements(dice: Dice, trade: Trade, years: int, education: str) -> str:
    asks = dice.some([ask for ask in trade.asks if _agrees(ask, years, education)], 2, 4)
    if trade.skills and dice.chance(0.6):
        asks.append("熟悉" + "、".join(dice.some(trade.skills, 2, 3)))
    if years >= 2:
        asks.append(f"{years}年以上同岗位经验")
    return "\n".join(f"{at}. {words}；" for at, words in enumerate(asks, 1))[:-1] + "。"


def _agrees(ask: str, years: int, education: str) -> bool:
    """The words may not ask for more schooling or years than the columns beside them."""
    if "年以上" in ask and "优先" not in ask and years < 1:
        return False
    named = next((word for word in ("本科", "大专", "高中") if f"{word}及以上" in ask), None)
    return named is None or named == education


def _tags(dice: Dice, trade: Trade, kind: str, years: int) -> list[str]:
    tags = []
    if trade.ages[1] >= 56:
        tags.append("50+友好")
    if years == 0 and trade.majors:
        tags.append("应届可投")
    elif years == 0:
        tags.append("无经验可投")
    if kind in (PART, DAY):
        tags.append("时间灵活")
    if dice.chance(0.06):
        tags.append("急聘")
    return tags[:3]


def _meet_openings(dice: Dice, rows: list[Vacancy]) -> list[Vacancy]:
    """Move single heads until the town offers exactly its openings; nobody falls below one."""
    heads = [int(row.openings) for row in rows]
    step = 1 if sum(heads) < OPENINGS else -1
    while sum(heads) != OPENINGS:
        at = dice.randrange(len(heads))
        low, high = rows[at].trade.openings
        if low <= heads[at] + step <= high + (4 if high > 3 else 0) and (step > 0 or heads[at] > 1):
            heads[at] += step
    return [replace(row, openings=str(count)) for row, count in zip(rows, heads, strict=True)]

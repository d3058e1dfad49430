# ruff: noqa: E501 - tables of Chinese words: a full-width sign counts twice, a row reads better whole
"""The seekers: 2,400 people whose age, schooling, past work, wishes and résumé agree."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from town.days import REFERENCE_DAY, day
from town.dice import Dice, Phones, resident_id
from town.lives import Job, Schooling, resume, work_life
from town.names import Brands, person
from town.trade import Trade
from town.trades import ALL, BY_KEY
from town.vacancies import spelled

TOTAL, THIS_YEAR, NEXT_YEAR, REGISTERED_UNEMPLOYED = 2400, 60, 40, 140
COMMITTEES = ("天山二村", "天山三村", "天山四村", "茅台", "仙霞", "天山", "天义", "新光", "新风", "玉屏", "遵义", "友谊", "紫云", "联建", "中紫", "延西", "纺大一村")  # fmt: skip
NEARBY = ("长宁区仙霞新村街道", "长宁区虹桥街道", "长宁区周家桥街道", "长宁区新华路街道", "长宁区华阳路街道", "普陀区", "静安区", "徐汇区", "闵行区")  # fmt: skip
# Days ago, every 17 to 24 days: some ten people register each day, a few less in the months before.
REGISTERED = (0, 17, 34, 53, 73, 94, 117, 141, 166, 192, 219, 247, 276)
CHANNELS = {"服务台": 5, "自助终端": 2, "手机网页": 5, "夜市摊位": 2, "大屏扫码": 1, "电话": 1}
SCHOOLS = {
    "高中": ("虹桥样例高级中学（示例）", "天山样例职业学校（示例）", "长宁样例中专（示例）"),
    "大专": ("东海样例职业技术学院（示例）", "浦江样例高等专科学校（示例）", "江南样例城市学院（示例）"),
    "本科": (
        "东海样例大学（示例）",
        "浦江样例理工大学（示例）",
        "江南样例财经大学（示例）",
        "苏河样例师范大学（示例）",
    ),
    "硕士": ("东海样例大学（示例）", "浦江样例理工大学（示例）"),
}
LEAVES_AT = {"小学": 15, "初中": 16, "高中": 18, "大专": 21, "本科": 22, "硕士": 25}
LADDER = ("小学", "初中", "高中", "大专", "本科", "硕士")


@dataclass(frozen=True)
class Seeker:
    """One person as the register writes it down; every value is what stands in the cell."""

    number: str
    name: str
    sex: str
    born: date
    id_number: str
    phone: str
    schooling: Schooling
    trade: Trade
    jobs: tuple[Job, ...]
    wanted: str
    pay: str
    kind: str
    shifts: str
    intention: str
    commute: str
    residence: str
    committee: str
    skills: str
    certificates: str
    years: int
    group: str
    channel: str
    registered: date
    text: str


def make_people(dice: Dice, phones: Phones) -> list[Seeker]:
    """Everybody, in the order of their registration numbers."""
    made = Brands(dice)
    brands = [made.next() for _ in range(60)]
    groups = _groups(dice)
    return [_seeker(dice, phones, brands, at, group) for at, group in enumerate(groups)]


def _seeker(dice: Dice, phones: Phones, brands: list[str], at: int, group: str) -> Seeker:
    trade = _trade(dice, group)
    age = dice.randint(21, 23) if group.startswith("应届") else dice.randint(*trade.ages)
    born = date(REFERENCE_DAY.year - age, dice.randint(1, 12), dice.randint(1, 28))
    sex = _sex(dice, trade)
    schooling = _schooling(dice, trade, born, group)
    jobs = () if group.startswith("应届") else work_life(dice, trade, schooling.left_on, brands)
    years = sum(job.years for job in jobs)
    wanted = _wanted(dice, trade)
    registered = day(-dice.choice(REGISTERED) - at % 17)
    skills = "、".join(dice.some(trade.skills, 2, 4))
    certificates = "、".join(dice.some(trade.certificates, 0, 2)) if trade.certificates and years > 1 else ""
    committee = dice.choice(COMMITTEES) + "居民区" if dice.chance(0.72) else ""
    name, number = person(dice, sex, born.year), f"QZ{at + 1:05d}"
    id_number = resident_id(born, (at % 400) * 2 + (1 if sex == "m" else 2)) if group == "登记失业" else ""
    pay, kind = _pay(dice, trade, years), _kind(dice, trade)
    text = resume(dice, trade, born.year, schooling, jobs, wanted, skills, committee, group)
    return Seeker(
        number, name, "男" if sex == "m" else "女", born, id_number, phones.next(), schooling, trade, jobs,
        wanted, pay, kind, dice.choice(("早班", "早班、晚班", "不限", "仅白班", "不限")), _intention(dice, trade, group),
        str(dice.choice((20, 30, 30, 40, 45, 60))), _residence(dice, committee), committee, skills, certificates, years,
        group, dice.of(CHANNELS), registered, text,
    )  # fmt: skip


def _groups(dice: Dice) -> list[str]:
    """Everybody's group, mixed; the first two places are kept for the cast."""
    counts = {
        "登记失业": REGISTERED_UNEMPLOYED - 1,
        "应届毕业生": THIS_YEAR - 1,
        "应届在校生": NEXT_YEAR,
        "在职转岗": 460,
    }
    rest = [group for group, count in counts.items() for _ in range(count)]
    rest += ["一般求职"] * (TOTAL - 2 - len(rest))
    dice.shuffle(rest)
    return ["登记失业", "应届毕业生", *rest]


def _trade(dice: Dice, group: str) -> Trade:
    trades = (
        [trade for trade in ALL if trade.majors and trade.ages[0] <= 23]
        if group.startswith("应届")
        else list(ALL)
    )
    return dice.choices(trades, [trade.people for trade in trades])[0]


def _sex(dice: Dice, trade: Trade) -> str:
    return "f" if dice.chance(0.52 if trade.ages[1] < 50 else 0.55) else "m"


def _schooling(dice: Dice, trade: Trade, born: date, group: str) -> Schooling:
    level = _level(dice, trade, born, group)
    while not group.startswith("应届") and born.year + LEAVES_AT[level] > REFERENCE_DAY.year:
        level = LADDER[LADDER.index(level) - 1]  # nobody of eighteen has a degree
    left_year = born.year + LEAVES_AT[level]
    if group == "应届毕业生":
        left_year = REFERENCE_DAY.year
    elif group == "应届在校生":
        left_year = REFERENCE_DAY.year + 1
    left_year = min(left_year, REFERENCE_DAY.year + (1 if group == "应届在校生" else 0))
    major = dice.choice(trade.majors) if trade.majors and level in ("大专", "本科", "硕士") else ""
    return Schooling(
        level, dice.choice(SCHOOLS[level]) if level in SCHOOLS else "", major, date(left_year, 6, 30)
    )


def _level(dice: Dice, trade: Trade, born: date, group: str) -> str:
    """At least what the trade asks, mostly; older people of open trades left school earlier."""
    asked = dice.choice(trade.education)
    floor = LADDER.index(asked) if asked in LADDER else 1
    if group.startswith("应届"):
        return LADDER[max(3, min(5, floor + dice.choice((0, 0, 0, 1))))]
    if floor <= 2:
        floor = dice.choice((1, 1, 1, 2, 2, 0) if born.year < 1978 else (1, 2, 2, 3, 3))
    return LADDER[min(5, floor + dice.choice((0, 0, 0, 0, 0, 0, 1)))]


def _wanted(dice: Dice, trade: Trade) -> str:
    """Up to three titles, the own trade first, then its neighbours."""
    others = [BY_KEY[key] for key in dice.some(trade.near, 0, 2)]
    return "、".join(dict.fromkeys(dice.choice(one.titles).split("（")[0] for one in (trade, *others)))


def _pay(dice: Dice, trade: Trade, years: int) -> str:
    low, high = trade.pay
    if high < 500:
        return f"{low}元/{trade.unit}" if dice.chance(0.5) else "5000-7000元/月"
    low = int(low * (0.92 + min(years, 10) * 0.012))
    return (
        spelled(dice, round(low, -2), round(low * dice.uniform(1.15, 1.4), -2))
        if dice.chance(0.93)
        else "面议"
    )


def _kind(dice: Dice, trade: Trade) -> str:
    return dice.choice(trade.kinds) if dice.chance(0.3) else "全职"


def _intention(dice: Dice, trade: Trade, group: str) -> str:
    if trade.hours in ("rider", "part"):
        return dice.choice(("灵活就业", "单位就业"))
    return dice.choices(("单位就业", "灵活就业", "职业培训", "创业"), (86, 8, 4, 2))[0]


def _residence(dice: Dice, committee: str) -> str:
    return f"长宁区天山路街道{committee}" if committee else dice.choice(NEARBY)

# ruff: noqa: E501 - tables of Chinese words: a full-width sign counts twice, a row reads better whole
"""What a trade is: everything the town needs to advertise it and to have people who did it."""

from __future__ import annotations

from dataclasses import dataclass

# Hours and rest days, by the rhythm of the work.
HOURS = {
    "office": (
        "周一至周五 9:00-18:00，双休",
        "周一至周五 9:30-18:30，午休1小时，双休",
        "弹性上班，每天8小时，双休",
    ),
    "big_week": ("9:00-18:00，大小周", "8:30-17:30，做六休一", "9:00-17:30，单双休轮换"),
    "shop": (
        "早班9:30-17:30，晚班14:00-22:00，轮班，做五休二",
        "两班轮换，每班8小时，做六休一",
        "10:00-19:00，周末轮休",
    ),
    "kitchen": (
        "10:00-14:00、17:00-21:00，做六休一",
        "9:00-21:00两头班，每月休4天",
        "早班6:30-14:30，晚班13:30-21:30，月休6天",
    ),
    "early": ("6:30-14:30，做六休一", "早班6:00-14:00，中班14:00-22:00，月休4天", "7:00-15:30，周末轮休"),
    "guard": ("12小时制，做四休二", "8小时三班倒，做六休一", "日班7:00-19:00，夜班19:00-7:00，月休6天"),
    "care": ("8小时制，三班轮换，月休6天", "白班7:30-16:30，夜班每周1次", "住院陪护式排班，做五休二"),
    "rider": ("11:00-14:00、17:00-21:00，其余时间自由", "早9:00-晚20:00，月休4天"),
    "school": ("周一至周五 8:00-16:30，寒暑假", "7:40-16:40，双休，法定节假日休息"),
    "weekend": ("周三至周日 10:00-19:00，周一周二休息", "周末上课，工作日休两天，每天不超过7小时"),
    "part": ("每天4小时，时段可选", "周末及晚间，每周不少于3个班", "午市11:00-14:00或晚市17:00-21:00"),
}

# Benefits by the kind of employer; a vacancy takes some of one list.
BENEFITS = {
    "office": (
        "五险一金",
        "带薪年假",
        "年终奖",
        "节日福利",
        "定期体检",
        "补充医疗保险",
        "餐补",
        "交通补贴",
        "弹性工作",
        "培训机会",
    ),
    "it": (
        "五险一金",
        "13薪",
        "带薪年假",
        "补充医疗保险",
        "餐补",
        "弹性工作",
        "年度体检",
        "股权激励",
        "健身房",
        "技术培训",
    ),
    "shop": ("缴纳社保", "包工作餐", "员工折扣", "全勤奖", "带薪年假", "节日福利", "晋升通道", "加班费"),
    "kitchen": ("包吃", "包吃住", "缴纳社保", "全勤奖", "生日福利", "带薪年假", "技能培训", "满年奖"),
    "service": ("缴纳社保", "加班费", "高温补贴", "节日福利", "意外险", "工作服", "就近安排", "满勤奖"),
    "care": ("缴纳社保", "包吃住", "岗前培训", "考证补贴", "夜班补贴", "节日慰问", "带薪年假", "意外险"),
    "school": ("五险一金", "工作餐", "寒暑假", "培训机会", "子女优惠", "节日福利", "带薪年假", "体检"),
    "gig": ("意外险", "多劳多得", "装备补贴", "按周结算", "高温补贴", "新人奖励"),
}

FULL, PART, INTERN, DAY = "全职", "兼职", "实习", "日结"


@dataclass(frozen=True)
class Trade:
    """One trade. Pay is yuan a month for an ordinary worker (low end, high end); see `unit` for day and hour."""

    key: str
    group: str  # medium group of 职业分类大典
    titles: tuple[str, ...]
    pay: tuple[int, int]
    duties: tuple[str, ...]
    asks: tuple[str, ...]
    did: tuple[str, ...]  # what somebody who did it writes into a résumé
    skills: tuple[str, ...]
    education: tuple[str, ...] = ("不限",)
    years: tuple[int, ...] = (0, 0, 1)
    hours: str = "office"
    benefits: str = "office"
    openings: tuple[int, int] = (1, 3)
    kinds: tuple[str, ...] = (FULL,)
    unit: str = "月"
    certificates: tuple[str, ...] = ()
    senior: str = ""  # what the experienced one is called, paid a quarter more
    weight: int = 4  # how common it is among the vacancies
    people: int = 4  # how common it is among the seekers
    ages: tuple[int, int] = (20, 50)
    near: tuple[str, ...] = ()  # trades a person of this one also accepts
    majors: tuple[str, ...] = ()

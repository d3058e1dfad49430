"""Vacancies that are wrong on purpose, so that the posting gate, the reviewers and the import have work.

Everything here is what people really write; the rest of the town passes.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from town.days import day
from town.dice import Dice
from town.vacancies import Vacancy

# Words that the screen blocks or warns about, by the clause they break.
BLOCKED = (
    "限女性，形象气质佳",
    "男士优先",
    "沪籍优先",
    "限本地户籍",
    "已婚已育者优先",
    "入职需缴纳服装押金200元",
    "上岗前自费参加培训，培训费480元",
    "入职前需提供乙肝五项检查",
    "限汉族",
)
WARNED = (
    "18-35岁",
    "35岁以下",
    "身高165cm以上，五官端正",
    "仅限985、211院校毕业生",
    "加微信详聊：demo-12x",
    "轻松月入过万，保底高薪",
)
Fault = Callable[[Dice, Vacancy], Vacancy]


def spoil(dice: Dice, rows: list[Vacancy]) -> list[Vacancy]:
    """Spread the faults over the rows; each row gets at most one."""
    plan = [fault for fault, count in FAULTS for _ in range(count)]
    places = dice.sample(range(len(rows)), len(plan))
    spoiled = dict(zip(places, plan, strict=True))
    return [spoiled[at](dice, row) if at in spoiled else row for at, row in enumerate(rows)]


def _no_pay(dice: Dice, row: Vacancy) -> Vacancy:
    return replace(row, pay=dice.choice(("面议", "面议", "薪资面谈", "")))


def _no_heads(dice: Dice, row: Vacancy) -> Vacancy:
    return replace(row, openings="若干")


def _no_end(dice: Dice, row: Vacancy) -> Vacancy:
    return replace(row, valid_until=None)


def _expired(dice: Dice, row: Vacancy) -> Vacancy:
    return replace(row, valid_from=day(-40), valid_until=day(-dice.randint(1, 9)))


def _soon_over(dice: Dice, row: Vacancy) -> Vacancy:
    return replace(row, valid_until=day(dice.randint(1, 4)))


def _no_content(dice: Dice, row: Vacancy) -> Vacancy:
    return replace(row, content="")


def _no_place(dice: Dice, row: Vacancy) -> Vacancy:
    return replace(row, address="")


def _blocked(dice: Dice, row: Vacancy) -> Vacancy:
    return replace(row, requirements=f"{row.requirements}\n另：{dice.choice(BLOCKED)}。")


def _warned(dice: Dice, row: Vacancy) -> Vacancy:
    return replace(row, requirements=f"{row.requirements}\n另：{dice.choice(WARNED)}。")


FAULTS: tuple[tuple[Fault, int], ...] = (
    (_no_pay, 14),
    (_no_heads, 6),
    (_no_end, 5),
    (_expired, 6),
    (_soon_over, 14),
    (_no_content, 3),
    (_no_place, 4),
    (_blocked, 14),
    (_warned, 12),
)

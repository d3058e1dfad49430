"""The tables of docs/model-card.md in Chinese and English; the sentences are in tools/model_card/."""

from __future__ import annotations

import math
import platform
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import numpy
import scipy

from yuanmeng import __version__
from yuanmeng.matching import fairness, market, simulate, store
from yuanmeng.matching.features import FEATURES
from yuanmeng.matching.gates import GATES
from yuanmeng.matching.records import NEVER

if TYPE_CHECKING:
    from tools.make_model_card import Card

Words = Mapping[str, tuple[str, str]]  # name → (中文, English)
ZH, EN = 0, 1
TEMPLATES = Path(__file__).resolve().parent / "model_card"

FEATURE: Words = {
    "title": ("期望岗位名称", "title wanted"),
    "occupation": ("期望职业", "occupation wanted"),
    "skills": ("技能", "skills"),
    "commute": ("上班路程", "way to work"),
    "text": ("能做的事（上一份工作、专业、证书）", "what you can do (last job, major, certificates)"),
    "pay": ("薪资与底线", "pay against the least wanted"),
    "background": ("上一份职业", "last occupation"),
    "taste": ("和选过的岗位相像", "like what was chosen"),
    "hours": ("班次", "hours"),
    "experience": ("工作年限", "years of work"),
    "education": ("学历（刚好够最好）", "education (just met is best)"),
    "fresh": ("新发布", "newly published"),
}
READER: Words = {
    "person": ("本人", "person"),
    "officer": ("工作人员", "officer"),
    "employer": ("单位", "employer"),
}
GATE: Words = {
    "open": (
        "岗位在有效期内、单位已核验、还有名额",
        "published for this day, organisation verified, a place left",
    ),
    "legal_age": (
        "满16周岁；危险作业满18周岁（劳动法15、58、64条）",
        "at least 16; at hazardous work at least 18 (Labour Law 15, 58, 64)",
    ),
    "hidden_organisation": ("本人没有屏蔽该单位", "the person has not shut the organisation out"),
    "education": ("达到学历下限", "the education floor is met"),
    "pay": ("薪资上限不低于本人底线", "the top of the pay reaches the least wanted"),
    "commute": ("路程不超过本人上限", "the way is within the longest wanted"),
    "hours": ("班次和用工方式本人接受", "an accepted shift and kind of employment"),
}
FIELD: Words = {
    "wish": ("期望岗位：打分", "title wanted: score"),
    "occupations": ("期望职业代码：打分", "wanted occupation codes: score"),
    "last_occupation": ("上一份职业代码：打分", "last occupation code: score"),
    "skills": ("技能：打分", "skills: score"),
    "text": (
        "上一份工作、专业、证书：打分（先去掉个人特征词）",
        "last job, major, certificates: score, traits taken out",
    ),
    "education_rank": ("学历：门槛和打分", "education: gate and score"),
    "experience_years": ("工作年限：打分", "years of work: score"),
    "pay_floor_fen_month": ("薪资底线：门槛和打分", "least pay: gate and score"),
    "lon, lat": ("居民区中心点：门槛和打分", "centre of the residents' committee: gate and score"),
    "commute_max_minutes": ("通勤上限：门槛", "longest way: gate"),
    "employment_types, shifts": ("用工方式、班次：门槛和打分", "kinds of employment, shifts: gate and score"),
    "age_years": ("年龄：只用于法定下限", "age: the law's lower limits alone"),
    "hidden_organisations": ("屏蔽的单位：门槛", "organisations shut out: gate"),
    "gaps": ("还缺的技能：只用于课程", "skills not yet there: courses alone"),
    "chose, chose_titles": ("投过、收藏的岗位：打分", "vacancies applied for or kept: score"),
}
FORBIDDEN: Words = {
    "sex": ("性别", "sex"), "gender": ("性别认同", "gender"), "ethnicity": ("民族", "ethnicity"),
    "religion": ("宗教", "religion"), "hukou": ("户籍", "hukou"), "marital_status": ("婚育", "marriage"),
    "health": ("健康", "health"), "disability": ("残疾", "disability"), "name": ("姓名", "name"),
    "photo": ("照片", "photo"), "birth_on": ("出生日期", "date of birth"),
    "political_status": ("政治面貌", "political status"), "school": ("毕业院校", "school"),
    "nationality": ("国籍", "nationality"), "id_number": ("身份证号", "identity number"),
    "phone": ("手机号码", "phone"),
}  # fmt: skip
ATTRIBUTE: Words = {"sex": ("性别", "sex"), "age": ("年龄段", "age band")}
GROUP: Words = {"f": ("女", "women"), "m": ("男", "men")}
COUNTED: Words = {
    "short_list": (
        "出现在至少一个岗位的前12名（向单位和工作人员推荐）",
        "among the best 12 of at least one vacancy (what officers and employers are shown)",
    ),
    "full_list": ("自己的推荐列表满10条", "ten vacancies in one's own list"),
}
EXPOSED: Words = {
    "small_employers": (
        "小单位（招聘人数不超过中位数）的岗位",
        "vacancies of small employers (openings up to the median)",
    ),
    "new_vacancies": ("发布不到7天的岗位", "vacancies published within 7 days"),
}
MARKET: Words = {
    "plenty": ("岗位充裕：样例街道全部岗位", "plenty: all vacancies of the sample street"),
    "half": ("供求相近：每两个岗位取一个", "near balance: every second vacancy"),
    "scarce": ("岗位紧缺：再减到约三分之一名额", "scarce: of those, about a third of the openings"),
}
POLICY: Words = {
    "best for each": ("各取最合适（本引擎）", "best for each (this engine)"),
    "newest": ("最新优先（关闭推荐时所见）", "newest (what is seen when switched off)"),
    "random": ("随机", "random"),
}
FIGURE: Words = {
    "hires": ("录用人数", "hires"),
    "days_to_hire": ("到录用的天数", "days to hire"),
    "empty_vacancies": ("到期无人录用的岗位", "vacancies closed with nobody hired"),
    "unfilled_openings": ("未招满的名额", "openings left unfilled"),
    "unanswered": ("没有答复的投递", "applications without an answer"),
    "gini": ("投递集中度（基尼）", "Gini of applications per opening"),
    "regret": ("离最好分配的差距", "regret against the best allocation"),
    "kept_90": ("稳岗90天", "kept 90 days"),
    "ndcg": ("列表合本人心意（nDCG@10）", "lists against true utility (nDCG@10)"),
    "ndcg_new_people": ("新登记者的列表 ÷ 全体", "lists of the newly registered ÷ all"),
    "small_employers": ("小单位曝光 ÷ 应得", "exposure of small employers ÷ share"),
    "new_vacancies": ("新岗位曝光 ÷ 应得", "exposure of new vacancies ÷ share"),
}
SHARES = frozenset({"empty_vacancies", "unfilled_openings", "unanswered", "regret", "kept_90"})


def page(card: Card) -> str:
    """The whole page."""
    return "\n".join(part.strip() + "\n" for part in (_half(card, ZH), "---", _half(card, EN)))


def _half(card: Card, tongue: int) -> str:
    """One language: the sentences of its file around the figures."""
    words = (TEMPLATES / ("zh.md", "en.md")[tongue]).read_text(encoding="utf-8")
    habits = market.Habits()
    return words.format(
        fingerprint=card.fingerprint, people=card.people, jobs=card.jobs, openings=card.openings,
        seeds=card.seeds, columns=card.columns,
        full_lists=_percent(card.full_lists), coverage=_percent(card.spread["coverage"]),
        gini=card.spread["gini"], congestion=card.spread["congestion"], fewest=fairness.FEWEST,
        stands_in_from=fairness.STANDS_IN_FROM, days=habits.days, answered_within=habits.answered_within,
        fields_table=_fields(tongue), forbidden_table=_forbidden(tongue), gates_table=_gates(tongue),
        features_table=_features(card, tongue), exposures_table=_exposures(card, tongue),
        rates_table=_rates(card, tongue), audits_table=_audits(card, tongue),
        markets_table=_markets(card, tongue), versions_table=_versions(card, tongue),
    )  # fmt: skip


# ---- tables
def _table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join("| " + " | ".join(cells) + " |" for cells in lines)


def _fields(tongue: int) -> str:
    head = (("字段", "用处"), ("Field", "For"))[tongue]
    return _table(head, [(f"`{name}`", words[tongue]) for name, words in FIELD.items()])


def _forbidden(tongue: int) -> str:
    # A new entry of NEVER without words here fails loudly.
    names = [*(name for name in FORBIDDEN if name in NEVER), *(NEVER - FORBIDDEN.keys())]
    return ("、", ", ")[tongue].join(FORBIDDEN[name][tongue] for name in names)


def _gates(tongue: int) -> str:
    head = (("门槛", "通过的条件"), ("Gate", "Holds when"))[tongue]
    return _table(head, [(f"`{gate.name}`", GATE[gate.name][tongue]) for gate in GATES])


def _features(card: Card, tongue: int) -> str:
    head = (("打分项", "权重", "通常值", "可告知"), ("Feature", "Weight", "Usual", "Told to"))[tongue]
    order = card.order
    readers = [
        ("、", ", ")[tongue].join(READER[name][tongue] for name in READER if name in feature.seen_by)
        for feature in FEATURES
    ]
    rows = [
        (FEATURE[feature.name][tongue], f"{weight:.2f}", f"{usual:.2f}", told)
        for feature, weight, usual, told in zip(
            order.features, order.weight, order.usual, readers, strict=True
        )
    ]
    return _table(head, rows)


def _exposures(card: Card, tongue: int) -> str:
    head = (("", "曝光占比", "岗位占比", "比"), ("", "Share of exposure", "Share of vacancies", "Ratio"))[
        tongue
    ]
    rows = [
        (EXPOSED[row.group][tongue], _percent(row.shown), _percent(row.there), f"{row.ratio:.2f}")
        for row in card.exposure
    ]
    return _table(head, rows)


def _rates(card: Card, tongue: int) -> str:
    head = (
        ("算什么", "", "组", "人数", "推荐率", "与最高组之比", "报警"),
        ("Counted", "", "Group", "People", "Rate", "Ratio to the highest", "Alarm"),
    )[tongue]
    rows = [
        _rate(row, COUNTED[counted][tongue], ATTRIBUTE[attribute][tongue], tongue)
        for counted, by in card.rates.items()
        for attribute, groups in by.items()
        for row in groups
    ]
    return _table(head, rows)


def _rate(row: fairness.GroupRate, counted: str, attribute: str, tongue: int) -> tuple[str, ...]:
    name = _group(row.group, tongue)
    if row.people is None:
        return (counted, attribute, name, f"<{fairness.FEWEST}", "—", "—", "—")
    rate = f"{_percent(row.rate)} ({_percent(row.low)}–{_percent(row.high)})"
    ratio = f"{row.ratio:.2f} ({row.ratio_low:.2f}–{row.ratio_high:.2f})"
    return (
        counted,
        attribute,
        name,
        f"{row.people:,}",
        rate,
        ratio,
        (("是", "否"), ("yes", "no"))[tongue][not row.alarms],
    )


def _audits(card: Card, tongue: int) -> str:
    head = (
        ("", "组", "人数", "全部特征 AUC", "最强的单项（AUC）"),
        ("", "Group", "People", "AUC of all", "Strongest alone (AUC)"),
    )[tongue]
    rows = [
        (ATTRIBUTE[attribute][tongue], _group(row.group, tongue), f"{row.people:,} / {row.of:,}", *_told(row))
        for attribute, audits in card.audits.items()
        for row in audits
    ]
    return _table(head, rows)


def _group(name: str, tongue: int) -> str:
    return GROUP.get(name, (name, name))[tongue]


def _told(row: fairness.Audit) -> tuple[str, str]:
    together, mark = row.together, {True: " ⚠", False: ""}
    alone = [f"`{name}` {told.auc:.2f}{mark[told.stands_in]}" for name, told in row.single[:3]]
    return f"{together.auc:.3f} ± {together.error:.3f}{mark[together.stands_in]}", ", ".join(alone)


def _markets(card: Card, tongue: int) -> str:
    return "\n\n".join(_market(card, name, tongue) for name in card.markets)


def _market(card: Card, name: str, tongue: int) -> str:
    table, (jobs, openings) = card.markets[name], card.market_sizes[name]
    sizes = (f"{jobs:,} 个岗位，{openings:,} 个名额", f"{jobs:,} vacancies, {openings:,} openings")[tongue]
    head = ["", *(_policy(policy, tongue) for policy in table)]
    rows = [
        [FIGURE[figure][tongue], *(_cell(figure, row[figure]) for row in table.values())] for figure in FIGURE
    ]
    return f"**{MARKET[name][tongue]}** ({card.people:,} × {sizes})\n\n{_table(head, rows)}"


def _policy(name: str, tongue: int) -> str:
    if name in POLICY:
        return POLICY[name][tongue]
    words = name.replace("shared out", "均分").replace(", even rooms", "，等量")
    return (words, name)[tongue]


def _cell(figure: str, cell: simulate.Compared) -> str:
    if figure in SHARES:
        return f"{100 * cell.mean:.1f} ± {100 * cell.error:.1f} %"
    digits = 0 if figure == "hires" else 1 if figure == "days_to_hire" else 3
    return f"{cell.mean:,.{digits}f} ± {cell.error:.{digits}f}"


def _versions(card: Card, tongue: int) -> str:
    python = ".".join(platform.python_version_tuple()[:2])
    parts = (
        (f"圆梦 {__version__}", f"Yuanmeng {__version__}"),
        (f"模型文件夹格式 {store.VERSION}", f"format of a model folder {store.VERSION}"),
        (f"Python {python}", f"Python {python}"),
        (f"numpy {numpy.__version__}", f"numpy {numpy.__version__}"),
        (f"scipy {scipy.__version__}", f"scipy {scipy.__version__}"),
        (f"求职者 {card.people:,} 行", f"{card.people:,} rows of people"),
        (f"岗位 {card.jobs:,} 行", f"{card.jobs:,} rows of vacancies"),
        (f"{card.seeds} 个种子", f"{card.seeds} seeds"),
    )
    return ("，", ", ")[tongue].join(part[tongue] for part in parts) + ("。", ".")[tongue]


def _percent(share: float) -> str:
    return "—" if math.isnan(share) else f"{100 * share:.1f} %"

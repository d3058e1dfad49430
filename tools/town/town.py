# ruff: noqa: E501 - tables of Chinese words: a full-width sign counts twice, a row reads better whole
"""The whole town, written as the files users would import."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from town.cast import with_the_cast
from town.days import day
from town.dice import Dice, Phones
from town.faults import spoil
from town.firms import Firm, make_firms
from town.partners import DEVICES, PARTNERS, SITES, STAFF, partner_uscc
from town.people import Seeker, make_people
from town.sheets import Cells, write_book, write_table
from town.vacancies import Vacancy, make_vacancies

FIRM_HEADER = ("*单位编号", "*单位名称", "*统一社会信用代码", "所属行业", "单位性质", "单位规模", "*单位地址", "联系人", "联系电话", "单位简介", "材料是否核验")  # fmt: skip
VACANCY_HEADER = ("招聘编号", "*岗位名称", "*单位名称", "统一社会信用代码", "*招聘人数", "*薪资待遇", "学历要求", "工作经验", "工作性质", "*工作地点", "工作时间", "*岗位职责", "*任职要求", "福利待遇", "岗位标签", "联系人", "联系电话", "*发布日期", "*有效期至")  # fmt: skip
MORE_HEADER = ("职位编号", "职位", "公司", "人数", "薪资", "学历", "经验要求", "用工形式", "工作地址", "班次", "职位描述", "任职资格", "福利", "标签", "发布时间", "截止日期", "原发布平台")  # fmt: skip
SEEKER_HEADER = ("编号", "姓名", "性别", "出生日期", "身份证号", "手机号码", "最高学历", "毕业院校", "所学专业", "毕业时间", "居住地址", "居民区", "就业意向", "期望岗位", "期望薪资", "工作方式", "可接受班次", "通勤上限", "技能特长", "证书", "最近岗位", "工作年限", "人员类别", "登记渠道", "登记日期", "个人简历")  # fmt: skip
PARTNER_HEADER = ("单位编号", "单位名称", "机构类型", "统一社会信用代码", "所属行业", "单位性质", "单位规模", "单位地址", "联系人", "联系电话", "单位简介", "许可证编号", "许可有效期至")  # fmt: skip
MANDATE_HEADER = ("机构编号", "单位编号", "委托依据", "有效期自", "有效期至", "状态")
# Which of the mandates stand otherwise than most.
MANDATES = {3: "待确认", 10: "待确认", 17: "未通过", 24: "已到期", 31: "提前终止", 38: "待确认"}
ADVICE = (
    "一、带 * 的栏目必填；一行一个岗位，请勿合并单元格。",
    "二、薪资请写明数额和单位，例如 6500-8500元/月；面议的岗位须补充后才能发布。",
    "三、不得含有性别、民族、户籍、婚育等限制，不得收取押金或培训费。",
    "四、本表为示例：单位与人员均为虚构。",
)
MORE_EVERY = 4  # every fourth firm recruits through an agency


def write_town(out: Path, seed: int) -> dict[str, int]:
    """Make everybody with one pair of dice and write them down; gives the rows of each file."""
    out.mkdir(parents=True, exist_ok=True)
    dice = Dice(seed)
    phones = Phones(dice)
    firms = make_firms(dice, phones)
    vacancies = spoil(dice, make_vacancies(dice, firms))
    people = with_the_cast(make_people(dice, phones))
    writers: dict[str, Callable[[Path], int]] = {
        "employers.xlsx": lambda path: _write_firms(path, firms),
        "partners.csv": lambda path: _write_partners(path, phones),
        "vacancies.xlsx": lambda path: _write_vacancies(
            path, [v for v in vacancies if not _through_agency(v)]
        ),
        "vacancies_more.csv": lambda path: _write_more(path, [v for v in vacancies if _through_agency(v)]),
        "seekers.csv": lambda path: _write_people(path, people),
        "sites.csv": lambda path: _plain(path, ("代码", "名称", "英文名", "地址", "电话", "开放时间"), SITES),
        "staff.csv": lambda path: _write_staff(path, firms, phones),
        "devices.csv": lambda path: _plain(path, ("代码", "类型", "名称", "空间"), DEVICES),
        "mandates.csv": lambda path: _write_mandates(path, firms),
    }
    return {name: write(out / name) for name, write in writers.items()}


def _through_agency(vacancy: Vacancy) -> bool:
    return int(vacancy.firm.number[2:]) % MORE_EVERY == 0


def _write_firms(path: Path, firms: list[Firm]) -> int:
    rows = [
        (f.number, f.name, f.uscc, f.kind.division, f.kind.nature, f.size, f.address, f.contact, f.phone,
         f.kind.about, "是" if f.trusted else "否")
        for f in firms
    ]  # fmt: skip
    write_book(path, "天山路街道用人单位登记表（示例）", ADVICE, {"单位": (FIRM_HEADER, rows)})
    return len(rows)


def _write_vacancies(path: Path, vacancies: list[Vacancy]) -> int:
    half = len(vacancies) // 2
    rows = [_vacancy_cells(v) for v in vacancies]
    sheets = {"企业直招": (VACANCY_HEADER, rows[:half]), "走访收集": (VACANCY_HEADER, rows[half:])}
    write_book(path, "天山路街道招聘岗位汇总表（示例）", ADVICE, sheets)
    return len(rows)


def _vacancy_cells(v: Vacancy) -> Cells:
    return (
        v.number, v.title, v.firm.name, v.firm.uscc, v.openings, v.pay, v.education, v.experience, v.kind, v.address,
        v.hours, v.content, v.requirements, v.benefits, v.tags, v.firm.contact, v.firm.phone, v.valid_from, v.valid_until,
    )  # fmt: skip


def _write_more(path: Path, vacancies: list[Vacancy]) -> int:
    agencies = [row[1] for row in PARTNERS if row[2] == "人力资源服务机构"]
    rows = [_more_cells(v, agencies[int(v.firm.number[2:]) // MORE_EVERY % 2]) for v in vacancies]
    write_table(path, MORE_HEADER, rows + _bad_vacancies(rows), "gb18030")
    return len(rows) + len(_bad_vacancies(rows))


def _write_mandates(path: Path, firms: list[Firm]) -> int:
    """Each firm that recruits through an agency has given it a mandate; a few wait, were refused or are over."""
    numbers = [row[0] for row in PARTNERS if row[2] == "人力资源服务机构"]
    clients = [f for f in firms if int(f.number[2:]) % MORE_EVERY == 0]
    rows: list[Cells] = []
    for at, firm in enumerate(clients):
        state = MANDATES.get(at, "有效")
        until = day(-9) if state == "已到期" else day(20 + at * 6)
        agency = numbers[int(firm.number[2:]) // MORE_EVERY % 2]
        rows.append((agency, firm.number, f"示例委托合同2026-{at + 1:03d}", day(-240), until, state))
    write_table(path, MANDATE_HEADER, rows, "utf-8-sig")
    return len(rows)


def _more_cells(v: Vacancy, agency: str) -> Cells:
    return (
        v.number, v.title, v.firm.name, v.openings, v.pay, v.education, v.experience, v.kind, v.address, v.hours,
        v.content, v.requirements, v.benefits, v.tags, v.valid_from or "", v.valid_until or "", agency,
    )  # fmt: skip


def _bad_vacancies(rows: list[Cells]) -> list[Cells]:
    """What people get wrong; the import names the line, the column and the reason of each."""
    good = list(rows[0])
    return [
        _but(good, 0, "GW9001", 4, "高薪急招来就行"),
        _but(good, 0, "GW9002", 3, "一大批"),
        _but(good, 0, "GW9003", 15, "2026年13月40日"),
        _but(good, 0, "GW9004", 1, ""),
        _but(good, 0, "GW9005", 2, ""),
        _but(good, 0, "GW9006", 4, "8500-6500元/月"),
        _but(good, 0, "GW9007", 1, "=HYPERLINK(点我)"),
        _but(good, 0, "GW9008", 5, "3年以上工作经验"),
    ]


def _write_people(path: Path, people: list[Seeker]) -> int:
    rows = [_person_cells(p) for p in people]
    write_table(path, SEEKER_HEADER, rows + _bad_people(rows), "utf-8-sig")
    return len(rows) + len(_bad_people(rows))


def _person_cells(p: Seeker) -> Cells:
    last = p.jobs[-1].title if p.jobs else ""
    left = f"{p.schooling.left_on:%Y-%m}"
    return (
        p.number, p.name, p.sex, p.born, p.id_number, p.phone, p.schooling.level, p.schooling.school, p.schooling.major,
        left, p.residence, p.committee, p.intention, p.wanted, p.pay, p.kind, p.shifts, p.commute, p.skills,
        p.certificates, last, str(p.years) if p.years else "", p.group, p.channel, p.registered, p.text,
    )  # fmt: skip


def _bad_people(rows: list[Cells]) -> list[Cells]:
    good = list(rows[4])
    return [
        _but(good, 0, "QZ90001", 4, "319999199001010010"),
        _but(good, 0, "QZ90002", 5, "1234567"),
        _but(good, 0, "QZ90003", 1, ""),
        _but(good, 0, "QZ90004", 3, "2019-05-01"),
        _but(good, 0, "QZ90005", 3, "1985-02-30"),
    ]


def _but(row: list[object], *changes: object) -> Cells:
    """The row with other words in some places: place, word, place, word …"""
    changed = list(row)
    for at, word in zip(changes[::2], changes[1::2], strict=True):
        changed[int(str(at))] = word
    return changed


def _write_partners(path: Path, phones: Phones) -> int:
    rows: list[Cells] = [
        (number, name, kind, partner_uscc(register, number), industry, nature, size, address, contact, phones.next(),
         about, licence, day(700) if licence else "")
        for number, name, kind, register, industry, nature, size, address, contact, about, licence in PARTNERS
    ]  # fmt: skip
    write_table(path, PARTNER_HEADER, rows, "utf-8-sig")
    return len(rows)


def _write_staff(path: Path, firms: list[Firm], phones: Phones) -> int:
    """A recruiter belongs to the first checked firm whose name holds the word in braces."""
    rows: list[Cells] = []
    for account, name, shown, role, duty, where, sites, what in STAFF:
        at = _employer(firms, where[1:-1]) if where.startswith("{") else where
        rows.append((account, name, shown, role, duty, at, sites, phones.next(), what))
    header = ("账号", "姓名", "称呼", "角色", "职责", "单位编号", "空间", "手机号码", "说明")
    write_table(path, header, rows, "utf-8-sig")
    return len(rows)


def _employer(firms: list[Firm], word: str) -> str:
    return next(f.number for f in firms if word in f.name and f.trusted and int(f.number[2:]) % MORE_EVERY)


def _plain(path: Path, header: Cells, rows: tuple[Cells, ...]) -> int:
    write_table(path, header, list(rows), "utf-8-sig")
    return len(rows)

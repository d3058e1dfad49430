"""Small files for the import tests, made here: rows, workbooks, and workbooks that mean harm."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable, Sequence
from typing import Any, BinaryIO

import openpyxl

TITLES = [
    "编号", "*单位名称", "统一社会信用代码", "*岗位名称", "招聘人数", "薪资待遇", "学历要求", "工作经验",
    "工作地点", "发布日期", "有效期至", "岗位描述", "任职要求",
]  # fmt: skip
CAFE = "上海枇杷树咖啡有限公司（示例）"


def vacancy(**cells: Any) -> list[Any]:
    """One good row; name a column's title to put something else into it."""
    row = {
        "编号": "T-1", "*单位名称": CAFE, "统一社会信用代码": "", "*岗位名称": "咖啡师", "招聘人数": "2人",
        "薪资待遇": "6500-8500元/月", "学历要求": "不限", "工作经验": "1年",
        "工作地点": "长宁区娄山关路500号", "发布日期": "2026-11-20",
        "有效期至": "2027-01-20", "岗位描述": "制作咖啡，收银，保持吧台整洁。",
        "任职要求": "会拉花，愿意倒班。",
    }  # fmt: skip
    marked = {title.lstrip("*"): title for title in TITLES}
    row.update({marked[title]: value for title, value in cells.items()})
    return list(row.values())


def workbook(
    *rows: Sequence[Any], titles: Sequence[Any] = TITLES, above: int = 0, name: str = "岗位"
) -> BinaryIO:
    """A workbook with `above` title rows before the header."""
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = name
    for number in range(above):
        sheet.append([f"招聘岗位汇总表 {number}"])
    for row in (titles, *rows):
        sheet.append(list(row))
    return saved(book)


def saved(book: openpyxl.Workbook) -> BinaryIO:
    file = io.BytesIO()
    book.save(file)
    file.seek(0)
    return file


def lines(
    *rows: Sequence[Any], titles: Sequence[Any] = TITLES, encoding: str = "utf-8", end: str = "\r\n"
) -> BinaryIO:
    """The same as separated text."""
    text = "".join(",".join(_quoted(cell) for cell in row) + end for row in (titles, *rows))
    return io.BytesIO(text.encode(encoding))


def _quoted(cell: Any) -> str:
    text = str(cell)
    return '"' + text.replace('"', '""') + '"' if any(c in text for c in ',"\n\r') else text


def with_parts(file: BinaryIO, parts: dict[str, bytes], without: Iterable[str] = ()) -> BinaryIO:
    """The workbook again with parts added or replaced."""
    out = io.BytesIO()
    with zipfile.ZipFile(file) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for entry in old.infolist():
            if entry.filename not in parts and entry.filename not in without:
                new.writestr(entry.filename, old.read(entry.filename))
        for name, data in parts.items():
            new.writestr(name, data)
    out.seek(0)
    return out


SHEET = "xl/worksheets/sheet1.xml"
_HEAD = b'<?xml version="1.0" encoding="UTF-8"?>'
_MAIN = b'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'


def sheet_xml(data: bytes, before: bytes = b"") -> bytes:
    return _HEAD + before + b"<worksheet " + _MAIN + b"><sheetData>" + data + b"</sheetData></worksheet>"


def cell_xml(place: str, text: str) -> bytes:
    return f'<c r="{place}" t="inlineStr"><is><t>{text}</t></is></c>'.encode()


SEEKER_TITLES = [
    "编号", "姓名", "性别", "出生日期", "身份证号", "手机号码", "最高学历", "毕业院校", "毕业时间",
    "居住地址", "居民区", "就业意向", "期望岗位", "期望薪资", "工作方式", "可接受班次", "通勤上限",
    "技能特长", "工作年限", "登记渠道", "登记日期", "个人简历", "民族", "婚姻状况",
]  # fmt: skip


def seeker(**cells: Any) -> list[Any]:
    """One good row of a person who looks for work."""
    row = {
        "编号": "QZ-1", "姓名": "李秀芳", "性别": "女", "出生日期": "1974-03-02", "身份证号": "",
        "手机号码": "12000000001", "最高学历": "初中", "毕业院校": "", "毕业时间": "1990-06",
        "居住地址": "长宁区天山路街道天山四村居民区", "居民区": "天山四村居民区", "就业意向": "单位就业",
        "期望岗位": "保洁员、厨房帮工", "期望薪资": "4000-5000元/月", "工作方式": "全职",
        "可接受班次": "早班、晚班", "通勤上限": "30分钟", "技能特长": "保洁、择菜洗菜", "工作年限": "12",
        "登记渠道": "服务台", "登记日期": "2026-11-01", "个人简历": "做过十二年保洁。", "民族": "汉族",
        "婚姻状况": "已婚",
    }  # fmt: skip
    row.update(cells)
    return list(row.values())


FIRM_TITLES = ["单位编号", "单位名称", "统一社会信用代码", "所属行业", "单位规模", "单位地址", "联系电话"]


def firm(**cells: Any) -> list[Any]:
    """One good row of an employer."""
    row = {
        "单位编号": "DW-1", "单位名称": CAFE, "统一社会信用代码": "91319999A00000011W", "所属行业": "餐饮业",
        "单位规模": "20-99人", "单位地址": "长宁区娄山关路500号", "联系电话": "12000000009",
    }  # fmt: skip
    row.update(cells)
    return list(row.values())

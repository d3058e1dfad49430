"""The empty workbook people fill in: the titles the import knows best, advice, one example."""

from __future__ import annotations

import io
from collections.abc import Sequence

from django.utils import translation
from django.utils.translation import gettext as _
from openpyxl import Workbook
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter

from yuanmeng.intake.titles import FIELDS, NEEDED

# Field → an example cell; data, so it stays Chinese. The fields are the columns of the template, in order.
EXAMPLES: dict[str, dict[str, str]] = {
    "vacancies": {
        "external_id": "GW2026-001", "organisation": "上海样例咖啡有限公司（示例）", "uscc": "",
        "title": "咖啡师", "openings": "2", "pay": "6500-8500元/月", "education": "不限",
        "experience": "1年以上", "employment_type": "全职", "address": "长宁区娄山关路500号",
        "hours": "早班、晚班轮换，做五休二", "content": "制作咖啡，接待顾客，保持吧台整洁。",
        "requirements": "有服务意识，会使用咖啡机。", "benefits": "缴纳社保、包工作餐",
        "contact_name": "", "contact_phone": "", "valid_from": "2026-11-20",
        "valid_until": "2027-01-20",
    },
    "seekers": {
        "external_id": "QZ00001", "name": "示例人", "sex": "女", "birth": "1990-05-01",
        "phone": "12000000000", "education": "大专", "school": "", "major": "",
        "graduates_on": "2011-06", "residence": "天山路街道", "committee": "", "intention": "单位就业",
        "wanted": "文员、前台", "pay": "6000元/月", "employment_type": "全职", "shifts": "不限",
        "commute": "30", "skills": "Excel、打字", "certificates": "", "last_occupation": "文员",
        "experience": "5", "channel": "服务台", "registered_on": "2026-11-20", "text": "",
    },
    "organisations": {
        "external_id": "DW0001", "name": "上海样例咖啡有限公司（示例）", "uscc": "", "kind": "用人单位",
        "industry": "餐饮业", "size": "20-99人", "nature": "民营企业", "address": "长宁区娄山关路500号",
        "contact_name": "", "contact_phone": "", "about": "",
    },
}  # fmt: skip


def template(kind: str, *, lang: str | None = None) -> bytes:
    """This will write the template of a kind of file as XLSX; the advice is in the reader's language."""
    with translation.override(lang or translation.get_language()):
        book = Workbook()
        sheet = book.active
        assert sheet is not None
        sheet.title = _("Rows to fill in")
        sheet.append([_title(kind, field) for field in EXAMPLES[kind]])
        sheet.append(list(EXAMPLES[kind].values()))
        for at, cell in enumerate(sheet[1], start=1):
            cell.font = Font(bold=True)
            sheet.column_dimensions[get_column_letter(at)].width = 22
        sheet.freeze_panes = "A2"
        advice = book.create_sheet(_("How to fill it in"))
        for words in _advice():
            advice.append([words])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _title(kind: str, field: str) -> str:
    title = FIELDS[kind][field].split()[0]
    return f"*{title}" if field in NEEDED[kind] else title


def _advice() -> Sequence[str]:
    return (
        _("Columns marked with * must be filled in; one record a row. Please remove the example."),
        _("Pay needs an amount and a unit, for example 6500-8500元/月; dates look like 2026-09-02."),
        _("A posting may not limit sex, ethnicity, household register or marriage, nor ask for a deposit."),
    )

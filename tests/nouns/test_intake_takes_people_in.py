"""Job seekers come in sealed, checked and without what we have no purpose for."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from typing import Any, BinaryIO

import pytest
from django.db import connection

from tests.nouns.intake_files import SEEKER_TITLES, lines, seeker, workbook
from yuanmeng.core.checks_cn import id_check_char
from yuanmeng.intake.admit import commit, preview
from yuanmeng.intake.models import Batch
from yuanmeng.intake.reasons import Reason
from yuanmeng.people.models import Person
from yuanmeng.seekers.models import Seeker

pytestmark = pytest.mark.django_db


def id_number(born: str = "19740302", order: str = "002") -> str:
    first = f"319999{born}{order}"
    return first + id_check_char(first)


@pytest.fixture
def take(chen: Any, at: datetime) -> Callable[..., Batch]:
    def take_it(*rows: Any, source: str = "街道", file: BinaryIO | None = None) -> Batch:
        file = file or workbook(*rows, titles=SEEKER_TITLES)
        return commit(
            preview(file, name="a.xlsx", kind="seekers", source=source, by=chen, at=at), by=chen, at=at
        )

    return take_it


def test_a_person_is_registered_with_what_the_row_said(take: Callable[..., Batch]) -> None:
    take(seeker(身份证号=id_number()))
    row = Seeker.objects.select_related("person").get()
    assert (row.person.name, row.person.phone, row.person.sex) == ("李秀芳", "12000000001", "2")
    assert (row.person.birth_on, row.education, row.years_experience) == (date(1974, 3, 2), 4, 12)
    assert (row.pay_floor_fen, row.commute_max_minutes, row.intention) == (400_000, 30, "1")
    assert row.wanted_occupation_codes and row.employment_types == ["FULL_TIME"]
    assert (row.shifts, row.channel) == (["early", "late"], "desk")
    assert row.home_area_code.startswith("310105006") and row.home_lon is not None
    assert row.graduates_on == date(1990, 6, 1)
    assert row.resume is not None and row.resume.text == "做过十二年保洁。"


def test_numbers_lie_sealed_in_the_database_and_in_the_batch(take: Callable[..., Batch]) -> None:
    take(seeker(身份证号=id_number()), seeker(编号="QZ-2", 姓名="", 手机号码="12000000077"))
    with connection.cursor() as cursor:
        for table in ("people_person", "intake_batchrow", "intake_sourcekey"):
            cursor.execute(f"SELECT * FROM {table}")
            stored = repr(
                [tuple(bytes(c) if isinstance(c, memoryview) else c for c in row) for row in cursor]
            )
            assert "12000000001" not in stored and "12000000077" not in stored and id_number() not in stored


def test_what_we_have_no_purpose_for_is_not_kept_anywhere(take: Callable[..., Batch]) -> None:
    batch = take(seeker(), seeker(编号="QZ-2", 手机号码="1234567"))
    assert batch.report["never_imported"] == ["民族", "婚姻状况"]
    kept = batch.rows.coming_back().get()
    assert "已婚" not in kept.as_written.values() and "民族" not in batch.columns


@pytest.mark.parametrize(
    ("cells", "reason", "column"),
    [
        ({"姓名": ""}, Reason.REQUIRED_MISSING, "姓名"),
        ({"手机号码": ""}, Reason.REQUIRED_MISSING, "手机号码"),
        ({"手机号码": "1234567"}, Reason.PHONE_INVALID, "手机号码"),
        ({"身份证号": "319999197403020020"}, Reason.CODE_INVALID, "身份证号"),
        ({"身份证号": id_number("19750302")}, Reason.CONFLICT, "出生日期"),
        ({"出生日期": "2019-05-01"}, Reason.TOO_YOUNG, "出生日期"),
        ({"出生日期": "1985-02-30"}, Reason.DATE_INVALID, "出生日期"),
        ({"最高学历": "英语熟练"}, Reason.EDUCATION_UNREADABLE, "最高学历"),
        ({"通勤上限": "不远"}, Reason.NUMBER_INVALID, "通勤上限"),
    ],
)
def test_it_refuses_with_column_and_reason(
    take: Callable[..., Batch], cells: dict[str, str], reason: Reason, column: str
) -> None:
    batch = take(seeker(**cells))
    row = batch.rows.get()
    assert (row.action, row.reason, row.column) == ("refuse", reason, column)
    assert not Person.objects.exists()


def test_the_same_file_again_makes_no_new_persons(take: Callable[..., Batch]) -> None:
    rows = [seeker(编号=f"QZ-{n}", 姓名=f"示例{n}", 手机号码=f"120000001{n:02d}") for n in range(20)]
    take(*rows)
    again = take(*reversed(rows))
    assert (again.admitted, again.skipped, Person.objects.count()) == (0, 20, 20)


def test_the_same_person_from_another_source_is_the_same_person(take: Callable[..., Batch], li: Any) -> None:
    batch = take(seeker(姓名=li.person.name, 手机号码=li.person.phone, 毕业院校="虹口样例中学（示例）"))
    assert (batch.admitted, batch.updated) == (0, 1)
    li.refresh_from_db()
    # Only a gap was filled; what the counter wrote down stays.
    assert (li.school, li.skills) == ("虹口样例中学（示例）", ["保洁", "择菜洗菜"])


def test_another_name_with_the_same_phone_waits_for_a_person(take: Callable[..., Batch], li: Any) -> None:
    batch = take(seeker(姓名="王小明", 手机号码=li.person.phone))
    assert (batch.admitted, batch.quarantined) == (0, 1)


def test_one_id_number_is_one_person(take: Callable[..., Batch]) -> None:
    take(seeker(身份证号=id_number()))
    batch = take(seeker(编号="X-7", 手机号码="12000000055", 身份证号=id_number()), source="学校")
    assert (batch.admitted, batch.updated, Person.objects.count()) == (0, 1, 1)


def test_a_registration_keeps_its_own_day(take: Callable[..., Batch], at: datetime) -> None:
    take(seeker(登记日期="2026-11-01"), seeker(编号="QZ-2", 手机号码="12000000002", 登记日期="2031-01-01"))
    old, future = Seeker.objects.order_by("id")
    assert old.made_at.date() == date(2026, 11, 1)
    assert future.made_at == at


def test_a_csv_of_people(take: Callable[..., Batch], chen: Any, at: datetime) -> None:
    file = lines(seeker(), titles=SEEKER_TITLES, encoding="gb18030")
    batch = preview(file, name="a.csv", kind="seekers", source="街道", by=chen, at=at)
    assert batch.admitted == 1

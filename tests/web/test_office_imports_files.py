"""A file is read, looked at, taken in with progress, and taken back; bad rows come back with reasons."""

from __future__ import annotations

import io
from datetime import datetime
from typing import Any

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from tests import factories
from tests.nouns import intake_files
from yuanmeng.intake.models import Batch
from yuanmeng.vacancies.models import Vacancy
from yuanmeng.web.office import imports

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _now(monkeypatch: pytest.MonkeyPatch, at: datetime) -> None:
    monkeypatch.setattr(timezone, "now", lambda: at)


@pytest.fixture
def at_work(client: Client, subdistrict: Any, at: datetime) -> Client:
    client.force_login(
        factories.member("qian", "钱专员", subdistrict, role="staff", duty="data_officer", at=at)
    )
    return client


def sent(client: Client, file: Any, name: str = "岗位.xlsx", kind: str = "vacancies") -> Any:
    upload = SimpleUploadedFile(name, file.read())
    said = {"file": upload, "kind": kind, "source": "街道", "vacancy_source": "own"}
    return client.post("/office/imports/", said)


def read(client: Client, *rows: list[Any]) -> Batch:
    answer = sent(client, intake_files.workbook(*rows))
    assert answer.status_code == 302, answer.content.decode()
    return Batch.objects.get()


def test_rows_are_shown_with_reasons_before_anything_is_taken_in(at_work: Client):
    batch = read(at_work, intake_files.vacancy(), intake_files.vacancy(编号="B-2", 薪资待遇="很高"))
    html = at_work.get(f"/office/imports/{batch.uid}/").content.decode()
    assert "新增" in html
    assert "薪资待遇" in html
    assert Vacancy.objects.count() == 0
    only_bad = at_work.get(f"/office/imports/{batch.uid}/?action=refuse").content.decode()
    assert only_bad.count("data-line=") == 1


def test_findings_filter_the_rows(at_work: Client):
    batch = read(at_work, intake_files.vacancy(), intake_files.vacancy(编号="B-2", 岗位描述="限女性，形象好"))
    assert (
        at_work.get(f"/office/imports/{batch.uid}/?finding=gender").content.decode().count("data-line=") == 1
    )


def test_they_are_taken_in_turn_by_turn(at_work: Client, monkeypatch: pytest.MonkeyPatch):
    from yuanmeng.intake import admit

    monkeypatch.setattr(admit, "CHUNK", 2)
    monkeypatch.setattr(imports, "TURN_S", -1.0)
    batch = read(at_work, *(intake_files.vacancy(编号=f"B-{n}", 岗位名称=f"店员{n}") for n in range(5)))
    seen = []
    for _turn in range(5):
        at_work.post(f"/office/imports/{batch.uid}/commit")
        batch.refresh_from_db()
        seen.append(batch.done)
        if batch.state == "committed":
            break
        assert "ym-goes-on" in at_work.get(f"/office/imports/{batch.uid}/").content.decode()
    assert seen == [2, 4, 5]
    assert Vacancy.objects.count() == 5


def test_a_committed_batch_is_handed_in_and_taken_back(at_work: Client, cafe: Any):
    batch = read(at_work, intake_files.vacancy(单位名称=cafe.name, 统一社会信用代码=cafe.uscc))
    at_work.post(f"/office/imports/{batch.uid}/commit")
    assert Vacancy.objects.get().state == "draft"
    at_work.post(f"/office/imports/{batch.uid}/rollback")
    assert Vacancy.objects.count() == 0
    batch.refresh_from_db()
    assert batch.state == "rolled_back"


def test_clean_drafts_are_handed_in_for_review(at_work: Client, cafe: Any):
    good = {"单位名称": cafe.name, "统一社会信用代码": cafe.uscc, "有效期至": "2026-12-31"}
    batch = read(
        at_work,
        intake_files.vacancy(**good),
        intake_files.vacancy(**good, 编号="B-2", 岗位名称="保洁员", 岗位描述="岗位要求：限女性"),
    )
    at_work.post(f"/office/imports/{batch.uid}/commit")
    at_work.post(f"/office/imports/{batch.uid}/handing-in")
    states = dict(Vacancy.objects.values_list("title", "state"))
    assert states["保洁员"] == "draft"
    assert "submitted" in states.values()


def test_bad_rows_come_back_as_a_workbook_with_reasons(at_work: Client):
    batch = read(at_work, intake_files.vacancy(), intake_files.vacancy(编号="B-2", 薪资待遇="很高"))
    answer = at_work.get(f"/office/imports/{batch.uid}/refused")
    assert answer.headers["Content-Disposition"].startswith("attachment")
    cells = [str(c.value) for row in openpyxl.load_workbook(io.BytesIO(answer.content)).active for c in row]
    assert any("薪酬无法识别" in cell or "薪资" in cell for cell in cells)


@pytest.mark.parametrize(
    ("name", "data"), [("岗位.xlsx", b"not a workbook"), ("岗位.csv.exe", b"a,b\n1,2"), ("空.csv", b"")]
)
def test_a_hostile_file_is_refused_with_a_sentence(at_work: Client, name: str, data: bytes):
    answer = sent(at_work, io.BytesIO(data), name)
    assert answer.status_code == 422
    assert Batch.objects.count() == 0


def test_a_file_nobody_wants_is_put_aside(at_work: Client):
    batch = read(at_work, intake_files.vacancy())
    at_work.post(f"/office/imports/{batch.uid}/discarding")
    batch.refresh_from_db()
    assert batch.state == "discarded"
    assert at_work.get("/office/imports/").status_code == 200


def test_doubtful_rows_are_decided_by_a_person(at_work: Client):
    twin = {"编号": "", "岗位名称": "收银员"}
    batch = read(
        at_work,
        intake_files.vacancy(**twin),
        intake_files.vacancy(**twin, 岗位描述="写法不同的另一条。岗位要求：细心"),
    )
    if not batch.quarantined:
        pytest.skip("the two rows are told apart by their words")
    row = batch.rows.waiting().get()
    page = f"/office/imports/{batch.uid}/"
    assert "是新的" in at_work.get(page + "?action=quarantine").content.decode()
    at_work.post(f"{page}rows/{row.uid}/answer", {"answer": "new"})
    row.refresh_from_db()
    assert row.resolution == "new"


def test_people_are_masked_in_the_preview(at_work: Client):
    file = intake_files.workbook(intake_files.seeker(), titles=intake_files.SEEKER_TITLES)
    assert sent(at_work, file, kind="seekers").status_code == 302
    html = at_work.get(f"/office/imports/{Batch.objects.get().uid}/").content.decode()
    assert "李**" in html
    assert "李秀芳" not in html
    assert "12000000001" not in html

"""Own graduates who agreed, masked; figures without small cells; a file in which nothing runs."""

from __future__ import annotations

import csv
import io
from datetime import date, datetime
from typing import Any

import pytest
from django.test import Client

from tests import factories
from yuanmeng.core.models import AuditEntry
from yuanmeng.people.models import Consent
from yuanmeng.seekers import schools
from yuanmeng.seekers.models import Seeker

pytestmark = pytest.mark.django_db
LEAVING = date(2027, 6, 30)


@pytest.fixture
def university(db: Any, at: datetime) -> Any:
    return factories.organisation("东海样例大学（示例）", kind="university", at=at)


@pytest.fixture
def at_work(university: Any, at: datetime) -> Client:
    client = Client()
    client.force_login(factories.member("ning", "宁老师", university, role="partner", at=at))
    return client


def graduates(school: Any, counts: dict[str, int], at: datetime) -> list[Seeker]:
    made = []
    for state, count in counts.items():
        for number in range(count):
            seeker = factories.seeker(
                f"欧阳{state[:2]}{number:02d}",
                at=at,
                state=state,
                major="统计学",
                graduates_on=date(2027, 6, 30),
            )
            schools.share(seeker, school, by=None, at=at, channel="desk", version="1")
            made.append(seeker)
    return made


def exported(client: Client) -> list[list[str]]:
    data = client.get("/employer/graduates/export?as=csv").content.decode("utf-8-sig")
    return list(csv.reader(io.StringIO(data)))


def test_nobody_has_agreed_yet(at_work: Client, zhou: Any):
    html = at_work.get("/employer/").content.decode()
    assert "还没有毕业生同意" in html
    assert at_work.get("/employer/graduates/export").status_code == 200


def test_own_graduates_only_and_masked(at_work: Client, university: Any, zhou: Any, li: Any, at: datetime):
    other = factories.organisation("浦江样例理工大学（示例）", kind="university", at=at)
    schools.share(zhou, university, by=None, at=at, channel="desk", version="1")
    schools.share(li, other, by=None, at=at, channel="desk", version="1")
    html = at_work.get("/employer/").content.decode()
    assert "共 1 名毕业生" in html and "统计学" in html
    assert "周晓晨" not in html and "李" not in html.split("<main")[1] and zhou.person.phone not in html
    assert AuditEntry.objects.filter(action="read", object_uid=university.uid).exists()


def test_what_is_taken_back_is_gone(at_work: Client, university: Any, zhou: Any, at: datetime):
    schools.share(zhou, university, by=None, at=at, channel="desk", version="1").withdraw(at=at)
    assert "还没有毕业生同意" in at_work.get("/employer/").content.decode()


@pytest.mark.parametrize(
    ("counts", "shown"),
    [
        ({"active": 12, "placed": 7}, ["12", "0", "7", "0"]),
        # One small part alone would follow from the total: the next smallest is held back with it.
        ({"active": 12, "placed": 3, "dormant": 9}, ["12", "0", "少于 5 人", "5 人及以上"]),
        ({"active": 3}, ["少于 5 人", "0", "0", "0"]),
    ],
)
def test_small_numbers_are_not_told_apart(
    counts: dict[str, int], shown: list[str], at_work: Client, university: Any, at: datetime
):
    graduates(university, counts, at)
    rows = exported(at_work)
    assert [row[2] for row in rows[1:]] == shown


def test_who_waits_for_an_answer_is_counted_apart(
    at_work: Client, university: Any, barista: Any, at: datetime
):
    from yuanmeng.applications.models import Application

    made = graduates(university, {"active": 12}, at)
    for seeker in made[:6]:
        Application.submit(
            seeker=seeker, vacancy=barista, via="desk", at=at, by=factories.user(seeker.uid[:9], "x", at=at),
            consent_text="同意", consent_version="1",
        )  # fmt: skip
    assert [row[2] for row in exported(at_work)[1:]] == ["6", "6", "0", "0"]


@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_the_file_runs_nothing_and_names_nobody(form: str, at_work: Client, university: Any, at: datetime):
    university.name = "=cmd|样例大学（示例）"
    university.save()
    graduates(university, {"active": 6}, at)
    answer = at_work.get(f"/employer/graduates/export?as={form}")
    assert answer.headers["Content-Disposition"].startswith("attachment")
    assert AuditEntry.objects.filter(action="export", fields="graduates").exists()
    if form == "csv":
        assert "'=cmd|" in answer.content.decode("utf-8-sig")
        assert "欧阳" not in answer.content.decode("utf-8-sig")
        return
    import openpyxl

    cell = openpyxl.load_workbook(io.BytesIO(answer.content)).active["A2"]
    assert (cell.value, cell.data_type) == ("=cmd|样例大学（示例）", "s")


def test_a_training_provider_has_no_graduates(at: datetime):
    provider = factories.organisation("匠心样例培训中心（示例）", kind="training_provider", at=at)
    client = Client()
    client.force_login(factories.member("gao", "高老师", provider, role="partner", at=at))
    assert client.get("/employer/").status_code == 200
    assert client.get("/employer/graduates/export").status_code == 404
    assert client.get("/employer/vacancies/").status_code == 404


def test_a_graduate_agrees_and_takes_it_back_on_the_own_page(university: Any, zhou: Any, at: datetime):
    client = Client()
    client.force_login(factories.user("zhou", "周晓晨", at=at, person=zhou.person))
    assert university.name in client.get("/me/privacy/").content.decode()
    client.post("/me/privacy/school", {"school": university.uid})
    consent = Consent.objects.get(purpose="school")
    assert university.name in consent.text and consent.receiver_uid == university.uid
    assert list(schools.graduates_of(university)) == [zhou]
    client.post("/me/privacy/school", {"school": ""})
    assert not schools.graduates_of(university).exists()

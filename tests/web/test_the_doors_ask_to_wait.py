"""Who does a thing too often is asked to wait: what, why, and what next, in the reader's language."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from tests import factories
from tests.web.test_desk_writes_down_and_refers import WALK_IN
from yuanmeng.core.models import AuditEntry, EventRow
from yuanmeng.web.shared import limits

pytestmark = pytest.mark.django_db
HOUR_S = 3600


@pytest.fixture(autouse=True)
def _now(monkeypatch: pytest.MonkeyPatch, at: datetime) -> None:
    monkeypatch.setattr(timezone, "now", lambda: at)


def waits(answer: Any, *words: str) -> bool:
    page = answer.content.decode()
    assert answer.status_code == 429, page
    assert 0 < int(answer["Retry-After"]) <= HOUR_S
    return all(word in page for word in words)


def test_the_numbers_are_those_of_the_agreement() -> None:
    known = (limits.SEARCHES, limits.EXPORTS, limits.IMPORTS, limits.APPLICATIONS, limits.PAGES)
    assert [one.allowed for one in known] == [30, 10, 20, 30, 600]


def test_numbers_are_looked_up_thirty_times_an_hour(client: Client, chen: Any, settings: Any) -> None:
    settings.LIMITS = {"searches": 1}
    client.force_login(chen)
    assert client.post("/desk/people/", {"q": "12000000001"}).status_code == 200
    # A name is no number; the counter's own check of a number is one.
    assert client.post("/desk/people/", {"q": "李秀"}).status_code == 200
    referer = {"HTTP_REFERER": "http://testserver/desk/people/"}
    assert waits(
        client.post("/desk/people/", {"q": "12000000002"}, **referer), "请稍候", "60 分钟", "按姓名查找"
    )
    assert client.post("/desk/people/new/", WALK_IN).status_code == 429


def test_it_is_said_in_english_too(client: Client, chen: Any, settings: Any) -> None:
    settings.LIMITS = {"searches": 1}
    client.force_login(chen)
    for _n in range(2):
        answer = client.post("/desk/people/?lang=en", {"q": "12000000001"})
    assert waits(answer, "Please wait a little", "60 minutes", "look for a name")


@pytest.mark.parametrize("path", ["/desk/caseload/export.csv", "/desk/caseload/export.xlsx"])
def test_the_desks_lists(client: Client, chen: Any, settings: Any, path: str) -> None:
    settings.LIMITS = {"exports": 1}
    client.force_login(chen)
    assert client.post(path).status_code == 200
    assert waits(client.post(path), "一小时内导出次数较多")


@pytest.mark.parametrize("path", ["/employer/vacancies/export", "/employer/applicants/export"])
def test_an_employers_lists(client: Client, hu: Any, settings: Any, path: str) -> None:
    settings.LIMITS = {"exports": 1}
    client.force_login(hu)
    assert client.get(path).status_code == 200
    assert waits(client.get(path), "一小时内导出次数较多")


def test_the_audit_as_a_list(client: Client, subdistrict: Any, settings: Any, at: datetime) -> None:
    settings.LIMITS = {"exports": 1}
    client.force_login(factories.member("audits", "审计员", subdistrict, role="auditor", at=at))
    assert client.get("/office/audit/export").status_code == 200
    assert waits(client.get("/office/audit/export"))


def test_files_handed_in(client: Client, subdistrict: Any, settings: Any, at: datetime) -> None:
    from tests.nouns import intake_files
    from tests.web.test_office_imports_files import sent

    settings.LIMITS = {"imports": 1}
    qian = factories.member("qian", "钱专员", subdistrict, role="staff", duty="data_officer", at=at)
    client.force_login(qian)
    assert sent(client, intake_files.workbook(intake_files.vacancy())).status_code == 302
    assert waits(sent(client, intake_files.workbook(intake_files.vacancy())), "一小时内上传文件较多")


def test_a_list_of_more_than_five_hundred_persons_is_nobodys(
    client: Client, hu: Any, monkeypatch: pytest.MonkeyPatch, cafe: Any
) -> None:
    monkeypatch.setattr("django.db.models.query.QuerySet.count", lambda rows: 501)
    client.force_login(hu)
    answer = client.get("/employer/applicants/export")
    assert answer.status_code == 409
    assert "最多 500 人" in answer.content.decode()
    assert AuditEntry.objects.get(action="export").result == "refused"
    assert EventRow.objects.get(kind="export.refused").payload == {"count": 501, "limit": 500}


def test_pages_of_one_address(settings: Any) -> None:
    settings.LIMITS = {"pages": 2}
    flood, other = Client(REMOTE_ADDR="198.51.100.21"), Client(REMOTE_ADDR="198.51.100.22")
    assert [flood.get("/help/").status_code for _n in range(3)] == [200, 200, 429]
    answer = flood.get("/help/")
    assert waits(answer, "请稍候", "您的网络一分钟内访问过于频繁", '<html lang="zh-Hans">')
    assert "Content-Security-Policy" in answer and "Permissions-Policy" in answer
    assert waits(flood.get("/help/?lang=en"), "Please wait a little", '<html lang="en">')
    assert other.get("/help/").status_code == 200


def test_a_proxy_that_does_not_say_for_whom_it_asks_stands_for_everybody(settings: Any) -> None:
    settings.LIMITS = {"pages": 1}
    assert {Client(REMOTE_ADDR="127.0.0.1").get("/help/").status_code for _n in range(4)} == {200}


def test_behind_a_proxy_the_address_is_that_of_the_caller() -> None:
    from yuanmeng.config import wsgi

    seen = []

    def app(environ: Any, start: Any) -> Any:
        return seen.append(environ["REMOTE_ADDR"]) or []

    behind = wsgi.behind_proxy(app)
    for near, said in (("127.0.0.1", "198.51.100.9"), ("198.51.100.66", "203.0.113.1")):
        behind({"REMOTE_ADDR": near, "HTTP_X_FORWARDED_FOR": said}, None)
    assert seen == ["198.51.100.9", "198.51.100.66"]

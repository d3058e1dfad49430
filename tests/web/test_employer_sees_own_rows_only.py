"""Own vacancies, own applicants; phones only after an invitation; nobody else's, ever."""

from __future__ import annotations

import csv
import io
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from tests import factories
from yuanmeng.applications.models import Application
from yuanmeng.core.models import AuditEntry
from yuanmeng.counsel.models import FollowUp

pytestmark = pytest.mark.django_db
PHONE = "12000000001"


@pytest.fixture(autouse=True)
def _now(monkeypatch: pytest.MonkeyPatch, at: datetime) -> None:
    monkeypatch.setattr(timezone, "now", lambda: at)


@pytest.fixture
def at_work(client: Client, hu: Any) -> Client:
    client.force_login(hu)
    return client


@pytest.fixture
def applied(li: Any, barista: Any, at: datetime) -> Application:
    """李阿姨 has applied an hour ago."""
    return Application.submit(
        seeker=li, vacancy=barista, via="phone_web", by=factories.user("li", "李秀芳", at=at),
        at=at - timedelta(hours=1), consent_text="同意", consent_version="1",
    )  # fmt: skip


@pytest.fixture
def rival(client: Client, at: datetime) -> Client:
    other = factories.employer("上海隔壁面馆有限公司（示例）", at=at)
    stranger = Client()
    stranger.force_login(factories.member("zhu", "朱老板", other, role="recruiter", at=at))
    return stranger


@pytest.mark.parametrize("page", ["", "vacancies/", "vacancies/new", "applicants/", "organisation/"])
def test_a_visitor_logs_in_and_others_find_nothing(page: str, client: Client, chen: Any, hu: Any):
    assert client.get(f"/employer/{page}").status_code == 302
    client.force_login(chen)
    assert client.get(f"/employer/{page}").status_code == 404
    client.force_login(hu)
    assert client.get(f"/employer/{page}").status_code == 200


def test_a_rivals_rows_do_not_exist(rival: Client, barista: Any, applied: Application):
    for page in (
        f"vacancies/{barista.uid}/", f"vacancies/{barista.uid}/edit", f"vacancies/{barista.uid}/people",
        f"applicants/{applied.uid}/", f"applicants/?vacancy={barista.uid}",
    ):  # fmt: skip
        assert rival.get(f"/employer/{page}").status_code == 404, page
    for page in (
        f"vacancies/{barista.uid}/closing",
        f"vacancies/{barista.uid}/pause",
        f"applicants/{applied.uid}/answer",
    ):
        assert rival.post(f"/employer/{page}", {"answer": "hire"}).status_code == 404, page
    barista.refresh_from_db()
    assert barista.state == "published"


def test_an_applicant_is_read_without_phone_until_invited(
    at_work: Client, applied: Application, at: datetime
):
    html = at_work.get(f"/employer/applicants/{applied.uid}/").content.decode()
    assert "李秀芳" in html
    assert PHONE not in html
    assert "1974" not in html
    applied.refresh_from_db()
    assert applied.state == "seen"
    assert AuditEntry.objects.filter(action="read", object_uid=applied.uid).exists()
    at_work.post(
        f"/employer/applicants/{applied.uid}/answer",
        {"answer": "invite", "meeting_at": "2026-11-27T14:00", "meeting_place": "娄山关路500号", "once": "a"},
    )
    applied.refresh_from_db()
    assert applied.state == "invited"
    assert timezone.localtime(applied.meeting_at).hour == 14
    assert PHONE in at_work.get(f"/employer/applicants/{applied.uid}/").content.decode()


def test_an_interview_in_the_past_is_refused(at_work: Client, applied: Application):
    page = f"/employer/applicants/{applied.uid}/"
    answer = at_work.post(
        page + "answer", {"answer": "invite", "meeting_at": "2020-01-01T10:00", "meeting_place": "x"},
        headers={"referer": f"http://testserver{page}"}, follow=True,
    )  # fmt: skip
    assert "请选择更晚的时间" in answer.content.decode()
    applied.refresh_from_db()
    assert applied.state in {"submitted", "seen"}


def test_a_no_carries_a_reason(at_work: Client, applied: Application):
    at_work.post(
        f"/employer/applicants/{applied.uid}/answer", {"answer": "decline", "reason": "skill", "shared": "on"}
    )
    applied.refresh_from_db()
    assert (applied.state, applied.reason, applied.reason_shared) == ("declined", "skill", True)


def test_a_seekers_reason_is_not_the_employers(at_work: Client, applied: Application):
    at_work.post(
        f"/employer/applicants/{applied.uid}/answer", {"answer": "decline", "reason": "seeker_changed"}
    )
    applied.refresh_from_db()
    assert applied.state == "submitted"


def test_what_was_taken_back_is_gone(at_work: Client, applied: Application, at: datetime):
    applied.withdraw(by=factories.user("li2", "李秀芳", at=at), at=at)
    assert at_work.get(f"/employer/applicants/{applied.uid}/").status_code == 404
    assert "李秀芳" not in at_work.get("/employer/applicants/?state=over").content.decode()


def test_exports_hold_what_the_list_shows_and_run_nothing(
    at_work: Client, applied: Application, barista: Any
):
    barista.title = "=cmd|咖啡师"
    barista.save()
    data = at_work.get("/employer/applicants/export?as=csv&state=waiting").content.decode("utf-8-sig")
    rows = list(csv.reader(io.StringIO(data)))
    assert rows[1][1] == "李秀芳"
    assert rows[1][2] == "'=cmd|咖啡师"
    assert PHONE not in data
    assert AuditEntry.objects.filter(action="export", fields="application").exists()
    book = at_work.get("/employer/vacancies/export?as=xlsx")
    assert book.headers["Content-Disposition"].startswith("attachment")
    import openpyxl

    sheet = openpyxl.load_workbook(io.BytesIO(book.content)).active
    assert sheet["A2"].value == "=cmd|咖啡师"
    assert sheet["A2"].data_type == "s"


def test_a_vacancy_is_paused_and_closed(at_work: Client, barista: Any):
    at_work.post(f"/employer/vacancies/{barista.uid}/pause")
    barista.refresh_from_db()
    assert barista.state == "paused"
    at_work.post(f"/employer/vacancies/{barista.uid}/publication")
    barista.refresh_from_db()
    assert barista.state == "published"
    at_work.post(f"/employer/vacancies/{barista.uid}/closing", {"reason": "filled"})
    barista.refresh_from_db()
    assert (barista.state, barista.close_reason) == ("closed", "filled")
    answer = at_work.post(f"/employer/vacancies/{barista.uid}/copy")
    assert answer.headers["Location"].endswith("/edit")
    assert "制作咖啡饮品" in at_work.get(answer.headers["Location"]).content.decode()


def test_people_are_suggested_without_a_name(at_work: Client, li: Any, barista: Any, at: datetime):
    from yuanmeng.people.models import Consent
    from yuanmeng.recommend.models import ModelVersion, PassedOver, Suggestion

    version = ModelVersion.objects.create(made_at=at, people=0, jobs=0, seconds=0)
    Suggestion.objects.create(
        seeker=li, vacancy=barista, score=0.8, reasons=[], model_version=version, made_at=at
    )
    page = f"/employer/vacancies/{barista.uid}/people"
    assert li.person.pseudonym not in at_work.get(page).content.decode()
    Consent.objects.create(
        person=li.person,
        purpose="suggested_to_employers",
        text_version="1",
        channel="desk",
        given_at=at - timedelta(days=1),
    )
    html = at_work.get(page).content.decode()
    assert li.person.pseudonym in html
    assert "李" not in html
    assert PHONE not in html
    for _tap in range(2):
        at_work.post(f"{page}/{li.uid}/referral")
    asked = FollowUp.objects.get()
    assert (asked.person, asked.vacancy) == (li.person, barista)
    assert "咖啡师" in asked.words

    at_work.post(f"{page}/{li.uid}/refusal", {"reason": "experience"})
    html = at_work.get(page).content.decode()
    assert f"/people/{li.uid}/referral" not in html
    assert "经验不足" in html[html.index('id="passed"') :]
    assert li.person.pseudonym in html
    assert at_work.post(f"{page}/{li.uid}/refusal", {"reason": "skills"}).status_code == 404  # not listed
    at_work.post(f"{page}/{li.uid}/return")
    assert f"/people/{li.uid}/refusal" in at_work.get(page).content.decode()
    assert at_work.post(f"{page}/{li.uid}/return").status_code == 404
    at_work.post(f"{page}/{li.uid}/refusal", {"reason": "太老"})
    assert PassedOver.objects.get().reason == "other"


def test_papers_are_checked_and_handed_in(client: Client, at: datetime):
    fresh = factories.employer("上海新开面馆有限公司（示例）", at=at, state="unverified", valid_until=None)
    client.force_login(factories.member("ma", "马老板", fresh, role="recruiter", at=at))
    said = {"uscc": fresh.uscc, "agent": "马某", "mandate": "委-1", "brief": "简-1"}
    wrong = client.post(
        "/employer/organisation/papers",
        {**said, "uscc": fresh.uscc[:-1] + ("0" if fresh.uscc[-1] != "0" else "1")},
    )
    assert wrong.status_code == 422
    assert "校验位" in wrong.content.decode()
    client.post("/employer/organisation/papers", said)
    assert fresh.credentials.count() == 4
    client.post("/employer/organisation/verification")
    fresh.refresh_from_db()
    assert fresh.state == "submitted"


def test_the_number_of_queries_does_not_grow_with_the_list(
    at_work: Client, barista: Any, at: datetime, django_assert_max_num_queries: Any
):
    for number in range(15):
        seeker = factories.seeker(f"张{number}", at=at)
        Application.submit(
            seeker=seeker, vacancy=barista, via="phone_web", at=at,
            by=factories.user(f"u{number}", "u", at=at),
            consent_text="同意", consent_version="1",
        )  # fmt: skip
    with django_assert_max_num_queries(30):
        at_work.get("/employer/applicants/")
    with django_assert_max_num_queries(25):
        at_work.get("/employer/vacancies/")

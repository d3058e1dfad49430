"""An agency proposes, posts for a client, and sees its own applicants only, masked until it invites them."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from tests import factories
from yuanmeng.applications.models import Application
from yuanmeng.organisations.models import Mandate, Organisation
from yuanmeng.vacancies.models import Vacancy

pytestmark = pytest.mark.django_db
PHONE = "12000000001"
POSTING = {
    "title": "店员", "openings": "2", "content": "接待顾客，整理货架。",
    "requirements": "有服务意识，可轮班。",
    "pay_min_yuan": "5000", "pay_max_yuan": "6500", "pay_unit": "month", "address": "娄山关路500号",
    "employment_type": "FULL_TIME", "valid_until": "2026-12-31", "do": "submit",
}  # fmt: skip


@pytest.fixture(autouse=True)
def _now(monkeypatch: pytest.MonkeyPatch, at: datetime) -> None:
    monkeypatch.setattr(timezone, "now", lambda: at)


@pytest.fixture
def agency(db: Any, at: datetime) -> Organisation:
    return factories.agency(at=at)


@pytest.fixture
def gu(agency: Organisation, at: datetime) -> Any:
    return factories.member("gu", "顾专员", agency, role="partner", at=at)


@pytest.fixture
def at_work(gu: Any) -> Client:
    return as_somebody(gu)


def as_somebody(user: Any) -> Client:
    client = Client()
    client.force_login(user)
    return client


@pytest.fixture
def given(agency: Organisation, cafe: Any, at: datetime) -> Mandate:
    return factories.mandate(agency, cafe, at=at)


@pytest.fixture
def posted(given: Mandate, agency: Organisation, cafe: Any, at: datetime) -> Vacancy:
    return factories.vacancy(cafe, "店员", at=at, state="published", agency=agency, source="entrusted")


@pytest.fixture
def applied(li: Any, posted: Vacancy, at: datetime) -> Application:
    return Application.submit(
        seeker=li, vacancy=posted, via="phone_web", by=factories.user("li", "李秀芳", at=at),
        at=at - timedelta(hours=1), consent_text="同意", consent_version="1",
    )  # fmt: skip


def proposal(client: Organisation, **facts: str) -> dict[str, str]:
    given = {
        "name": client.name, "uscc": "", "evidence": "委托合同 2026-18", "valid_from": "2026-11-25",
        "valid_until": "2027-05-20", "once": "a",
    }  # fmt: skip
    return {**given, **facts}


@pytest.mark.parametrize("answer", ["approve", "refuse"])
def test_it_proposes_and_the_office_answers(
    answer: str, at_work: Client, agency: Any, cafe: Any, reviewer: Any, at: datetime
):
    for _tap in range(2):
        assert at_work.post("/employer/clients/", proposal(cafe)).status_code == 302
    row = Mandate.objects.get()
    page = "/office/verification/?tab=mandates"
    office = as_somebody(reviewer)
    html = office.get(page).content.decode()
    assert agency.name in html and cafe.name in html and "委托合同 2026-18" in html
    assert "待确认委托" in office.get("/office/").content.decode()
    office.post(
        f"/office/verification/mandates/{row.uid}/answer",
        {"answer": answer, "reason": "合同没有盖章", "once": "b"},
    )
    row.refresh_from_db()
    assert row.state == {"approve": "active", "refuse": "refused"}[answer]
    html = at_work.get("/employer/clients/").content.decode()
    assert ("发布岗位" in html) is (answer == "approve")
    assert ("合同没有盖章" in html) is (answer == "refuse")


def test_the_client_answers_too_and_ends_it(at_work: Client, cafe: Any, hu: Any, barista: Any, at: datetime):
    at_work.post("/employer/clients/", proposal(cafe))
    row = Mandate.objects.get()
    client = as_somebody(hu)
    assert "委托合同 2026-18" in client.get("/employer/organisation/").content.decode()
    path = f"/employer/organisation/mandates/{row.uid}"
    client.post(path, {"answer": "approve"})
    posted = factories.vacancy(cafe, "店员", at=at, state="published", agency=row.agency)
    client.post(path, {"answer": "end"})
    row.refresh_from_db()
    posted.refresh_from_db()
    barista.refresh_from_db()
    assert (row.state, posted.state, barista.state) == ("ended", "paused", "published")


def test_nobody_confirms_what_is_not_theirs(given: Mandate, cafe: Any, agency: Any, at: datetime):
    Mandate.objects.update(state="proposed", decided_by="")
    rival = factories.employer("上海隔壁面馆有限公司（示例）", at=at)
    stranger = as_somebody(factories.member("zhu", "朱老板", rival, role="recruiter", at=at))
    other = as_somebody(
        factories.member(
            "hua",
            "华经理",
            factories.agency("上海另一家人力资源有限公司（示例）", at=at),
            role="partner",
            at=at,
        )
    )
    own = as_somebody(factories.member("gu2", "顾二", agency, role="partner", at=at))
    path = f"/employer/organisation/mandates/{given.uid}"
    for who in (stranger, other, own):
        assert who.post(path, {"answer": "approve"}).status_code == 404
    assert other.post(f"/employer/clients/{given.uid}/end").status_code == 404
    given.refresh_from_db()
    assert given.state == "proposed"


@pytest.mark.parametrize(
    ("facts", "words"),
    [
        ({"name": "上海没有的公司"}, "补充统一社会信用代码"),
        ({"uscc": "91319999A00000000X"}, "校验位不符"),
        ({"valid_until": "2026-11-01"}, "截止日期早于开始日期"),
        ({"evidence": ""}, "委托依据"),
    ],
)
def test_a_wrong_proposal_says_what_to_mend(facts: dict[str, str], words: str, at_work: Client, cafe: Any):
    answer = at_work.post("/employer/clients/", proposal(cafe, **facts))
    assert answer.status_code == 422
    assert words in answer.content.decode()
    assert not Mandate.objects.exists()


def test_a_new_client_is_taken_in_unverified(at_work: Client, cafe: Any, at: datetime):
    fresh = proposal(cafe, name="上海新来面馆有限公司（示例）", uscc=factories.demo_uscc(88_002))
    assert at_work.post("/employer/clients/", fresh).status_code == 302
    client = Mandate.objects.get().client
    assert (client.name, client.state) == ("上海新来面馆有限公司（示例）", "unverified")
    assert "未认证" in at_work.get("/employer/clients/").content.decode()


def test_it_posts_for_a_client_through_the_gate(at_work: Client, given: Mandate, cafe: Any, agency: Any):
    page = f"/employer/vacancies/new?client={cafe.uid}"
    html = at_work.get(page).content.decode()
    assert f"{agency.name}受{cafe.name}委托发布" in html
    assert 'name="source"' not in html
    blocked = at_work.post(page, {**POSTING, "requirements": "限女性"})
    assert blocked.status_code == 422
    assert not Vacancy.objects.exists()
    assert at_work.post(page, POSTING).status_code == 302
    made = Vacancy.objects.get()
    assert (made.organisation, made.agency, made.source, made.state) == (
        cafe,
        agency,
        "entrusted",
        "submitted",
    )


@pytest.mark.parametrize("ends", ["2026-11-24", ""])
def test_without_a_mandate_that_holds_nothing_goes_out(
    ends: str, at_work: Client, given: Mandate, cafe: Any, agency: Any
):
    """Past its last day the gate says so; a client never asked is no choice at all."""
    page = f"/employer/vacancies/new?client={cafe.uid}"
    if not ends:
        given.delete()
        answer = at_work.get(page, follow=True)
        assert "请先选择委托单位" in answer.content.decode()
        return
    Mandate.objects.update(valid_until=ends)
    answer = at_work.post(page, POSTING)
    assert answer.status_code == 422
    assert "委托不在有效期内" in answer.content.decode()
    assert (
        f"{cafe.name} 的委托不在有效期内（有效期至 2026年11月24日），请在“委托单位”中重新提交。"
        in answer.content.decode()
    )
    assert not Vacancy.objects.exists()


def test_an_agency_without_licence_is_told_so(at_work: Client, given: Mandate, cafe: Any, agency: Any):
    Organisation.objects.filter(pk=agency.pk).update(licence_until="2026-01-01")
    assert "没有有效的人力资源服务许可证" in at_work.get("/employer/").content.decode()
    answer = at_work.post(f"/employer/vacancies/new?client={cafe.uid}", POSTING)
    assert answer.status_code == 422
    assert "许可证缺失" in answer.content.decode()


def test_only_its_own_postings_and_their_applicants(
    at_work: Client, applied: Application, barista: Any, zhou: Any, at: datetime
):
    own = Application.submit(
        seeker=zhou, vacancy=barista, via="phone_web", by=factories.user("z", "周晓晨", at=at), at=at,
        consent_text="同意", consent_version="1",
    )  # fmt: skip
    html = at_work.get("/employer/applicants/").content.decode()
    assert applied.number in html and own.number not in html
    listed = at_work.get("/employer/vacancies/").content.decode()
    assert "店员" in listed and "咖啡师" not in listed
    for page in (
        f"vacancies/{barista.uid}/",
        f"vacancies/{barista.uid}/edit",
        f"applicants/{own.uid}/",
        f"applicants/?vacancy={barista.uid}",
    ):
        assert at_work.get(f"/employer/{page}").status_code == 404, page
    assert at_work.post(f"/employer/applicants/{own.uid}/answer", {"answer": "shortlist"}).status_code == 404


def test_an_applicant_is_masked_until_invited(at_work: Client, applied: Application):
    page = f"/employer/applicants/{applied.uid}/"
    for path in ("/employer/", "/employer/applicants/", page, "/employer/applicants/export?as=csv"):
        said = at_work.get(path).content.decode()
        assert "李秀芳" not in said and PHONE not in said, path
        assert "李" in said, path
    at_work.post(
        page + "answer",
        {"answer": "invite", "meeting_at": "2026-11-27T14:00", "meeting_place": "娄山关路500号", "once": "a"},
    )
    html = at_work.get(page).content.decode()
    assert "李秀芳" in html and PHONE in html


def test_a_recruiter_of_the_agency_reads_as_the_agency(applied: Application, agency: Any, at: datetime):
    """The role in the account is one thing; whose eyes they are is another."""
    recruiter = as_somebody(factories.member("ge", "葛专员", agency, role="recruiter", at=at))
    html = recruiter.get(f"/employer/applicants/{applied.uid}/").content.decode()
    assert "李秀芳" not in html and "李" in html


def test_when_the_mandate_is_over_the_applicants_are_the_clients(
    at_work: Client, applied: Application, given: Mandate, hu: Any
):
    at_work.post(f"/employer/clients/{given.uid}/end")
    assert at_work.get(f"/employer/applicants/{applied.uid}/").status_code == 404
    assert applied.number not in at_work.get("/employer/applicants/").content.decode()
    assert as_somebody(hu).get(f"/employer/applicants/{applied.uid}/").status_code == 200


def test_people_are_not_suggested_to_an_agency(at_work: Client, posted: Vacancy):
    assert at_work.get(f"/employer/vacancies/{posted.uid}/people").status_code == 404


def test_citizens_read_who_posts_for_whom(client: Client, posted: Vacancy, agency: Any, cafe: Any):
    html = client.get(f"/vacancies/{posted.uid}/").content.decode()
    assert f"{agency.name}（受{cafe.name}委托）" in html


def test_the_consent_names_both(client: Client, li: Any, posted: Vacancy, agency: Any, cafe: Any):
    from yuanmeng.web.shared import consenting

    sheet = consenting.sheet_for(posted)
    assert agency.name in sheet.receiver and cafe.name in sheet.receiver


def test_the_number_of_queries_does_not_grow_with_the_clients(
    at_work: Client, agency: Any, at: datetime, django_assert_max_num_queries: Any
):
    for number in range(12):
        firm = factories.employer(f"上海第{number}面馆有限公司（示例）", at=at)
        factories.mandate(agency, firm, at=at)
    with django_assert_max_num_queries(20):
        at_work.get("/employer/clients/")


def test_it_hands_in_the_papers_of_a_client_that_has_nobody_here(
    at_work: Client, agency: Any, cafe: Any, hu: Any, at: datetime
):
    fresh = factories.employer("上海新来面馆有限公司（示例）", at=at, state="unverified", valid_until=None,
                               verified_at=None)  # fmt: skip
    page = f"/employer/clients/{factories.mandate(agency, fresh, at=at).uid}/papers"
    said = {"uscc": fresh.uscc, "agent": "马某", "mandate": "委-1", "brief": "简-1"}
    assert "提交该单位的认证材料" in at_work.get("/employer/clients/").content.decode()
    assert at_work.post(page, {**said, "agent": ""}).status_code == 422
    assert at_work.post(page, said).status_code == 302
    fresh.refresh_from_db()
    assert (fresh.state, fresh.credentials.count()) == ("submitted", 4)
    own = f"/employer/clients/{factories.mandate(agency, cafe, at=at).uid}/papers"
    assert at_work.get(page).status_code == at_work.post(own, said).status_code == 404

"""A reviewer publishes, returns, rejects, lifts a block on a named ground; nobody reviews their own."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from tests import factories
from yuanmeng.core.models import AuditEntry, Step
from yuanmeng.vacancies.models import Lift, Report, Vacancy

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _now(monkeypatch: pytest.MonkeyPatch, at: datetime) -> None:
    monkeypatch.setattr(timezone, "now", lambda: at)


@pytest.fixture
def at_work(client: Client, reviewer: Any) -> Client:
    client.force_login(reviewer)
    return client


@pytest.fixture
def waiting(cafe: Any, hu: Any, at: datetime) -> Vacancy:
    row = factories.vacancy(cafe, "咖啡师", at=at)
    row.submit(by=hu, at=at)
    return row


def blocked(cafe: Any, hu: Any, at: datetime, words: str = "限女性") -> Vacancy:
    """A vacancy that went in before its words broke a clause."""
    row = factories.vacancy(cafe, "浴室服务员", at=at)
    row.submit(by=hu, at=at)
    Vacancy.objects.filter(pk=row.pk).update(requirements=words)
    row.refresh_from_db()
    return row


def test_a_clean_vacancy_is_published(at_work: Client, waiting: Vacancy, reviewer: Any):
    assert waiting.title in at_work.get("/office/reviews/").content.decode()
    at_work.post(f"/office/reviews/{waiting.uid}/answer", {"answer": "publish", "once": "a"})
    waiting.refresh_from_db()
    assert waiting.state == "published"
    assert Step.of(waiting).last().by == reviewer.actor_key


def test_ticked_ones_are_published_and_held_ones_stay(
    at_work: Client, waiting: Vacancy, cafe: Any, hu: Any, at: datetime
):
    held = blocked(cafe, hu, at)
    at_work.post("/office/reviews/publication", {"vacancy": [waiting.uid, held.uid]})
    waiting.refresh_from_db()
    held.refresh_from_db()
    assert (waiting.state, held.state) == ("published", "submitted")


def test_the_words_found_are_marked_with_their_clause(at_work: Client, cafe: Any, hu: Any, at: datetime):
    row = blocked(cafe, hu, at, words="<b>限女性</b>，沪籍优先")
    html = at_work.get(f"/office/reviews/{row.uid}/").content.decode()
    assert '&lt;b&gt;<mark lang="zh-Hans" class="mark--block">限女性</mark>&lt;/b&gt;' in html
    assert "妇女权益保障法" in html
    assert "disabled" in html


def test_a_block_holds_until_lifted_on_a_named_ground(at_work: Client, cafe: Any, hu: Any, at: datetime):
    row = blocked(cafe, hu, at)
    page = f"/office/reviews/{row.uid}/"
    at_work.post(page + "answer", {"answer": "publish", "once": "a"})
    row.refresh_from_db()
    assert row.state == "submitted"
    said = {
        "block": "0",
        "text": "限女性",
        "lift0-ground": "post_barred_by_law",
        "lift0-reason": "不属于这条规则",
    }
    at_work.post(page + "lift", said)
    assert Lift.objects.count() == 0
    at_work.post(
        page + "lift", {**said, "lift0-ground": "state_barred_to_women", "lift0-reason": "女浴室搓澡岗位"}
    )
    lifted = Lift.objects.get()
    assert lifted.ground.startswith("state_barred_to_women: 女浴室")
    assert AuditEntry.objects.filter(action="lift", object_uid=row.uid).exists()
    at_work.post(page + "answer", {"answer": "publish", "once": "b"})
    row.refresh_from_db()
    assert row.state == "published"


def test_it_is_returned_and_rejected_with_words(
    at_work: Client, waiting: Vacancy, cafe: Any, hu: Any, at: datetime
):
    at_work.post(
        f"/office/reviews/{waiting.uid}/answer", {"answer": "return", "words": "请补充休息安排", "once": "a"}
    )
    waiting.refresh_from_db()
    assert (waiting.state, waiting.review_reason) == ("returned", "请补充休息安排")
    other = factories.vacancy(cafe, "店员", at=at)
    other.submit(by=hu, at=at)
    at_work.post(
        f"/office/reviews/{other.uid}/answer",
        {"answer": "reject", "reason": "fake", "words": "单位否认发布", "once": "b"},
    )
    other.refresh_from_db()
    assert other.state == "rejected"
    assert AuditEntry.objects.get(action="reject").fields == "fake"


def test_without_words_nothing_is_returned(at_work: Client, waiting: Vacancy):
    at_work.post(f"/office/reviews/{waiting.uid}/answer", {"answer": "return", "words": "", "once": "a"})
    waiting.refresh_from_db()
    assert waiting.state == "submitted"


def test_who_handed_it_in_does_not_decide(at_work: Client, reviewer: Any, cafe: Any, at: datetime):
    own = factories.vacancy(cafe, "咖啡师", at=at)
    own.submit(by=reviewer, at=at)
    html = at_work.get(f"/office/reviews/{own.uid}/").content.decode()
    assert "须由另一位同事审核" in html
    at_work.post(f"/office/reviews/{own.uid}/answer", {"answer": "publish", "once": "a"})
    own.refresh_from_db()
    assert own.state == "submitted"


def test_a_published_one_is_taken_down(at_work: Client, barista: Vacancy):
    at_work.post(
        f"/office/reviews/{barista.uid}/answer", {"answer": "take_down", "words": "举报属实", "once": "a"}
    )
    barista.refresh_from_db()
    assert (barista.state, barista.close_reason) == ("closed", "taken_down")


def test_drafts_are_their_writers(at_work: Client, cafe: Any, at: datetime):
    draft = factories.vacancy(cafe, "咖啡师", at=at)
    assert at_work.get(f"/office/reviews/{draft.uid}/").status_code == 404


def test_a_citizens_report_is_settled(at_work: Client, barista: Vacancy, at: datetime):
    report = Report.make(barista, reason="fee", words="要押金", by=None, at=at)
    assert "要押金" in at_work.get(f"/office/reviews/{barista.uid}/").content.decode()
    at_work.post(f"/office/reviews/{barista.uid}/reports/{report.uid}", {"outcome": "已核实，单位整改"})
    report.refresh_from_db()
    assert report.outcome == "已核实，单位整改"


def test_papers_are_verified_for_six_months_at_most(at_work: Client, at: datetime):
    firm = factories.employer(
        "上海新开面馆有限公司（示例）", at=at, state="submitted", valid_until=None, submitted_at=at
    )
    assert firm.name in at_work.get("/office/verification/").content.decode()
    page = f"/office/verification/{firm.uid}/"
    assert "校验位相符" in at_work.get(page).content.decode()
    at_work.post(page + "answer", {"answer": "verify", "until": "2028-01-01", "once": "a"})
    firm.refresh_from_db()
    assert firm.state == "submitted"
    at_work.post(page + "answer", {"answer": "verify", "until": "2027-03-01", "once": "b"})
    firm.refresh_from_db()
    assert (firm.state, str(firm.valid_until)) == ("verified", "2027-03-01")


def test_papers_are_returned_with_a_reason_the_employer_reads(at_work: Client, at: datetime):
    firm = factories.employer("上海新开面馆有限公司（示例）", at=at, state="submitted", valid_until=None)
    at_work.post(
        f"/office/verification/{firm.uid}/answer", {"answer": "return", "words": "委托书缺章", "once": "a"}
    )
    firm.refresh_from_db()
    assert firm.state == "returned"
    theirs = Client()
    theirs.force_login(factories.member("ma", "马老板", firm, role="recruiter", at=at))
    assert "委托书缺章" in theirs.get("/employer/organisation/").content.decode()


def test_opening_it_begins_the_review_and_says_so(at_work: Client, waiting: Vacancy, reviewer: Any):
    at_work.get(f"/office/reviews/{waiting.uid}/")
    waiting.refresh_from_db()
    step = Step.of(waiting).last()
    assert (waiting.state, step.old, step.by) == ("in_review", "submitted", reviewer.actor_key)
    assert "pill--data" in at_work.get("/office/reviews/").content.decode()
    at_work.get(f"/office/reviews/{waiting.uid}/")
    assert Step.of(waiting).last() == step
    at_work.post(f"/office/reviews/{waiting.uid}/answer", {"answer": "publish", "once": "a"})
    waiting.refresh_from_db()
    assert waiting.state == "published"


def test_who_handed_it_in_only_looks(at_work: Client, cafe: Any, reviewer: Any, at: datetime):
    row = factories.vacancy(cafe, "咖啡师", at=at)
    row.submit(by=reviewer, at=at)
    assert at_work.get(f"/office/reviews/{row.uid}/").status_code == 200
    row.refresh_from_db()
    assert row.state == "submitted"

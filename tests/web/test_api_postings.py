"""Postings from other systems: never twice, never past the gate, never another's."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.utils import timezone

from tests import factories
from tests.web.api import Caller, problem
from yuanmeng.vacancies.models import Vacancy
from yuanmeng.web.api import items

pytestmark = pytest.mark.django_db
POSTING: dict[str, Any] = {
    "source": "hr-system", "external_ref": "GW-017", "title": "咖啡师", "openings": 2,
    "content": "制作咖啡，接待顾客。", "requirements": "有服务意识。", "address": "娄山关路500号",
    "pay_min_fen": 650_000, "pay_max_fen": 850_000, "valid_until": "2026-12-31",
}  # fmt: skip


@pytest.fixture(autouse=True)
def _now(monkeypatch: pytest.MonkeyPatch, at: datetime) -> None:
    monkeypatch.setattr(timezone, "now", lambda: at)


def test_a_posting_is_made_once_and_handed_in(hu: Any, cafe: Any) -> None:
    first, again = (Caller(hu).post("/vacancies", POSTING) for _n in range(2))
    assert (first.status_code, again.status_code) == (201, 200)
    assert first.json()["state"] == "submitted" and first.json()["created"]
    assert again.json()["uid"] == first.json()["uid"] and not again.json()["changed"]
    row = Vacancy.objects.get()
    assert row.organisation == cafe and row.place and row.place.point, "the address became a point"


def test_a_change_is_told_by_its_version(hu: Any) -> None:
    Caller(hu).post("/vacancies", POSTING)
    changed = Caller(hu).send("PUT", "/vacancies", {**POSTING, "openings": 5}, **{"If-Match": '"1"'})
    assert changed.json()["changed"] and changed["ETag"] == '"2"'
    stale = Caller(hu).send("PUT", "/vacancies", {**POSTING, "openings": 6}, **{"If-Match": '"1"'})
    problem(stale, 412, "stale")
    assert Vacancy.objects.get().openings == 5


def test_what_breaks_a_clause_stays_a_draft_and_says_which(hu: Any) -> None:
    answer = Caller(hu).post("/vacancies", {**POSTING, "requirements": "限女性，沪籍优先"})
    told = answer.json()
    assert answer.status_code == 201 and told["state"] == "draft"
    rules = {finding["rule"] for finding in told["findings"] if finding["act"] == "block"}
    assert {"gender", "hukou"} <= rules
    assert all(finding["clause"] for finding in told["findings"])


def test_a_published_one_cannot_be_changed_into_a_blocked_one(hu: Any, reviewer: Any, at: datetime) -> None:
    Caller(hu).post("/vacancies", POSTING)
    Vacancy.objects.get().publish(by=reviewer, at=at)
    answer = Caller(hu).post("/vacancies", {**POSTING, "requirements": "仅限男性"})
    assert problem(answer, 422, "posting_blocked")["findings"][0]["rule"] == "gender"
    assert Vacancy.objects.get().requirements == POSTING["requirements"]
    assert Caller().json("/vacancies?q=咖啡师")["total"] == 1


def test_a_closed_one_is_not_revived_under_its_old_key(hu: Any, at: datetime) -> None:
    uid = Caller(hu).post("/vacancies", POSTING).json()["uid"]
    Vacancy.objects.get().close("withdrawn", by=hu, at=at)
    answer = Caller(hu).post("/vacancies", POSTING)
    assert problem(answer, 409, "conflict")["conflicting_id"] == uid


def test_a_key_of_another_organisation_is_taken(hu: Any, at: datetime) -> None:
    uid = Caller(hu).post("/vacancies", POSTING).json()["uid"]
    rival = factories.employer(at=at)
    other = factories.member("lu", "陆经理", rival, role="recruiter", at=at)
    told = problem(Caller(other).post("/vacancies", POSTING), 409, "conflict")
    assert told["conflicting_id"] == POSTING["external_ref"] and uid not in str(told)


def test_an_agency_posts_what_a_client_has_entrusted_to_it(cafe: Any, at: datetime) -> None:
    agency = factories.agency("汇才人力（示例）", at=at)
    partner = factories.member("gu", "顾专员", agency, role="partner", at=at)
    named = {**POSTING, "organisation": cafe.uid}
    assert problem(Caller(partner).post("/vacancies", POSTING), 422)["field"] == "organisation"
    problem(Caller(partner).post("/vacancies", named), 404)
    problem(Caller(partner).post("/vacancies", {**POSTING, "organisation": agency.uid}), 404)
    mandate = factories.mandate(agency, cafe, at=at)
    assert Caller(partner).post("/vacancies", named).status_code == 201
    made = Vacancy.objects.get()
    assert (made.source, made.agency, made.organisation) == ("entrusted", agency, cafe)
    assert items.whole_of(made, None, at=at)["posted_by"] == agency.name
    mandate.valid_until = at.date() - timedelta(days=1)
    mandate.save()
    problem(Caller(partner).post("/vacancies", named), 404)


def test_another_agency_does_not_change_it(cafe: Any, at: datetime) -> None:
    named = {**POSTING, "organisation": cafe.uid}
    for number, status in enumerate((201, 409)):
        agency = factories.agency(f"汇才人力{number}（示例）", at=at)
        factories.mandate(agency, cafe, at=at)
        partner = factories.member(f"gu{number}", "顾专员", agency, role="partner", at=at)
        assert Caller(partner).post("/vacancies", named).status_code == status


def test_a_university_posts_nothing(at: datetime) -> None:
    university = factories.organisation("东海大学（示例）", kind="university", at=at)
    partner = factories.member("xu", "许老师", university, role="partner", at=at)
    problem(Caller(partner).post("/vacancies", POSTING), 404)


def test_who_posts_for_two_says_for_which(hu: Any, cafe: Any, at: datetime) -> None:
    from yuanmeng.organisations.models import Membership

    second = factories.employer(at=at)
    Membership.objects.create(user=hu, organisation=second, role="recruiter", from_on=at.date())
    assert problem(Caller(hu).post("/vacancies", POSTING), 422)["field"] == "organisation"
    assert Caller(hu).post("/vacancies", {**POSTING, "organisation": second.uid}).status_code == 201
    stranger = factories.employer("上海远方商贸有限公司（示例）", at=at)
    problem(Caller(hu).post("/vacancies", {**POSTING, "organisation": stranger.uid}), 404)


def test_the_street_alone_or_a_far_town_puts_nothing_on_the_map(hu: Any) -> None:
    Caller(hu).post("/vacancies", {**POSTING, "address": "外地某处"})
    place = Vacancy.objects.get().place
    assert place is not None and place.point is None


def test_a_machine_posts_with_its_own_token_until_it_is_revoked(hu: Any, at: datetime) -> None:
    from yuanmeng.organisations.models import ApiToken

    row, token = ApiToken.give(hu, "人事系统", at=at)
    bearer = {"Authorization": f"Bearer {token}"}
    assert Caller().send("POST", "/vacancies", POSTING, token=False, **bearer).status_code == 201
    assert token not in str(ApiToken.objects.values())
    row.revoke(at=at)
    problem(Caller().send("POST", "/vacancies", POSTING, token=False, **bearer), 401)


def test_a_token_has_no_more_power_than_the_membership_of_today(hu: Any, at: datetime) -> None:
    from yuanmeng.organisations.models import ApiToken

    _row, token = ApiToken.give(hu, "人事系统", at=at)
    hu.memberships.get().end(on=at.date())
    bearer = {"Authorization": f"Bearer {token}"}
    problem(Caller().send("POST", "/vacancies", POSTING, token=False, **bearer), 404)


def test_staff_get_no_token_round_their_second_factor(chen: Any, at: datetime) -> None:
    from yuanmeng.core.errors import Refused
    from yuanmeng.organisations.models import ApiToken

    with pytest.raises(Refused):
        ApiToken.give(chen, "台式机", at=at)

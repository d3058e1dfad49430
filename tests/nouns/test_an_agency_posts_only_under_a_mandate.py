"""An agency posts for whom has given it a mandate, as long as it holds; two hands make one, dates end it."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.utils import translation

from tests import factories
from yuanmeng.core.errors import MoveRefused, Refused
from yuanmeng.core.models import EventRow, Step
from yuanmeng.counsel import timers
from yuanmeng.organisations import mandates
from yuanmeng.organisations.models import Mandate, MandateState, Organisation
from yuanmeng.organisations.models.mandate import MANDATE_MOVES
from yuanmeng.organisations.viewer import Viewer, viewer_of
from yuanmeng.vacancies import entrusted, gate
from yuanmeng.vacancies.models import Vacancy

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _in_english() -> Any:
    with translation.override("en"):
        yield


@pytest.fixture
def agency(db: Any, at: datetime) -> Organisation:
    return factories.agency(at=at)


@pytest.fixture
def gu(agency: Organisation, at: datetime) -> Viewer:
    """顾专员 works for the agency."""
    return viewer_of(factories.member("gu", "顾专员", agency, role="partner", at=at), on=at.date())


@pytest.fixture
def shen(reviewer: Any, at: datetime) -> Viewer:
    return viewer_of(reviewer, on=at.date())


@pytest.fixture
def manager_hu(hu: Any, at: datetime) -> Viewer:
    return viewer_of(hu, on=at.date())


def asked(agency: Organisation, client: Organisation, by: Viewer, at: datetime, **facts: Any) -> Mandate:
    given: dict[str, Any] = {
        "evidence": "委托合同 2026-18", "valid_from": at.date(),
        "valid_until": at.date() + timedelta(days=90),
    }  # fmt: skip
    return mandates.propose(agency, client, by=by, at=at, **{**given, **facts})


@pytest.fixture
def given(agency: Organisation, cafe: Any, gu: Viewer, shen: Viewer, at: datetime) -> Mandate:
    row = asked(agency, cafe, gu, at)
    mandates.approve(row, by=shen, at=at)
    return row


@pytest.mark.parametrize("old", list(MandateState))
@pytest.mark.parametrize("new", list(MandateState))
def test_it_moves_only_along_its_table(
    old: str, new: str, agency: Any, cafe: Any, gu: Viewer, at: datetime
) -> None:
    row = asked(agency, cafe, gu, at)
    Mandate.objects.filter(pk=row.pk).update(state=old)
    row.refresh_from_db()
    if new in MANDATE_MOVES[MandateState(old)]:
        row._move(new, by=gu, at=at)
        assert Step.of(row).last().new == new
    else:
        with pytest.raises(MoveRefused):
            row._move(new, by=gu, at=at)


def test_proposing_and_confirming_are_told_and_written_down(given: Mandate) -> None:
    kinds = EventRow.objects.filter(object_uid=given.uid).values_list("kind", flat=True)
    assert list(kinds) == ["mandate.proposed", "mandate.active"]
    assert [step.new for step in Step.of(given)] == ["proposed", "active"]
    assert given.proposed_by != given.decided_by


@pytest.mark.parametrize(
    ("who", "may"),
    [
        ("gu", False),
        ("colleague", False),
        ("shen", True),
        ("manager_hu", True),
        ("rival", False),
        ("counsellor", False),
    ],
)
def test_only_a_second_hand_confirms(
    who: str, may: bool, agency: Any, cafe: Any, gu: Viewer, shen: Viewer, manager_hu: Viewer, chen: Any,
    at: datetime,
) -> None:  # fmt: skip
    row = asked(agency, cafe, gu, at)
    rival = factories.employer("上海隔壁面馆有限公司（示例）", at=at)
    hands = {
        "gu": gu, "shen": shen, "manager_hu": manager_hu,
        "colleague": viewer_of(factories.member("c", "同事", agency, role="recruiter", at=at), on=at.date()),
        "rival": viewer_of(factories.member("z", "朱", rival, role="recruiter", at=at), on=at.date()),
        "counsellor": viewer_of(chen, on=at.date()),
    }  # fmt: skip
    assert mandates.decides(hands[who], row) is may
    if may:
        mandates.approve(row, by=hands[who], at=at)
        assert row.state == "active"
    else:
        with pytest.raises(Refused) as refused:
            mandates.approve(row, by=hands[who], at=at)
        assert refused.value.code == "second_person"


def test_the_database_holds_the_two_hands(agency: Any, cafe: Any, gu: Viewer, at: datetime) -> None:
    row = asked(agency, cafe, gu, at)
    with pytest.raises(IntegrityError), transaction.atomic():
        row.approve(by=gu, at=at)


def test_a_refusal_says_why(agency: Any, cafe: Any, gu: Viewer, shen: Viewer, at: datetime) -> None:
    row = asked(agency, cafe, gu, at)
    with pytest.raises(Refused):
        mandates.refuse(row, by=shen, at=at, reason=" ")
    mandates.refuse(row, by=shen, at=at, reason="合同没有盖章")
    assert (row.state, row.reason) == ("refused", "合同没有盖章")
    assert asked(agency, cafe, gu, at).pk != row.pk


def test_one_waits_at_a_time(agency: Any, cafe: Any, gu: Viewer, at: datetime) -> None:
    asked(agency, cafe, gu, at)
    with pytest.raises(Refused) as refused:
        asked(agency, cafe, gu, at)
    assert refused.value.code == "duplicate"


def test_an_agency_asks_for_itself_and_for_employers(
    agency: Any, cafe: Any, gu: Viewer, manager_hu: Viewer, subdistrict: Any, at: datetime
) -> None:
    with pytest.raises(Refused):
        asked(agency, cafe, manager_hu, at)
    with pytest.raises(Refused):
        asked(factories.agency("上海另一家人力资源有限公司（示例）", at=at), cafe, gu, at)
    with pytest.raises(Refused):
        asked(agency, subdistrict, gu, at)
    cafe.suspend(by=gu, at=at, reason="核查中")
    with pytest.raises(Refused):
        asked(agency, cafe, gu, at)


@pytest.mark.parametrize(
    ("first", "last", "evidence"),
    [(0, -1, "合同"), (-20, -2, "合同"), (0, 800, "合同"), (0, 30, " ")],
)
def test_dates_and_evidence_are_looked_at(
    first: int, last: int, evidence: str, agency: Any, cafe: Any, gu: Viewer, at: datetime
) -> None:
    day = at.date()
    with pytest.raises(Refused):
        asked(
            agency, cafe, gu, at, evidence=evidence, valid_from=day + timedelta(days=first),
            valid_until=day + timedelta(days=last),
        )  # fmt: skip


@pytest.mark.parametrize(
    ("facts", "words"),
    [
        ({"licence_until": date(2026, 1, 1)}, "no valid HR service licence"),
        ({"licence_no": ""}, "no valid HR service licence"),
        ({"valid_until": date(2026, 1, 1)}, "verification"),
        ({"state": "suspended"}, "verification"),
    ],
)
def test_an_agency_without_papers_posts_for_nobody(
    facts: dict[str, Any], words: str, given: Mandate, agency: Any, cafe: Any, gu: Viewer, at: datetime
) -> None:
    draft = factories.vacancy(cafe, "咖啡师", at=at, agency=agency, source="entrusted")
    assert gate.findings_of(draft, on=at.date()) == []
    Organisation.objects.filter(pk=agency.pk).update(**facts)
    draft = Vacancy.objects.get(pk=draft.pk)
    assert words in mandates.agency_lacks(draft.agency, on=at.date())  # type: ignore[arg-type]
    assert [f.rule for f in gate.findings_of(draft, on=at.date())] == ["agency_licence"]
    with pytest.raises(gate.Blocked):
        draft.submit(by=gu, at=at)


def test_a_licence_among_the_papers_counts(given: Mandate, agency: Any, at: datetime) -> None:
    Organisation.objects.filter(pk=agency.pk).update(licence_no="")
    agency.refresh_from_db()
    paper = agency.credentials.create(paper="hr_licence", number="示例许可-2", given_at=at)
    assert agency.is_licensed_on(at.date())
    paper.valid_until = at.date() - timedelta(days=1)
    paper.save()
    assert not agency.is_licensed_on(at.date())


def test_a_mandate_holds_for_its_days_and_for_its_client(
    given: Mandate, agency: Any, cafe: Any, gu: Viewer, at: datetime
) -> None:
    day = at.date()
    other = factories.employer("上海隔壁面馆有限公司（示例）", at=at)
    assert mandates.mandate_lacks(agency, cafe, on=day) == ""
    assert mandates.mandate_lacks(agency, cafe, on=given.valid_until) == ""
    assert "holds until" in mandates.mandate_lacks(agency, cafe, on=given.valid_until + timedelta(days=1))
    assert "no mandate" in mandates.mandate_lacks(agency, other, on=day)
    asked(agency, other, gu, at)
    assert "waits for confirmation" in mandates.mandate_lacks(agency, other, on=day)
    draft = factories.vacancy(other, "跑堂", at=at, agency=agency)
    assert [f.rule for f in gate.findings_of(draft, on=day)] == ["mandate"]


def test_past_its_end_it_expires_and_its_vacancies_pause(
    given: Mandate, agency: Any, cafe: Any, barista: Any, at: datetime
) -> None:
    posted = factories.vacancy(
        cafe, "店员", at=at, state="published", agency=agency, valid_until=at.date() + timedelta(days=130)
    )
    assert posted.is_open_on(at.date())
    after = at + timedelta(days=91)
    assert not posted.is_open_on(after.date())
    done = timers.keep_time(after)
    assert done["mandates"] == 1
    given.refresh_from_db()
    posted.refresh_from_db()
    barista.refresh_from_db()
    assert (given.state, posted.state) == ("expired", "paused")
    assert Step.of(posted).last().note == "mandate_ended"
    assert "mandates" not in timers.keep_time(after)


def test_ending_it_takes_its_vacancies_down_at_once_and_nobody_elses(
    given: Mandate, agency: Any, cafe: Any, barista: Any, gu: Viewer, manager_hu: Viewer, at: datetime
) -> None:
    posted = factories.vacancy(cafe, "店员", at=at, state="published", agency=agency)
    assert entrusted.end(given, by=manager_hu, at=at, reason="合作结束") == 1
    posted.refresh_from_db()
    barista.refresh_from_db()
    assert (posted.state, barista.state) == ("paused", "published")
    with pytest.raises(gate.Blocked):
        posted.resume(by=gu, at=at)


def test_a_stranger_ends_nothing(given: Mandate, at: datetime) -> None:
    rival = factories.employer("上海隔壁面馆有限公司（示例）", at=at)
    stranger = viewer_of(factories.member("z", "朱", rival, role="recruiter", at=at), on=at.date())
    with pytest.raises(Refused):
        entrusted.end(given, by=stranger, at=at)


def test_a_client_is_found_by_code_or_name_or_taken_in_anew(cafe: Any, gu: Viewer, at: datetime) -> None:
    assert mandates.client_named("", cafe.uscc, by=gu, at=at) == cafe
    assert mandates.client_named(cafe.name.replace("（", "("), "", by=gu, at=at) == cafe
    code = factories.demo_uscc(88_001)
    made = mandates.client_named("上海新来面馆有限公司（示例）", code, by=gu, at=at)
    assert (made.kind, made.state, made.valid_until) == ("employer", "unverified", None)
    for name, wrong in (("另一个名字有限公司", cafe.uscc), ("上海没有的公司", ""), ("某公司", "123")):
        with pytest.raises(Refused):
            mandates.client_named(name, wrong, by=gu, at=at)


def test_the_receiver_of_an_application_is_the_agency_for_the_client(
    given: Mandate, agency: Any, cafe: Any, li: Any, at: datetime
) -> None:
    from yuanmeng.applications.models import Application

    posted = factories.vacancy(cafe, "店员", at=at, state="published", agency=agency)
    row = Application.submit(
        seeker=li, vacancy=posted, via="phone_web", by=factories.user("li", "李秀芳", at=at), at=at,
        consent_text="同意", consent_version="1",
    )  # fmt: skip
    assert agency.name in row.consent.receiver and cafe.name in row.consent.receiver
    assert list(Application.objects.handled_by(agency, on=at.date())) == [row]
    assert not Application.objects.handled_by(agency, on=at.date() + timedelta(days=91)).exists()
    assert list(Application.objects.handled_by(cafe, on=at.date())) == [row]


@pytest.mark.parametrize("ended", [False, True])
def test_who_handles_a_vacancy_hears_of_what_waits(
    ended: bool, given: Mandate, agency: Any, cafe: Any, gu: Viewer, li: Any, at: datetime
) -> None:
    """The agency while its mandate holds; afterwards the client, who keeps the applicants."""
    from yuanmeng.applications.messages import REMINDED
    from yuanmeng.applications.models import Application

    posted = factories.vacancy(cafe, "店员", at=at, state="published", agency=agency)
    row = Application.submit(
        seeker=li, vacancy=posted, via="phone_web", by=factories.user("li", "李秀芳", at=at), at=at,
        consent_text="同意", consent_version="1",
    )  # fmt: skip
    if ended:
        entrusted.end(given, by=gu, at=at)
    timers.keep_time(at + timedelta(days=8))
    told = EventRow.objects.get(kind=REMINDED, object_uid=row.uid)
    assert told.payload["organisation"] == (cafe if ended else agency).uid

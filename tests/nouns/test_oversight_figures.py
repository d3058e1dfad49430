"""Today's figures and the indicators: from records, adding up, and never giving a person away."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests import factories
from yuanmeng.applications.models import Application, Placement
from yuanmeng.oversight import cells, figures, kpis
from yuanmeng.oversight.kpis import Period
from yuanmeng.vacancies.models import Vacancy

NOVEMBER = Period(date(2026, 11, 1), date(2026, 11, 30))
OCTOBER = Period(date(2026, 10, 1), date(2026, 10, 31))


@pytest.mark.django_db
def test_the_parts_add_up_to_the_hero(cafe: Any, at: datetime) -> None:
    other = factories.employer("上海远方商贸有限公司（示例）", at=at, industry_code="F")
    for n in range(9):
        of = cafe if n % 2 else other
        factories.vacancy(
            of, f"岗{n}", at=at, state="published", industry_code=["H", "", "I64"][n % 3], openings=n + 1,
            place=None if n == 4 else of.place,
        )  # fmt: skip
    today = figures.today(at)
    assert today.open_vacancies == sum(i.vacancies for i in today.industries) == 9
    assert today.openings == sum(i.openings for i in today.industries) == 45
    assert today.employers == 2
    assert today.unplaced_openings == 5
    assert [i.openings for i in today.industries if i.code] == sorted(
        (i.openings for i in today.industries if i.code), reverse=True
    )


@pytest.mark.django_db
def test_new_today_begins_at_midnight_here(cafe: Any, at: datetime) -> None:
    midnight = at.replace(hour=0, minute=0)
    for published in (midnight, midnight - timedelta(minutes=1), at - timedelta(days=4)):
        factories.vacancy(cafe, "店员", at=at, state="published", published_at=published)
    today = figures.today(at)
    assert (today.new_today, today.new_this_week, today.open_vacancies) == (1, 2, 3)


@pytest.mark.django_db
def test_no_vacancies_make_noughts_and_no_medians(at: datetime) -> None:
    today = figures.today(at)
    assert (today.open_vacancies, today.openings, today.employers) == (0, 0, 0)
    assert today.pay_median_fen is None and today.industries == () and today.newest() == []


@pytest.mark.django_db
def test_a_ratio_over_nothing_is_a_dash(at: datetime) -> None:
    shown = {kpi.id: kpi.shown() for kpi in kpis.all_of(NOVEMBER)}
    assert shown["K03"] == shown["K08"] == shown["K09"] == shown["K10"] == "—"
    assert shown["K01"] == shown["K02"] == "0"


@pytest.mark.django_db
def test_demand_over_seekers_is_the_ratio(cafe: Any, li: Any, zhou: Any, at: datetime) -> None:
    factories.vacancy(cafe, "咖啡师", at=at, state="published", openings=5)
    factories.vacancy(
        cafe, "旧岗", at=at, state="published", openings=3, published_at=at - timedelta(days=40)
    )
    assert kpis.demand(NOVEMBER).value == 8
    assert kpis.demand(NOVEMBER).parts == {"carried_over": 3, "new": 5}
    assert kpis.valid_seekers(NOVEMBER).value == 2
    assert kpis.ratio(NOVEMBER).value == 4.0


@pytest.mark.django_db
def test_who_was_looking_then_is_told_by_the_steps(li: Any, zhou: Any, chen: Any, at: datetime) -> None:
    li.withdraw(by=chen, at=at.replace(month=11, day=28))
    assert kpis.valid_seekers(Period(date(2026, 11, 1), date(2026, 11, 27))).value == 2
    assert kpis.valid_seekers(NOVEMBER).value == 1
    assert kpis.valid_seekers(OCTOBER).value == 0, "nobody had registered yet"


@pytest.mark.django_db
def test_review_is_timed_from_handing_in(cafe: Any, hu: Any, reviewer: Any, at: datetime) -> None:
    rows = [factories.vacancy(cafe, f"岗{n}", at=at) for n in range(3)]
    for hours, row in zip((2, 4, 9), rows, strict=True):
        row.submit(by=hu, at=at)
        if hours == 9:
            row.give_back(by=reviewer, at=at + timedelta(hours=hours), reason="请补充工作时间")
        else:
            row.publish(by=reviewer, at=at + timedelta(hours=hours))
    assert kpis.review_hours(NOVEMBER).value == 4
    turned_down = kpis.rejected(NOVEMBER)
    assert turned_down.value == pytest.approx(1 / 3)
    assert f"{turned_down.shown()}{turned_down.unit}" == "33.3%"
    assert kpis.collected(NOVEMBER).parts == {"own": 2}


@pytest.mark.django_db
def test_referrals_and_retention_come_from_what_happened(
    barista: Vacancy, li: Any, chen: Any, hu: Any, at: datetime
) -> None:
    from yuanmeng.applications.models import Referral

    referral = Referral.propose(officer=chen, seeker=li, vacancy=barista, at=at)
    referral.agree(by=chen, at=at)
    application = referral.send(by=chen, at=at, consent_text="同意", consent_version="1")
    assert (kpis.referrals(NOVEMBER).value, kpis.referral_success(NOVEMBER).value) == (1, None)
    application.offer(by=hu, at=at)
    application.hire(by=hu, at=at + timedelta(days=1))
    success = kpis.referral_success(NOVEMBER)
    assert (success.value, success.shown(), success.unit) == (1.0, "100", "%")
    Placement.objects.create(application=application, started_on=date(2026, 8, 1), by="x", at=at)
    assert kpis.retention(NOVEMBER).value == 0.0, "nobody has confirmed it yet"
    assert kpis.sent_applications(NOVEMBER).parts == {"desk": 1}
    assert Application.objects.count() == 1


@pytest.mark.django_db
def test_who_is_still_there_at_the_ninety_day_check_is_retained(
    barista: Vacancy, li: Any, chen: Any, hu: Any, at: datetime
) -> None:
    """The checks are recorded as the desk records them: through the to-dos that the hiring opened."""
    from yuanmeng.counsel import readers
    from yuanmeng.counsel.models import FollowUp

    hired = at - timedelta(days=95)
    barista.published_at, barista.valid_from = hired, hired.date()
    barista.save()
    application = Application.submit(
        seeker=li, vacancy=barista, via="desk", by=chen, at=hired, on_behalf_by=chen, consent_text="同意",
        consent_version="1",
    )  # fmt: skip
    application.hire(by=hu, at=hired)
    readers.read_news()
    early, _middle, late = FollowUp.objects.filter(kind="retention").order_by("due_on")
    early.record(by=chen, at=hired + timedelta(days=7), channel="phone", result="still_there")
    assert kpis.retention(NOVEMBER).value == 0.0, "the seventh day is not the ninetieth"
    wrong = late.record(by=chen, at=hired + timedelta(days=90), channel="phone", result="left")
    assert kpis.retention(NOVEMBER).value == 0.0
    wrong.correct(by=chen, at=at, result="still_there")
    assert kpis.retention(NOVEMBER).value == 1.0


@pytest.mark.django_db
def test_a_figure_about_few_people_is_hidden(li: Any, at: datetime) -> None:
    registrations = kpis.registrations(NOVEMBER)
    assert registrations.value == 1 and registrations.shown() == "<5"
    assert registrations.shown_parts() == {"desk": "<5"}


@given(st.dictionaries(st.text(min_size=1, max_size=4), st.integers(0, 30), max_size=6))
def test_no_hidden_part_can_be_worked_out_from_the_total(parts: dict[str, int]) -> None:
    shown = cells.shown_parts(parts)
    hidden = [name for name, value in shown.items() if value in {cells.HIDDEN, cells.HELD_BACK}]
    assert all(parts[name] >= cells.LEAST for name, value in shown.items() if value == cells.HELD_BACK)
    assert all(shown[name] == cells.HIDDEN for name, count in parts.items() if 0 < count < cells.LEAST)
    others = [name for name, count in parts.items() if count and name not in hidden]
    assert len(hidden) != 1 or not others, "one hidden part is the total minus the others"


@given(st.integers(0, 10_000))
def test_public_figures_about_persons_are_multiples_of_five(count: int) -> None:
    assert cells.rounded(count) % 5 == 0
    assert abs(cells.rounded(count) - count) <= 2

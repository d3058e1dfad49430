"""A batch can be taken back: what it changed is as before, what it made is gone, what was touched stays."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any, BinaryIO

import pytest

from tests.nouns.intake_files import CAFE, FIRM_TITLES, SEEKER_TITLES, firm, seeker, vacancy, workbook
from yuanmeng.core.errors import MoveRefused
from yuanmeng.intake.admit import commit, preview
from yuanmeng.intake.models import Batch, State
from yuanmeng.intake.rollback import rollback
from yuanmeng.organisations.models import Organisation
from yuanmeng.people.models import Consent, Person
from yuanmeng.places.models import Place
from yuanmeng.seekers.models import Seeker
from yuanmeng.vacancies.models import Vacancy

pytestmark = pytest.mark.django_db


@pytest.fixture
def take(chen: Any, at: datetime) -> Callable[..., Batch]:
    def take_it(file: BinaryIO, kind: str = "vacancies", **facts: Any) -> Batch:
        return commit(
            preview(file, name="a.xlsx", kind=kind, source="街道", by=chen, at=at), by=chen, at=at, **facts
        )

    return take_it


def test_new_drafts_disappear_with_the_firm_they_brought(
    take: Callable[..., Batch], chen: Any, at: datetime
) -> None:
    places = Place.objects.count()
    batch = take(workbook(vacancy(), vacancy(编号="T-2", 岗位名称="店长")))
    told = rollback(batch, by=chen, at=at)
    assert (told.undone, told.stayed) == (2, [])
    assert not Vacancy.objects.exists() and not Organisation.objects.filter(name=CAFE).exists()
    assert Place.objects.count() == places
    assert batch.state == State.ROLLED_BACK


def test_after_it_the_same_file_is_new_again(take: Callable[..., Batch], chen: Any, at: datetime) -> None:
    rollback(take(workbook(vacancy())), by=chen, at=at)
    assert take(workbook(vacancy())).admitted == 1


def test_a_changed_vacancy_is_as_before(take: Callable[..., Batch], chen: Any, at: datetime) -> None:
    take(workbook(vacancy()))
    batch = take(
        workbook(vacancy(薪资待遇="9000-9900元/月", 工作地点="长宁区天山路100号", 有效期至="2027-03-01"))
    )
    rollback(batch, by=chen, at=at)
    row = Vacancy.objects.select_related("place").get()
    assert (row.pay_min_fen, str(row.valid_until)) == (650_000, "2027-01-20")
    assert row.place is not None and row.place.address == "长宁区娄山关路500号"


def test_new_and_changed_in_one_file_go_back_both(
    take: Callable[..., Batch], chen: Any, at: datetime
) -> None:
    batch = take(workbook(vacancy(), vacancy(薪资待遇="9000元/月")))
    assert (batch.admitted, batch.updated) == (1, 1)
    told = rollback(batch, by=chen, at=at)
    assert (told.undone, Vacancy.objects.count()) == (2, 0)


def test_what_somebody_worked_on_stays_and_is_named(
    take: Callable[..., Batch], chen: Any, at: datetime
) -> None:
    batch = take(workbook(vacancy(), vacancy(编号="T-2", 岗位名称="店长")))
    Vacancy.objects.get(external_id="T-1").change(by=chen, at=at + timedelta(hours=1), openings=7)
    told = rollback(batch, by=chen, at=at + timedelta(hours=2))
    assert [(row["line"], row["why"]) for row in told.stayed] == [(2, "touched")]
    assert Vacancy.objects.get().openings == 7
    assert Organisation.objects.filter(name=CAFE).exists()


def test_a_published_vacancy_is_withdrawn_and_its_key_is_free(
    take: Callable[..., Batch], cafe: Any, chen: Any, reviewer: Any, at: datetime
) -> None:
    batch = take(workbook(vacancy(单位名称=cafe.name)), publish_by=reviewer)
    rollback(batch, by=chen, at=at)
    row = Vacancy.objects.get()
    assert (row.state, row.close_reason, row.external_id) == ("closed", "withdrawn", "")
    assert take(workbook(vacancy(单位名称=cafe.name))).admitted == 1


def test_a_vacancy_somebody_applied_for_stays(
    take: Callable[..., Batch], cafe: Any, chen: Any, reviewer: Any, li: Any, at: datetime
) -> None:
    from yuanmeng.applications.models import Application

    batch = take(workbook(vacancy(单位名称=cafe.name)), publish_by=reviewer)
    row = Vacancy.objects.get()
    consent = Consent.objects.create(
        person=li.person, purpose="send_to_employer", text_version="1", channel="desk", given_at=at
    )
    Application.objects.create(
        seeker=li, vacancy=row, via="desk", consent=consent, snapshot={}, number="A1", submitted_at=at
    )
    told = rollback(batch, by=chen, at=at)
    assert [kept["why"] for kept in told.stayed] == ["in_use"]
    row.refresh_from_db()
    assert row.state == "published"


def test_it_cannot_be_done_twice(take: Callable[..., Batch], chen: Any, at: datetime) -> None:
    batch = take(workbook(vacancy()))
    rollback(batch, by=chen, at=at)
    with pytest.raises(MoveRefused):
        rollback(batch, by=chen, at=at)


def test_people_go_back_too(take: Callable[..., Batch], chen: Any, at: datetime) -> None:
    batch = take(workbook(seeker(), titles=SEEKER_TITLES), "seekers")
    rollback(batch, by=chen, at=at)
    assert not Person.objects.exists() and not Seeker.objects.exists()


def test_somebody_who_claimed_the_file_stays(take: Callable[..., Batch], chen: Any, at: datetime) -> None:
    from tests import factories

    batch = take(workbook(seeker(), titles=SEEKER_TITLES), "seekers")
    factories.user("li", "李秀芳", at=at, person=Person.objects.get())
    told = rollback(batch, by=chen, at=at)
    assert [kept["why"] for kept in told.stayed] == ["in_use"]
    assert Seeker.objects.count() == 1


def test_organisations_go_back_too(take: Callable[..., Batch], cafe: Any, chen: Any, at: datetime) -> None:
    rows = [
        firm(),
        firm(单位编号="DW-2", 单位名称=cafe.name, 统一社会信用代码=cafe.uscc, 单位规模="100-499人"),
    ]
    batch = take(workbook(*rows, titles=FIRM_TITLES), "organisations")
    assert (batch.admitted, batch.updated) == (1, 1)
    cafe.refresh_from_db()
    assert cafe.size == "100-499人"
    rollback(batch, by=chen, at=at)
    cafe.refresh_from_db()
    assert cafe.size == ""
    assert not Organisation.objects.filter(name=CAFE).exists()


def test_what_a_row_changed_cannot_be_taken_back_once_its_words_are_forgotten(
    take: Callable[..., Batch], chen: Any, at: datetime
) -> None:
    take(workbook(vacancy()))
    batch = take(workbook(vacancy(薪资待遇="9000-9900元/月")))
    batch.rows.all().forget_words(made_before=at + timedelta(days=90))
    told = rollback(batch, by=chen, at=at + timedelta(days=90))
    assert (told.undone, [one["why"] for one in told.stayed]) == (0, ["forgotten"])
    assert Vacancy.objects.get().pay_min_fen == 900_000

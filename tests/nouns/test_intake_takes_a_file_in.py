"""A file is looked at before anything is written, then taken in; the same file again changes nothing."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any, BinaryIO

import pytest

from tests import factories
from tests.nouns.intake_files import CAFE, lines, vacancy, workbook
from tests.nouns.test_intake_refuses_hostile_files import HOSTILE
from yuanmeng.core.models import EventRow
from yuanmeng.intake.admit import ImportRefused, commit, preview
from yuanmeng.intake.models import Batch, BatchRow, SourceKey, State
from yuanmeng.intake.reasons import Note, Reason
from yuanmeng.intake.sentences import NOTES, REASONS
from yuanmeng.organisations.models import Organisation
from yuanmeng.vacancies.models import State as VacancyState
from yuanmeng.vacancies.models import Vacancy

pytestmark = pytest.mark.django_db


@pytest.fixture
def look(chen: Any, at: datetime) -> Callable[..., Batch]:
    """Preview a file as 陈老师."""

    def preview_it(file: BinaryIO, name: str = "岗位.xlsx", source: str = "街道", **facts: Any) -> Batch:
        return preview(file, name=name, kind="vacancies", source=source, by=chen, at=at, **facts)

    return preview_it


@pytest.fixture
def take(look: Callable[..., Batch], chen: Any, at: datetime) -> Callable[..., Batch]:
    """Preview a file and take it in."""

    def take_it(file: BinaryIO, name: str = "岗位.xlsx", source: str = "街道", **facts: Any) -> Batch:
        return commit(look(file, name, source), by=chen, at=at, **facts)

    return take_it


def test_a_preview_writes_nothing_but_the_batch(look: Callable[..., Batch]) -> None:
    batch = look(workbook(vacancy(), vacancy(编号="T-2", 薪资待遇="一大笔")))
    assert (batch.state, batch.admitted, batch.refused, batch.total) == (State.PREVIEWED, 1, 1, 2)
    assert not Vacancy.objects.exists()
    assert not Organisation.objects.filter(name=CAFE).exists()


def test_a_commit_makes_a_draft_with_everything_the_row_said(take: Callable[..., Batch]) -> None:
    take(workbook(vacancy()))
    row = Vacancy.objects.select_related("organisation", "place").get()
    assert (row.state, row.source_name, row.external_id) == (VacancyState.DRAFT, "街道", "T-1")
    assert (row.organisation.name, row.organisation.state) == (CAFE, "unverified")
    assert (row.pay_min_fen, row.pay_max_fen, row.pay_unit) == (650_000, 850_000, "month")
    assert (row.openings, row.experience_min_years, row.education) == (2, 1, None)
    assert row.title_normal == "咖啡师"
    assert row.occupation_code.startswith("4-03")
    assert row.place is not None and row.place.precision in ("street", "point")
    assert row.place.area_code.startswith("310105")


def test_news_is_written_for_the_rooms_above(take: Callable[..., Batch]) -> None:
    take(workbook(vacancy(), vacancy(编号="T-2", 岗位名称="收银员", 岗位描述="收银")))
    kinds = list(EventRow.objects.filter(noun__in=["vacancy", "organisation"]).values_list("kind", flat=True))
    assert kinds.count("vacancy.drafted") == 2
    assert kinds.count("organisation.found") >= 1


def test_the_same_file_again_changes_nothing(take: Callable[..., Batch]) -> None:
    rows = [vacancy(编号=f"T-{n}", 岗位名称=f"咖啡师{n}号店") for n in range(5)]
    take(workbook(*rows))
    again = take(workbook(*reversed(rows)))
    assert (again.admitted, again.updated, again.skipped) == (0, 0, 5)
    assert Vacancy.objects.count() == 5


def test_the_same_key_with_new_words_updates(take: Callable[..., Batch]) -> None:
    take(workbook(vacancy()))
    take(workbook(vacancy(薪资待遇="7000-9000元/月", 招聘人数="5")))
    row = Vacancy.objects.get()
    assert (row.pay_min_fen, row.openings, row.version) == (700_000, 5, 2)
    assert EventRow.objects.filter(kind="vacancy.changed").exists()


def test_a_column_the_file_has_not_is_left_alone(take: Callable[..., Batch]) -> None:
    take(workbook(vacancy()))
    take(workbook(["T-1", CAFE, "咖啡师", "7000-9000元/月"], titles=["编号", "单位名称", "岗位名称", "薪资"]))
    row = Vacancy.objects.get()
    assert (row.pay_min_fen, row.openings, row.content) == (700_000, 2, "制作咖啡，收银，保持吧台整洁。")


def test_a_key_counts_inside_its_source(take: Callable[..., Batch]) -> None:
    take(workbook(vacancy()))
    other = take(workbook(vacancy(岗位名称="店长", 岗位描述="管店")), source="人才市场")
    assert other.admitted == 1
    assert Vacancy.objects.count() == 2


def test_another_key_with_the_same_words_waits_for_a_person(take: Callable[..., Batch]) -> None:
    take(workbook(vacancy()))
    again = take(workbook(vacancy(编号="T-9")))
    assert (again.admitted, again.quarantined) == (0, 1)
    assert again.rows.waiting().get().object_uid == Vacancy.objects.get().uid


def test_a_file_without_keys_can_come_again(take: Callable[..., Batch]) -> None:
    titles = ["岗位名称", "单位名称", "薪资", "区"]
    rows = [
        ["店员", CAFE, "5000-6000", "长宁区"],
        ["店员", CAFE, "5000-6000", "静安区"],
        ["店长", CAFE, "面议", "长宁区"],
    ]
    take(workbook(*rows, titles=titles))
    again = take(workbook(*reversed(rows), titles=titles))
    assert (again.admitted, again.skipped) == (0, 3)


def test_a_second_row_without_key_and_with_other_pay_waits(take: Callable[..., Batch]) -> None:
    titles = ["岗位名称", "单位名称", "薪资", "区"]
    rows = [["店员", CAFE, "5000-6000", "长宁区"], ["店员", CAFE, "7000-8000", "长宁区"]]
    first = take(workbook(*rows, titles=titles))
    assert (first.admitted, first.quarantined) == (1, 1)
    again = take(workbook(*reversed(rows), titles=titles))
    assert (again.admitted, again.updated, again.quarantined, again.skipped) == (0, 0, 0, 2)


def test_an_employer_is_found_by_code_or_by_name(take: Callable[..., Batch], cafe: Any) -> None:
    take(
        workbook(
            vacancy(单位名称="另一种写法（示例）", 统一社会信用代码=cafe.uscc),
            vacancy(编号="T-2", 岗位名称="店长", 单位名称=f" {cafe.name} "),
        )
    )
    assert set(Vacancy.objects.values_list("organisation", flat=True)) == {cafe.pk}


def test_two_firms_of_one_name_and_two_codes_stay_two(take: Callable[..., Batch], cafe: Any) -> None:
    take(workbook(vacancy(单位名称=cafe.name, 统一社会信用代码=factories.demo_uscc(99_000))))
    assert Organisation.objects.filter(name=cafe.name).count() == 2


def test_a_contradicting_district_leaves_the_place_open(take: Callable[..., Batch]) -> None:
    batch = take(workbook(vacancy(工作地点="上海市天河区")))
    assert Vacancy.objects.get().place is None
    assert batch.report["findings"]["place_contradiction"] == 1


def test_a_trusted_batch_goes_through_the_gate(take: Callable[..., Batch], cafe: Any, reviewer: Any) -> None:
    good = vacancy(单位名称=cafe.name)
    held = vacancy(编号="T-2", 岗位名称="收银员", 单位名称=cafe.name, 任职要求="限女性，35岁以下")
    gap = vacancy(编号="T-3", 岗位名称="店长", 单位名称=cafe.name, 薪资待遇="面议")
    stranger = vacancy(编号="T-4", 岗位名称="经理")
    batch = take(workbook(good, held, gap, stranger), publish_by=reviewer)
    states = dict(Vacancy.objects.values_list("external_id", "state"))
    assert states == {"T-1": "published", "T-2": "draft", "T-3": "draft", "T-4": "draft"}
    assert (batch.report["published"], batch.report["held"]) == (1, 3)


def test_a_published_vacancy_that_now_breaks_a_clause_is_paused(
    take: Callable[..., Batch], cafe: Any, reviewer: Any
) -> None:
    take(workbook(vacancy(单位名称=cafe.name)), publish_by=reviewer)
    take(workbook(vacancy(单位名称=cafe.name, 任职要求="限女性，入职交押金200元")))
    assert Vacancy.objects.get().state == VacancyState.PAUSED


def test_a_closed_vacancy_is_not_woken_by_its_key(
    take: Callable[..., Batch], cafe: Any, chen: Any, reviewer: Any, at: datetime
) -> None:
    take(workbook(vacancy(单位名称=cafe.name)), publish_by=reviewer)
    Vacancy.objects.get().close("filled", by=chen, at=at)
    batch = take(workbook(vacancy(单位名称=cafe.name, 招聘人数="9")))
    assert (batch.updated, batch.refused) == (0, 1)
    assert batch.rows.get().reason == Reason.CLOSED


def test_a_commit_that_was_interrupted_goes_on(
    look: Callable[..., Batch], chen: Any, at: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    batch = look(workbook(*(vacancy(编号=f"T-{n}", 岗位名称=f"岗位{n}") for n in range(25))))
    monkeypatch.setattr("yuanmeng.intake.admit.CHUNK", 10)

    def pull_the_plug(done: int, total: int) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        commit(batch, by=chen, at=at, progress=pull_the_plug)
    assert Vacancy.objects.count() == 10
    seen: list[tuple[int, int]] = []
    batch = Batch.objects.get(pk=batch.pk)
    commit(batch, by=chen, at=at + timedelta(hours=1), progress=lambda *step: seen.append(step))
    assert (batch.state, Vacancy.objects.count()) == (State.COMMITTED, 25)
    assert seen == [(20, 25), (25, 25)]
    assert batch.progress == 1.0


def test_a_clash_in_the_database_holds_up_one_row_only(
    look: Callable[..., Batch], chen: Any, cafe: Any, at: datetime
) -> None:
    batch = look(workbook(vacancy(), vacancy(编号="T-2", 岗位名称="店长")))
    factories.vacancy(cafe, "先来的", at=at, source_name="街道", external_id="T-1")
    commit(batch, by=chen, at=at)
    assert (batch.admitted, batch.refused) == (1, 1)
    assert Vacancy.objects.get(external_id="T-2").title == "店长"
    assert batch.rows.coming_back().get().reason == Reason.CONFLICT


def test_two_commits_at_once_take_each_row_once(look: Callable[..., Batch], chen: Any, at: datetime) -> None:
    from yuanmeng.core.errors import MoveRefused
    from yuanmeng.intake.admit import take_in

    batch = look(workbook(vacancy()))
    rows = list(batch.rows.to_take_in())
    take_in(batch, rows, by=chen, at=at)
    with pytest.raises(MoveRefused):
        take_in(batch, rows, by=chen, at=at)
    assert Vacancy.objects.count() == 1


def test_what_was_understood_is_forgotten_once_taken_in(take: Callable[..., Batch]) -> None:
    batch = take(workbook(vacancy(), vacancy(编号="T-2", 薪资待遇="一大笔")))
    taken, refused = batch.rows.order_by("id")
    assert (taken.facts, taken.as_written) == ({}, {})
    assert refused.as_written["薪资待遇"] == "一大笔"


@pytest.mark.parametrize(("make", "name", "code"), HOSTILE, ids=[f"{m.__name__}-{n}" for m, n, _ in HOSTILE])
def test_a_hostile_file_leaves_nothing_behind(
    look: Callable[..., Batch], make: Callable[[], BinaryIO], name: str, code: str
) -> None:
    with pytest.raises(ImportRefused) as refused:
        look(make(), name)
    assert refused.value.code == code
    assert str(refused.value).endswith(("。", "."))
    assert not Batch.objects.exists() and not BatchRow.objects.exists() and not SourceKey.objects.exists()


def test_a_name_that_climbs_is_only_text(look: Callable[..., Batch], chen: Any) -> None:
    batch = look(lines(vacancy()), "../../etc/cron.d/rows.csv")
    assert batch.file_name == "../../etc/cron.d/rows.csv"


def test_ten_thousand_rows_with_seven_in_a_hundred_bad(take: Callable[..., Batch]) -> None:
    """Good in, the rest named; one in ten of the size to keep the suite quick."""
    rows = [
        vacancy(编号=f"N-{n}", 岗位名称=f"岗位{n}", **({"薪资待遇": "看着给"} if n % 100 < 7 else {}))
        for n in range(1000)
    ]
    batch = take(lines(*rows), "岗位.csv")
    assert (batch.admitted, batch.refused, batch.total) == (930, 70, 1000)
    assert {row.line for row in batch.rows.coming_back()} == {n + 2 for n in range(1000) if n % 100 < 7}


def test_every_answer_has_a_sentence() -> None:
    assert set(REASONS) == set(Reason)
    assert set(NOTES) == set(Note)

"""Rows → records: the allow-list. Changing sex, school, name or hukou words never changes anything."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import numpy as np
import pytest

from tests import factories
from yuanmeng.matching.meeting import commute_minutes
from yuanmeng.places import distance
from yuanmeng.recommend import door, records
from yuanmeng.recommend.models import KEPT_PER_SEEKER, ModelVersion, Suggestion

FORBIDDEN: list[tuple[str, dict[str, Any]]] = [
    ("person", {"sex": "1"}),
    ("person", {"sex": "2"}),
    ("person", {"name": "马回族"}),
    ("person", {"email": "nv@example.org"}),
    ("seeker", {"school": "某女子学院（示例）"}),
    ("seeker", {"channel": "disabled_persons"}),
    ("seeker", {"home_area_code": "310105006001"}),
    ("seeker", {"wanted_text": "保洁 厨房帮工，女，已婚，汉族，上海户籍，身体状况良好"}),
]


@pytest.mark.parametrize(("noun", "facts"), FORBIDDEN, ids=lambda value: str(value)[:40])
def test_what_must_not_decide_does_not(noun: str, facts: dict[str, Any], town: Any, at: datetime) -> None:
    factories.vacancy(town.cafe, "保洁员", at=at, state="published", occupation_code="4-13")
    before = suggested(town.li, at)
    row = town.li if noun == "seeker" else town.li.person
    for name, value in facts.items():
        setattr(row, name, value)
    row.save()
    assert suggested(town.li, at) == before


def test_a_resume_is_not_read(town: Any, at: datetime) -> None:
    before = records.person_of(town.li, at.date())
    town.li.write_resume("女，回族，离异，农村户口，糖尿病。数据分析师。", by=town.chen, at=at)
    assert records.person_of(town.li, at.date()) == before


def test_the_queries_do_not_even_load_them(town: Any, at: datetime) -> None:
    row = records.seekers_to_match().get(uid=town.li.uid)
    unread = row.get_deferred_fields() | row.person.get_deferred_fields()
    assert {"school", "sex", "name", "phone", "id_number", "email"} <= unread
    records.person_of(row, at.date())
    assert row.person.get_deferred_fields() >= {"sex", "name", "phone", "id_number"}


def test_age_is_a_lower_line_of_the_law(town: Any, at: datetime) -> None:
    factories.vacancy(town.cafe, "高空作业清洗工", at=at, state="published", content="高处作业，清洗外墙")
    young = factories.seeker("小林", at=at, birth_year=at.year - 18, education=6, wanted_text="清洗工")
    grown = factories.seeker("大林", at=at, birth_year=at.year - 50, education=6, wanted_text="清洗工")
    titles = [{title for title, _ in suggested(seeker, at)} for seeker in (young, grown)]
    assert "高空作业清洗工" not in titles[0]  # from the year alone the youngest possible age counts: 17
    assert "高空作业清洗工" in titles[1]


def test_the_engine_and_the_map_agree_about_the_way(at: datetime) -> None:
    for metres in (0, 80, 650, 1_500, 4_000, 12_000, 40_000):
        engine = float(commute_minutes(np.array([metres], np.float32))[0])
        assert 0 <= distance.commute_minutes(metres) - engine < 1.001


def test_rows_that_hold_anything_are_read(town: Any, at: datetime) -> None:
    town.li.skills, town.li.shifts, town.li.certificates = "不是列表", [None, 3, "早班"], {"x": 1}
    town.li.home_lat = None
    town.li.save()
    person = records.person_of(town.li, at.date())
    assert (person.shifts, person.lon) == (("早班",), None)


def test_a_vacancy_ends_with_its_organisations_verification(town: Any, at: datetime) -> None:
    town.cafe.valid_until = at.date()
    town.cafe.save()
    town.barista.refresh_from_db()
    assert records.job_of(town.barista).closes_on == at.date()


def test_the_build_tells_its_progress_and_its_figures(town: Any, at: datetime) -> None:
    told: list[tuple[int, int]] = []
    version = door.train(at=at, progress=lambda done, of: told.append((done, of)))
    assert told[-1] == (3, 3)
    assert (version.people, version.jobs) == (2, 1)
    assert set(version.figures) == {"coverage", "gini", "congestion", "values", "answers"}
    assert version.weights["skills"][0] > 0
    assert ModelVersion.objects.latest() == version


def test_only_the_best_are_kept(town: Any, at: datetime) -> None:
    for n in range(KEPT_PER_SEEKER + 15):
        factories.vacancy(town.cafe, f"咖啡师{n}", at=at, state="published")
    for n in range(14):
        factories.seeker(f"求职者{n}", at=at, wanted_text="咖啡师", education=9)
    door.train(at=at)
    kept = Suggestion.objects.filter(seeker=town.li)
    assert KEPT_PER_SEEKER <= kept.count() < KEPT_PER_SEEKER + 16
    assert not kept.drop_crowded_out(seekers=[town.li.pk])


def suggested(seeker: Any, at: datetime) -> list[tuple[str, float]]:
    door.train(at=at)
    return [(line.vacancy.title, line.score or 0.0) for line in door.suggest_vacancies(seeker, at=at)]

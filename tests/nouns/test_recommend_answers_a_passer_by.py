"""Three answers, a list with reasons, and nothing of it anywhere."""

from __future__ import annotations

from datetime import datetime, timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from django.apps import apps

from tests import factories
from yuanmeng.recommend import door, engine, passerby, refresh
from yuanmeng.recommend.door import Answers
from yuanmeng.recommend.models import ModelVersion

HERE, FAR = (121.4001, 31.2103), (121.46, 31.235)


@pytest.fixture
def street(cafe: Any, at: datetime) -> SimpleNamespace:
    near, far = factories.place("娄山关路480号", *HERE), factories.place("远处1号", *FAR)
    till = {"occupation_code": "4-01", "content": "收银理货", "requirements": ""}
    made = {
        "near": factories.vacancy(cafe, "咖啡师", at=at, state="published", place=near),
        "far": factories.vacancy(cafe, "远处咖啡师", at=at, state="published", place=far),
        "poor": factories.vacancy(cafe, "帮厨", at=at, state="published", place=near, pay_min_fen=300_000,
                                  pay_max_fen=350_000),
        "till": factories.vacancy(cafe, "收银员", at=at, state="published", place=near, **till),
    }  # fmt: skip
    return SimpleNamespace(**made, at=at, cafe=cafe)


def titles(street: Any, **said: Any) -> list[str]:
    lon, lat = HERE
    lines = door.suggest_for(Answers(lon=lon, lat=lat, **said), at=street.at)
    return [line.vacancy.title for line in lines]


def test_the_kind_of_work_and_the_way_make_the_order(street: Any) -> None:
    found = titles(street, occupations=("4-03",))
    assert set(found[:2]) == {"咖啡师", "帮厨"}  # the same work, as near
    assert found[2] == "远处咖啡师"
    assert titles(street, occupations=("4-01",))[0] == "收银员"


def test_what_it_must_have_shuts_out_the_rest(street: Any) -> None:
    assert "帮厨" not in titles(street, occupations=("4-03",), pay_floor_fen=400_000)
    assert "远处咖啡师" not in titles(street, commute_max_minutes=15)
    assert titles(street, employment_types=("PART_TIME",)) == []


def test_each_says_why_and_speaks_of_no_home(street: Any) -> None:
    lon, lat = HERE
    line = door.suggest_for(Answers(("4-03",), lon, lat, pay_floor_fen=400_000), at=street.at)[0]
    assert line.reasons
    assert not line.is_personal
    assert not any("家" in reason for reason in line.reasons)
    assert any("步行" in reason for reason in line.reasons)


def test_no_answer_at_all_is_answered_too(street: Any) -> None:
    assert len(door.suggest_for(Answers(), at=street.at)) == 4


def test_nothing_is_stored_and_nobody_stays_in_the_engine(street: Any) -> None:
    before = {model: model._default_manager.count() for model in apps.get_models()}
    titles(street, occupations=("4-03",))
    assert {model: model._default_manager.count() for model in apps.get_models()} == before
    assert passerby._street is not None
    assert not passerby._street.matcher.town.people.slot


def test_what_closed_since_is_not_shown_before_anybody_read_on(street: Any, hu: Any) -> None:
    assert "收银员" in titles(street)
    street.till.close("filled", by=hu, at=street.at)
    assert "收银员" not in titles(street)


def test_the_street_follows_the_reader_and_reads_only_what_changed(
    street: Any, hu: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    from yuanmeng.core import events
    from yuanmeng.recommend import records

    door.train(at=street.at)
    titles(street)
    read: list[str] = []
    real = records.job_of
    monkeypatch.setattr(records, "job_of", lambda row: read.append(row.title) or real(row))
    titles(street)
    assert read == []
    street.near.title, street.near.changed_at = "资深咖啡师", street.at + timedelta(minutes=1)
    street.near.save()
    street.far.pause(by=hu, at=street.at, reason="满")
    events.tell("vacancy.changed", street.near, by=hu, at=street.at)
    events.drain(refresh.READER, lambda row: None, kinds=refresh.KINDS)
    assert "资深咖啡师" in titles(street)
    assert read == ["资深咖啡师"]
    assert street.far.uid not in passerby._street.matcher.town.jobs.slot  # type: ignore[union-attr]


def test_another_model_serves_the_same_street(street: Any) -> None:
    before = titles(street, occupations=("4-03",))
    version = door.train(at=street.at)
    after = titles(street, occupations=("4-03",))
    assert passerby._street is not None
    assert passerby._street.version == version.uid == ModelVersion.objects.serving().uid  # type: ignore[union-attr]
    assert set(after) == set(before)
    engine.forget_learned()

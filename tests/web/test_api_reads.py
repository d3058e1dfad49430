"""The public JSON: figures, map and list tell one story; what is unchanged is not sent again."""

from __future__ import annotations

import json
from datetime import datetime
from typing import Any

import pytest
from django.utils import timezone

from tests import factories
from tests.web.api import Caller, problem

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _now(monkeypatch: pytest.MonkeyPatch, at: datetime) -> None:
    monkeypatch.setattr(timezone, "now", lambda: at)


@pytest.fixture
def street(cafe: Any, at: datetime) -> list[Any]:
    return [
        factories.vacancy(
            cafe, f"咖啡师{n}", at=at, state="published", openings=n + 1, industry_code="HI"[n % 2],
            place=factories.place(lon=121.4 + n / 1000) if n else None,
        )
        for n in range(7)
    ]  # fmt: skip


def test_figures_map_and_list_tell_one_story(street: list[Any]) -> None:
    everybody = Caller()
    figures, listed = everybody.json("/figures"), everybody.json("/vacancies?size=100")
    cells = everybody.json("/map?radius=180")
    assert figures["openings"] == listed["openings"] == cells["total_openings"] == 28
    assert figures["open_vacancies"] == listed["total"] == cells["total_vacancies"] == 7
    assert sum(i["openings"] for i in figures["industries"]) == figures["openings"]
    assert sum(cells["n"]) + cells["elsewhere_openings"] + cells["unplaced_openings"] == 28
    assert figures["unplaced_openings"] == cells["unplaced_openings"] == 1
    assert sum(i["openings"] for i in listed["items"]) == 28


def test_the_same_filters_give_the_same_sums_on_list_and_map(street: list[Any]) -> None:
    everybody = Caller()
    asked = "q=咖啡师&industry=H&pay_min=5000"
    listed, cells = everybody.json(f"/vacancies?{asked}"), everybody.json(f"/map?radius=90&{asked}")
    assert listed["total"] == cells["total_vacancies"] == 4
    assert listed["openings"] == cells["total_openings"]


def test_an_item_says_pay_place_and_way_but_no_contact(barista: Any) -> None:
    barista.contact_name, barista.contact_phone = "王女士", "12087654321"
    barista.save()
    whole = Caller().get(f"/vacancies/{barista.uid}?from=121.40,31.21").content.decode()
    assert "12087654321" not in whole and "王女士" not in whole
    item = Caller().json("/vacancies?from=121.40,31.21")["items"][0]
    assert item["pay"] == "6500–8500元/月" or "6500" in item["pay"]
    assert item["walk_minutes"] == json.loads(whole)["walk_minutes"] > 0
    assert item["url"] == f"/vacancies/{barista.uid}/"


def test_one_vacancy_comes_as_a_job_posting(barista: Any) -> None:
    posting = Caller().json(f"/vacancies/{barista.uid}")["job_posting"]
    assert posting["@type"] == "JobPosting"
    assert {"validThrough", "baseSalary", "totalJobOpenings"} <= set(posting)


def test_unknown_drafted_closed_and_expired_are_one_404(cafe: Any, hu: Any, at: datetime) -> None:
    draft = factories.vacancy(cafe, "草稿", at=at)
    closed = factories.vacancy(cafe, "已关", at=at, state="closed")
    old = factories.vacancy(cafe, "过期", at=at, state="published", valid_until=at.date().replace(day=24))
    uids = [draft.uid, closed.uid, old.uid, "0" * 32, "x"]
    answers = [Caller().get(f"/vacancies/{uid}") for uid in uids]
    assert {answer.content for answer in answers} == {answers[0].content}
    problem(answers[0], 404, "not_found")


@pytest.mark.parametrize(
    "path", ["/figures", "/map", "/map?radius=180", "/map.geojson", "/vacancies?q=咖啡", "/vacancies/{uid}"]
)
def test_what_is_unchanged_is_not_sent_again(
    barista: Any, hu: Any, at: datetime, path: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = path.replace("{uid}", barista.uid)
    first = Caller().get(path)
    monkeypatch.setattr(timezone, "now", lambda: at.replace(minute=5))
    second = Caller().get(path, **{"If-None-Match": first["ETag"]})
    assert second.status_code == 304 and not second.content
    barista.change(by=hu, at=at, title="咖啡师傅", openings=5, pay_max_fen=990_000)
    assert Caller().get(path, **{"If-None-Match": first["ETag"]}).status_code == 200


def test_geojson_holds_closed_rings_in_the_system_asked_for(street: list[Any]) -> None:
    plain, shifted = Caller().json("/map.geojson"), Caller().json("/map.geojson?crs=gcj02")
    assert plain["type"] == "FeatureCollection" and plain["features"]
    for here, there in zip(plain["features"], shifted["features"], strict=True):
        ring, moved = here["geometry"]["coordinates"][0], there["geometry"]["coordinates"][0]
        assert ring[0] == ring[-1]
        # GCJ-02 lies about 443 m east and 205 m south here.
        assert 0.004 < moved[0][0] - ring[0][0] < 0.005
        assert -0.0025 < moved[0][1] - ring[0][1] < -0.0015
    assert sum(f["properties"]["openings"] for f in plain["features"]) == sum(Caller().json("/map")["n"])
    problem(Caller().get("/map.geojson?crs=bd09"), 422, "bad_query")


def test_the_feed_gives_every_open_vacancy_and_says_that_it_is_whole(street: list[Any], at: datetime) -> None:
    answer = Caller().get("/feed/snapshot")
    lines = [json.loads(line) for line in b"".join(answer.streaming_content).splitlines()]
    assert answer["Content-Type"] == "application/x-ndjson"
    assert {line["identifier"]["value"] for line in lines[:-1]} == {row.uid for row in street}
    assert lines[-1]["end"] is True and lines[-1]["count"] == 7


def test_labels_come_in_the_readers_language(barista: Any) -> None:
    chinese = Caller().json("/vacancies")["facets"]["industry"][0]["label"]
    english = Caller().json("/vacancies?lang=en")["facets"]["industry"][0]["label"]
    assert chinese == "住宿和餐饮业" and english.isascii()


@pytest.mark.parametrize(
    ("path", "field"),
    [
        ("/vacancies?ordering=id_number", "ordering"), ("/vacancies?page=0", "page"),
        ("/map?radius=91", "radius"),
        ("/vacancies?size=1000000000", "size"), ("/vacancies?from=999,1", "from"), ("/map?q=%00", "q"),
    ],
)  # fmt: skip
def test_a_parameter_that_makes_no_sense_is_named(path: str, field: str) -> None:
    assert problem(Caller().get(path), 422)["field"] == field


def test_a_page_of_twenty_costs_few_queries(street: list[Any], django_assert_max_num_queries: Any) -> None:
    Caller().json("/vacancies")
    with django_assert_max_num_queries(8):
        Caller().json("/vacancies?q=咖啡")


def test_lists_are_bounded(cafe: Any, at: datetime) -> None:
    for n in range(25):
        factories.vacancy(cafe, f"店员{n}", at=at, state="published")
    assert len(Caller().json("/vacancies")["items"]) == 20
    assert len(Caller().json("/figures")["newest"]) == 12

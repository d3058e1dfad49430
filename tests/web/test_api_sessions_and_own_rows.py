"""Signing in, applying and reading one's own: nobody sees a row of somebody else."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import pytest
from django.utils import timezone

from tests import factories
from tests.web.api import Caller, problem
from yuanmeng.applications.models import Application

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _now(monkeypatch: pytest.MonkeyPatch, at: datetime) -> None:
    monkeypatch.setattr(timezone, "now", lambda: at)


@pytest.fixture
def li_user(li: Any, at: datetime) -> Any:
    return factories.user("li", "李秀芳", at=at, person=li.person)


def test_a_visitor_is_told_so_and_gets_a_token() -> None:
    told = Caller().json("/session")
    assert told["roles"] == ["visitor"] and not told["signed_in"] and told["csrf_token"]


def test_a_recruiter_signs_in_and_out_by_json(hu: Any, cafe: Any) -> None:
    caller = Caller()
    answer = caller.post("/session", {"username": "hu", "password": factories.PASSWORD})
    assert answer.status_code == 201 and "no-store" in answer["Cache-Control"]
    assert answer.json()["roles"] == ["recruiter"] and answer.json()["organisations"] == [cafe.uid]
    assert caller.send("DELETE", "/session").status_code == 204
    assert caller.json("/session")["roles"] == ["visitor"]


def test_a_form_signs_in_as_well(hu: Any) -> None:
    caller = Caller()
    body = f"username=hu&password={factories.PASSWORD}"
    answer = caller.post("/session", body, **{"Content-Type": "application/x-www-form-urlencoded"})
    assert answer.status_code == 201, answer.content


def test_a_wrong_password_says_nothing_about_which_part(hu: Any) -> None:
    wrong = Caller().post("/session", {"username": "hu", "password": "no"})
    nobody = Caller().post("/session", {"username": "nobody", "password": "no"})
    assert problem(wrong, 401) == problem(nobody, 401)


def test_staff_need_their_second_factor(chen: Any) -> None:
    problem(Caller().post("/session", {"username": "chen", "password": factories.PASSWORD}), 401)


def test_one_applies_once_however_often_one_taps(li_user: Any, barista: Any) -> None:
    caller = Caller(li_user)
    assert "梧桐咖啡" in caller.json(f"/vacancies/{barista.uid}/consent")["text"]
    taps = [
        caller.post("/applications", {"vacancy": barista.uid, "consent": True}, **{"Idempotency-Key": "tap"})
        for _n in range(3)
    ]
    assert [tap.status_code for tap in taps] == [201, 201, 201]
    assert len({tap.content for tap in taps}) == 1
    assert "Idempotent-Replay" not in taps[0] and taps[1]["Idempotent-Replay"] == "true"
    assert Application.objects.count() == 1
    problem(caller.post("/applications", {"vacancy": barista.uid, "consent": True}), 409, "duplicate")


def test_a_used_key_with_other_content_is_refused(
    li_user: Any, barista: Any, cafe: Any, at: datetime
) -> None:
    other = factories.vacancy(cafe, "店员", at=at, state="published")
    caller, key = Caller(li_user), {"Idempotency-Key": "tap"}
    caller.post("/applications", {"vacancy": barista.uid, "consent": True}, **key)
    answer = caller.post("/applications", {"vacancy": other.uid, "consent": True}, **key)
    problem(answer, 422, "idempotency_mismatch")


def test_nothing_is_sent_without_consent(li_user: Any, barista: Any) -> None:
    answer = Caller(li_user).post("/applications", {"vacancy": barista.uid, "consent": False})
    assert problem(answer, 422)["field"] == "consent"
    assert not Application.objects.exists()


def test_who_is_new_says_who_they_are(barista: Any, at: datetime) -> None:
    newcomer = factories.user("new", "新人", at=at)
    newcomer.set_phone("12000009999")
    newcomer.save()
    body = {"vacancy": barista.uid, "consent": True}
    assert problem(Caller(newcomer).post("/applications", body), 422)["field"] == "name"
    body |= {"name": "张小明", "birth_year": 2001, "education": 6}
    assert Caller(newcomer).post("/applications", body).status_code == 201


def test_one_reads_and_takes_back_ones_own(li_user: Any, barista: Any) -> None:
    caller = Caller(li_user)
    uid = caller.post("/applications", {"vacancy": barista.uid, "consent": True}).json()["uid"]
    listed = caller.json("/me/applications")
    assert listed["total"] == 1 and listed["items"][0]["uid"] == uid
    assert caller.post(f"/me/applications/{uid}/withdrawal").json()["state"] == "withdrawn"
    problem(caller.post(f"/me/applications/{uid}/withdrawal"), 409, "move_refused")


def test_nobody_reads_or_takes_back_anothers(li_user: Any, zhou: Any, barista: Any, at: datetime) -> None:
    uid = Caller(li_user).post("/applications", {"vacancy": barista.uid, "consent": True}).json()["uid"]
    other = Caller(factories.user("zhou", "周晓晨", at=at, person=zhou.person))
    unknown = other.get("/me/applications/" + "0" * 32)
    assert other.get(f"/me/applications/{uid}").content == unknown.content
    problem(other.post(f"/me/applications/{uid}/withdrawal"), 404)
    assert other.json("/me/applications")["total"] == 0
    assert Application.objects.get().state == "submitted"


def test_who_wants_no_recommendations_gets_none(li: Any, li_user: Any, barista: Any, at: datetime) -> None:
    li.set_recommendations(False, by=li_user, at=at)
    told = Caller(li_user).json("/me/suggestions")
    assert told["recommendations_on"] is False and told["items"] == []


def test_what_is_ones_own_is_kept_by_no_cache(li_user: Any) -> None:
    assert "no-store" in Caller(li_user).get("/me/applications")["Cache-Control"]

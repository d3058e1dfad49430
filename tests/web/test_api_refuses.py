"""What the API does not do, it says: as a problem, in a sentence, without a word about its inside."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import pytest
from django.db import OperationalError
from django.test import Client
from django.utils import timezone

from tests import factories
from tests.web.api import Caller, problem

pytestmark = pytest.mark.django_db
POSTING = {"source": "s", "external_ref": "1", "title": "店员"}


@pytest.fixture(autouse=True)
def _now(monkeypatch: pytest.MonkeyPatch, at: datetime) -> None:
    monkeypatch.setattr(timezone, "now", lambda: at)


def test_an_unknown_address_is_a_problem_and_no_page() -> None:
    problem(Caller().get("/nowhere"), 404, "not_found")
    problem(Client().get("/api/v2/vacancies"), 404, "not_found")


def test_somebody_not_signed_in_is_asked_to_not_redirected() -> None:
    for path in ("/me/applications", "/me/suggestions"):
        problem(Caller().get(path), 401, "not_signed_in")
    problem(Caller().post("/vacancies", POSTING), 401, "not_signed_in")


def test_forbidden_looks_like_unknown(li: Any, hu: Any, chen: Any, at: datetime) -> None:
    seeker = factories.user("li", "李秀芳", at=at, person=li.person)
    unknown = Caller(seeker).get("/nowhere").content
    assert Caller(seeker).post("/vacancies", POSTING).content == unknown
    assert Caller(chen).post("/vacancies", POSTING).content == unknown
    assert Caller(hu).get("/me/applications").content == unknown


def test_an_unsafe_call_without_the_form_token_is_refused(hu: Any) -> None:
    problem(Caller(hu).send("POST", "/vacancies", POSTING, token=False), 403, "csrf")


def test_a_wrong_token_is_refused_and_a_right_one_ignores_cookies(hu: Any, at: datetime) -> None:
    problem(Caller().get("/figures", Authorization="Bearer " + "0" * 64), 401)
    _device, token = factories.device("wall", at=at)
    told = Caller(hu).get("/session", Authorization=f"Bearer {token}").json()
    assert told["roles"] == ["screen"] and told["signed_in"] is False


@pytest.mark.parametrize(
    "body",
    ["[" * 100_000, '{"a":' * 50_000, "{", b"\xff\xfe", '{"openings": NaN}', '{"openings": Infinity}'],
)
def test_a_body_that_cannot_be_read_is_400(hu: Any, body: Any) -> None:
    problem(Caller(hu).post("/vacancies", body), 400, "unreadable")


def test_json_comes_as_json(hu: Any) -> None:
    for kind in ("text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x"):
        problem(Caller(hu).post("/vacancies", "{}", **{"Content-Type": kind}), 415)


def test_a_body_that_is_too_large_is_413(hu: Any) -> None:
    problem(Caller(hu).post("/vacancies", {**POSTING, "content": "长" * 1_000_000}), 413)


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"title": ""}, "title"), ({"openings": 2**63}, "openings"), ({"openings": "many"}, "openings"),
        ({"pay_min_fen": -1}, "pay_min_fen"), ({"role": "manager"}, "role"),
        ({"state": "published"}, "state"),
        ({"pay_min_fen": 2, "pay_max_fen": 1}, "pay_max_fen"), ({"pay_unit": "week"}, "pay_unit"),
        ({"valid_from": "2026-12-02", "valid_until": "2026-12-01"}, "valid_until"),
        ({"tags": ["x" * 31]}, "tags.0"), ({"source": "a b"}, "source"),
    ],
)  # fmt: skip
def test_content_that_does_not_fit_is_named(hu: Any, wrong: dict[str, Any], field: str) -> None:
    assert problem(Caller(hu).post("/vacancies", {**POSTING, **wrong}), 422)["field"] == field


def test_a_method_an_address_does_not_take_is_405() -> None:
    answer = Caller().send("DELETE", "/figures")
    problem(answer, 405)
    assert "GET" in answer["Allow"]


def test_head_answers_like_get(barista: Any) -> None:
    answer = Client().head("/api/v1/figures")
    assert answer.status_code == 200 and answer["ETag"]


def test_a_database_that_is_away_is_said_to_be_busy(barista: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    def away(*args: Any, **kwargs: Any) -> Any:
        raise OperationalError("database is locked: /secret/path")

    monkeypatch.setattr("yuanmeng.web.api.figures.oversight.today", away)
    answer = Caller().get("/figures")
    problem(answer, 503, "busy")
    assert answer["Retry-After"] and b"secret" not in answer.content


def test_a_surprise_is_logged_and_tells_nothing(monkeypatch: pytest.MonkeyPatch, caplog: Any) -> None:
    def broken(*args: Any, **kwargs: Any) -> Any:
        raise KeyError("secret")

    monkeypatch.setattr("yuanmeng.web.api.figures.oversight.today", broken)
    answer = Caller().get("/figures")
    problem(answer, 500, "broken")
    assert b"secret" not in answer.content and "secret" in caplog.text


def test_too_many_requests_of_one_address_wait(settings: Any) -> None:
    settings.LIMITS = {"pages": 3}
    calls = [Client(REMOTE_ADDR="198.51.100.7").get("/api/v1/nowhere") for _n in range(4)]
    assert [c.status_code for c in calls] == [404, 404, 404, 429]
    problem(calls[-1], 429, "too_many")
    assert 0 < int(calls[-1]["Retry-After"]) <= 60
    assert Client(REMOTE_ADDR="198.51.100.8").get("/api/v1/nowhere").status_code == 404

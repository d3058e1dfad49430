"""The OpenAPI document says of every operation who may, whose rows, and whether again is harmless."""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.test import Client

from tests.conftest import PROJECT
from yuanmeng.organisations.models import Duty, Role
from yuanmeng.web.api.urls import api, urlpatterns

pytestmark = [pytest.mark.django_db, pytest.mark.once]
ROLES = {"*", "seeker", "kiosk", "screen", *Role.values, *Duty.values}
SCOPES = {"public", "own", "org", "assigned", "device"}


@pytest.fixture
def document() -> Any:
    return Client().get("/api/openapi.json").json()


def _operations(document: Any) -> list[tuple[str, str, Any]]:
    return [(path, method, op) for path, ops in document["paths"].items() for method, op in ops.items()]


def test_it_is_openapi_3_1(document: Any) -> None:
    assert document["openapi"].startswith("3.1")
    assert "/api/v1/vacancies" in document["paths"]


def test_every_operation_says_who_may_and_whose_rows(document: Any) -> None:
    for path, method, operation in _operations(document):
        assert set(operation["x-access"]) <= ROLES and operation["x-access"], (path, method)
        assert operation["x-object-scope"] in SCOPES, (path, method)
        assert isinstance(operation["x-idempotent"], bool), (path, method)
        assert operation["summary"].endswith("."), (path, method)


def test_errors_are_problems(document: Any) -> None:
    for path, method, operation in _operations(document):
        for status, answer in operation["responses"].items():
            if int(status) >= 400:
                assert list(answer["content"]) == ["application/problem+json"], (path, method, status)


def test_what_is_about_a_person_is_marked(document: Any) -> None:
    schemas = document["components"]["schemas"]
    assert schemas["ApplicationIn"]["properties"]["name"]["x-pii"] == "L3"
    session = document["paths"]["/api/v1/session"]["post"]["requestBody"]["content"]["application/json"]
    assert session["schema"]["properties"]["password"]["x-pii"] == "S"
    assert schemas["SessionOut"]["properties"]["csrf_token"]["x-pii"] == "S"


def test_only_whoever_may_gets_in(document: Any) -> None:
    """Every operation that is not everybody's answers 401 to somebody not signed in, GET or not."""
    for path, method, operation in _operations(document):
        if operation["x-access"] != ["*"]:
            client = Client()
            answer = client.generic(method.upper(), path.replace("{uid}", "0" * 32), "{}", "application/json")
            assert answer.status_code == 401, (path, method, answer.content)


def test_the_document_and_the_addresses_agree(document: Any) -> None:
    routes = {str(pattern.pattern) for pattern in urlpatterns if pattern.name not in {"document", "nowhere"}}
    said = {path.removeprefix("/api/").replace("{uid}", "<uid>") for path in document["paths"]}
    assert said == {route.replace("<str:uid>", "<uid>") for route in routes}


def test_every_filter_of_the_search_is_said(document: Any) -> None:
    from yuanmeng.web.api.reading import KNOWN

    said = {p["name"] for p in document["paths"]["/api/v1/vacancies"]["get"]["parameters"]}
    assert said == KNOWN - {"elder"}


def test_it_can_be_written_as_json() -> None:
    from yuanmeng.web.api.document import document_of

    assert json.dumps(document_of(api))


def test_the_reference_page_names_every_address(document: Any) -> None:
    page = (PROJECT / "docs/reference/api.md").read_text(encoding="utf-8")
    for path in document["paths"]:
        parts = [part for part in path.removeprefix("/api/v1").split("/") if part and part != "{uid}"]
        assert all(part in page for part in parts), path

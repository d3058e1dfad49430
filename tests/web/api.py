"""A caller of the API in tests: JSON in and out, the form token carried along."""

from __future__ import annotations

import json
from typing import Any

from django.http import HttpResponse
from django.test import Client


class Caller:
    """Speaks JSON to the API as one browser, the way a program would: token first, then calls."""

    def __init__(self, user: Any = None, **headers: str) -> None:
        self.client = Client(enforce_csrf_checks=True, headers=headers)
        if user is not None:
            self.client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")

    def get(self, path: str, **headers: str) -> Any:
        return self.client.get(f"/api/v1{path}", headers=headers)

    def json(self, path: str) -> Any:
        answer = self.get(path)
        assert answer.status_code == 200, answer.content.decode()
        return answer.json()

    def send(self, method: str, path: str, body: Any = None, *, token: bool = True, **headers: str) -> Any:
        if token:
            headers["X-CSRFToken"] = self.json("/session")["csrf_token"]
        data = body if isinstance(body, (str, bytes)) else json.dumps(body)
        content_type = headers.pop("Content-Type", "application/json")
        return self.client.generic(method, f"/api/v1{path}", data, content_type=content_type, headers=headers)

    def post(self, path: str, body: Any = None, **headers: str) -> Any:
        return self.send("POST", path, body, **headers)


def problem(answer: HttpResponse, status: int, code: str = "") -> dict[str, Any]:
    """This will check that an answer is a problem of this status and give its members."""
    assert answer.status_code == status, answer.content.decode()
    assert answer["Content-Type"] == "application/problem+json"
    told: dict[str, Any] = json.loads(answer.content)
    assert told["status"] == status and told["detail"]
    assert not code or told["code"] == code
    return told

"""Every answer carries the content security policy, and no page of any role holds what it would refuse."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime, timedelta
from html.parser import HTMLParser
from types import SimpleNamespace
from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from django.utils import timezone

from tests.web.test_every_role_on_every_route import ROLES, addresses, client_of, path_of
from tests.web.test_every_role_on_every_route import now as now
from tests.web.test_every_role_on_every_route import others as others
from yuanmeng.people import sessions

pytestmark = [pytest.mark.django_db, pytest.mark.once]
# Data, not script: the browser runs nothing of these.
DATA = {"application/json", "application/ld+json"}


class Refused(HTMLParser):
    """Names what `script-src 'self'` and `style-src 'self'` would not let run."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.found: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        facts = dict(attributes)
        if tag == "style" or "style" in facts:
            self.found.append(f"<{tag} style>")
        if tag == "script" and "src" not in facts and "nonce" not in facts and facts.get("type") not in DATA:
            self.found.append("<script>")
        self.found += [f"<{tag} {name}>" for name in facts if re.fullmatch(r"on[a-z]+", name)]
        for name in ("href", "action", "src", "formaction"):
            if (facts.get(name) or "").strip().lower().startswith(("javascript:", "http:", "//")):
                self.found.append(f"<{tag} {name}={facts[name]}>")


def test_the_reader_of_this_test_finds_what_it_looks_for() -> None:
    bad = (
        "<p style='x'><script>1</script><a onclick='x' href='javascript:1'><style></style><script src='//x'>"
    )
    assert len(Refused(bad).found) == 6
    assert (
        Refused("<script src='/static/a.js'></script><script type='application/json'>{}</script>").found == []
    )


@pytest.mark.parametrize("role", ROLES)
def test_no_page_holds_inline_script_or_style(role: str, others: SimpleNamespace, now: datetime) -> None:
    client, wrong = client_of(role, now), []
    for path, answer in _answers(client, others):
        if "default-src 'none'" not in answer.headers.get("Content-Security-Policy", ""):
            wrong.append(f"{path}: no policy")
        if answer.headers.get("Content-Type", "").startswith("text/html"):
            wrong += [f"{path}: {what}" for what in Refused(answer.content.decode()).found]
    assert wrong == []


def _answers(client: Client, others: SimpleNamespace) -> Iterator[tuple[str, Any]]:
    for name, pattern in addresses():
        path = path_of(name, pattern, others)
        yield path, client.get(path)
    for path in ("/nowhere/", "/login", "/static/nowhere.js"):
        yield path, client.get(path)
    yield "TRACE", client.trace("/help/")


def test_files_carry_the_policy_too(client: Client) -> None:
    files = list((settings.DIST / "assets").glob("*.css")) if settings.DIST.is_dir() else []
    if not files:
        pytest.skip("no front end has been built here")
    answer = client.get(f"/static/dist/assets/{files[0].name}")
    assert answer.status_code == 200
    assert "default-src 'none'" in answer["Content-Security-Policy"]
    answer.close()


def test_what_is_refused_is_reported_to_us_alone(client: Client) -> None:
    assert "report-uri /csp-report" in client.get("/help/")["Content-Security-Policy"]


def test_security_txt_says_whom_to_tell(
    client: Client, settings: Any, at: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(timezone, "now", lambda: at)
    settings.SECURITY_CONTACT = "mailto:security@town.example"
    settings.BASE_URL = "https://jobs.town.example"
    answer = client.get("/.well-known/security.txt")
    assert answer["Content-Type"] == "text/plain; charset=utf-8"
    lines = dict(line.split(": ", 1) for line in answer.content.decode().splitlines())
    assert lines["Contact"] == "mailto:security@town.example"
    assert lines["Preferred-Languages"] == "zh-Hans, en"
    assert lines["Canonical"] == "https://jobs.town.example/.well-known/security.txt"
    left = datetime.fromisoformat(lines["Expires"]) - at
    assert 90 < left.days < 365


def test_a_session_that_is_over_leaves_nothing_in_the_browser(
    client: Client, chen: Any, at: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    client.force_login(chen)
    session = client.session
    sessions.open_as(session, "staff", at=timezone.now() - timedelta(hours=13))
    session.set_expiry(3600)
    session.save()
    answer = client.get("/help/")
    assert "_auth_user_id" not in client.session
    assert "storage" in answer["Clear-Site-Data"]

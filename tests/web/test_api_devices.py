"""Devices pair by six digits, fetch what they show, and are believed only what they can have done."""

from __future__ import annotations

import base64
import json
import uuid
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from tests import factories
from tests.nouns import signage as hang
from tests.web.api import problem
from yuanmeng.core.actors import Told
from yuanmeng.core.models import FieldEvent
from yuanmeng.signage.models import Command, Device, Fault, Placement, UpSpan
from yuanmeng.signage.models.pairing import pair

pytestmark = pytest.mark.django_db
OFFICER = Told("user:officer")
API = "/api/v1"


@pytest.fixture
def at() -> datetime:
    return timezone.now()


class Screen:
    """One device as a caller: by its cookie, or by `Authorization`."""

    def __init__(self, token: str, uid: str, *, bearer: bool = False) -> None:
        self.uid, self.client = uid, Client(enforce_csrf_checks=True)
        if bearer:
            self.client = Client(headers={"Authorization": f"Bearer {token}"})
        else:
            self.client.cookies["device"] = token

    def get(self, path: str, **headers: str) -> Any:
        return self.client.get(f"{API}{path}", headers=headers)

    def post(self, path: str, body: Any = None, **headers: str) -> Any:
        headers = {"X-Device": self.uid, **headers}
        return self.client.post(
            f"{API}{path}", json.dumps(body or {}), content_type="application/json", headers=headers
        )


@pytest.fixture
def window(at: datetime) -> Screen:
    row, token = hang.device(at=at, site=hang.site())
    return Screen(token, row.uid)


@pytest.fixture
def placed(at: datetime) -> Placement:
    return hang.hung(hang.approved(at=at), at=at)


def play(hung: Any, at: datetime, **facts: Any) -> dict[str, Any]:
    item = hung.playlist.items.first().content.uid
    base = {
        "client_id": str(uuid.uuid4()), "seq": 1, "placement": hung.uid, "item": item,
        "started_at": (at - timedelta(minutes=1)).isoformat(), "skew_ms": 0, "shown_ms": 12_000,
        "result": "shown",
    }  # fmt: skip
    return {**base, **facts}


# --- pairing -------------------------------------------------------------------------------


def test_a_screen_is_paired_by_six_digits(at: datetime) -> None:
    client = Client(enforce_csrf_checks=True)
    opened = client.post(f"{API}/pairings", "{}", content_type="application/json")
    assert opened.status_code == 201
    code, secret = opened.json()["code"], opened.json()["secret"]
    assert len(code) == 6 and code.isdigit()

    def claim() -> Any:
        return client.post(
            f"{API}/pairings/claim", json.dumps({"secret": secret}), content_type="application/json"
        )

    assert claim().status_code == 202 and claim().json() == {"state": "waiting"}
    device = pair(code, by=OFFICER, at=at, name="展示窗一", viewing_m=3.0)
    answer = claim()
    assert answer.json() == {"device": device.uid, "kind": "window", "path": f"/windows/{device.uid}/"}
    assert answer.cookies["device"]["httponly"]
    assert client.get(f"{API}/devices/me").json()["settings"]["viewing_m"] == 3.0
    problem(claim(), 410, "gone")


def test_pairing_takes_json_only() -> None:
    form = Client(enforce_csrf_checks=True).post(f"{API}/pairings", {"a": "b"})
    problem(form, 415, "media_type")


# --- who may -------------------------------------------------------------------------------


@pytest.mark.parametrize("path", ["", "/manifest"])
def test_without_a_token_there_is_nothing(path: str, wang: Any) -> None:
    person = Client()
    person.force_login(wang, backend="django.contrib.auth.backends.ModelBackend")
    for client in (Client(), person, Client(headers={"Authorization": "Bearer wrong"})):
        problem(client.get(f"{API}/devices/me{path}"), 401)


def test_a_revoked_token_is_refused_everywhere(window: Screen, at: datetime) -> None:
    assert window.get("/devices/me").status_code == 200
    Device.objects.get().revoke(by=OFFICER, at=at)
    for path in ("/devices/me", "/devices/me/manifest"):
        problem(window.get(path), 401)
    for path in ("acks", "heartbeats", "plays", "faults", f"commands/{'0' * 32}"):
        problem(window.post(f"/devices/me/{path}"), 401)


def test_another_site_cannot_make_a_screen_speak(window: Screen) -> None:
    """The cookie alone is not enough for what changes something; a header is, and a Bearer token."""
    problem(window.post("/devices/me/heartbeats", {}, **{"X-Device": ""}), 403, "csrf")
    problem(window.post("/devices/me/heartbeats", {}, **{"X-Device": "0" * 32}), 403, "csrf")
    assert window.post("/devices/me/heartbeats").status_code == 200


def test_a_token_in_a_header_needs_no_other(at: datetime) -> None:
    row, token = hang.device(at=at)
    bearer = Screen(token, "", bearer=True)
    assert bearer.post("/devices/me/heartbeats").status_code == 200
    Device.objects.filter(pk=row.pk).update(address_range="10.9.0.0/16")
    problem(bearer.get("/devices/me"), 401)


def test_who_is_signed_in_beside_it_changes_nothing(window: Screen, wang: Any) -> None:
    window.client.force_login(wang, backend="django.contrib.auth.backends.ModelBackend")
    assert window.get("/devices/me").json()["uid"] == window.uid


def test_large_bodies_are_not_read(window: Screen) -> None:
    problem(window.post("/devices/me/heartbeats", {"picture": "x" * 300_000}), 413)


# --- the manifest --------------------------------------------------------------------------


def test_a_window_fetches_what_was_placed_and_only_once(window: Screen, placed: Placement) -> None:
    answer = window.get("/devices/me/manifest")
    made = answer.json()
    assert made["schema"] == "yuanmeng.manifest/1" and made["device"] == window.uid
    assert [item["title"] for entry in made["entries"] for item in entry["items"]] == ["本周夜市"]
    assert made["house"]["name"] == "才俊咖啡"
    assert answer["ETag"] == f'"{made["hash"]}"'
    again = window.get("/devices/me/manifest", **{"If-None-Match": answer["ETag"]})
    assert again.status_code == 304


def test_withdrawn_content_is_gone_at_the_next_ask(window: Screen, placed: Placement, at: datetime) -> None:
    before = window.get("/devices/me/manifest").json()
    placed.playlist.items.first().content.withdraw(by=hang.REVIEWER, at=at)
    after = window.get("/devices/me/manifest").json()
    assert after["entries"] == [] and after["hash"] != before["hash"]
    assert window.get("/devices/me").json()["manifest_hash"] == after["hash"]


def test_the_office_may_look_at_a_manifest(placed: Placement, subdistrict: Any, at: datetime) -> None:
    row, _token = hang.device(at=at)
    for number, (power, status) in enumerate(
        [("manager", 200), ("sysadmin", 200), ("editor", 200), ("auditor", 404), ("reviewer", 404)]
    ):
        role = power if power in {"manager", "sysadmin", "auditor"} else "staff"
        duty = power if role == "staff" else ""
        user = factories.member(f"u{number}", power, subdistrict, role=role, duty=duty, at=at)
        client = Client()
        client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
        assert client.get(f"{API}/devices/{row.uid}/manifest").status_code == status, power


# --- what it says --------------------------------------------------------------------------


def test_a_heartbeat_is_noted_and_answered(window: Screen, placed: Placement, at: datetime) -> None:
    device = Device.objects.get()
    Command.give(device, "identify", by=OFFICER, at=at)
    said = {
        "hash": "", "build": "abc", "item": None, "fps": 58.5, "heap_mb": 41, "nodes": 300, "listeners": 20,
        "viewport": [1920, 1080], "skew_ms": 120, "storage_mb": 3.5, "fault": None,
    }  # fmt: skip
    answer = window.post("/devices/me/heartbeats", said).json()
    [command] = answer["commands"]
    assert command["kind"] == "identify"
    done = window.post(f"/devices/me/commands/{command['id']}").json()
    assert done["commands"] == [] and done["manifest_hash"] == answer["manifest_hash"]
    device.refresh_from_db()
    assert device.beat["fps"] == 58.5 and device.seen_at is not None
    assert UpSpan.objects.filter(device=device).count() == 1


def test_a_picture_is_a_small_png(window: Screen) -> None:
    png = "data:image/png;base64," + base64.b64encode(b"\x89PNG\r\n\x1a\n and so on").decode()
    assert window.post("/devices/me/heartbeats", {"picture": png}).status_code == 200
    for odd in (
        "data:image/svg+xml;base64,PHN2Zz4=",
        "javascript:alert(1)",
        "data:image/png;base64,PHN2Zz4=",
    ):
        problem(window.post("/devices/me/heartbeats", {"picture": odd}), 422)
    assert Device.objects.get().picture == png


def test_only_a_manifest_it_was_given_is_acknowledged(
    window: Screen, placed: Placement, at: datetime
) -> None:
    now = at.isoformat()
    problem(window.post("/devices/me/acks", {"hash": "a" * 64, "at": now}), 422)
    made = window.get("/devices/me/manifest").json()
    assert window.post("/devices/me/acks", {"hash": made["hash"], "at": now}).status_code == 200
    assert Device.objects.get().acked_hash == made["hash"]


def test_a_play_counts_once_however_often_it_is_sent(window: Screen, placed: Placement, at: datetime) -> None:
    window.get("/devices/me/manifest")
    one, two = play(placed, at), play(placed, at, seq=2)
    first = window.post("/devices/me/plays", {"plays": [one]}).json()["answers"]
    again = window.post("/devices/me/plays", {"plays": [one, two]}).json()["answers"]
    assert [a["state"] for a in first] == ["new"]
    assert [a["state"] for a in again] == ["known", "new"]
    assert FieldEvent.objects.filter(kind="play", device=window.uid).count() == 2


def test_forged_plays_are_refused_with_a_sentence(
    window: Screen, placed: Placement, at: datetime, caplog: Any
) -> None:
    window.get("/devices/me/manifest")
    late = (at + timedelta(hours=1)).isoformat()
    forged = [
        play(placed, at, item="f" * 32),
        play(placed, at, placement="f" * 32),
        play(placed, at, started_at=late),
        play(placed, at, client_id="not-a-uuid"),
        play(placed, at, started_at=(at - timedelta(days=90)).isoformat()),
    ]
    answers = window.post("/devices/me/plays", {"plays": forged}).json()["answers"]
    assert [a["state"] for a in answers] == ["refused"] * 5 and all(a["why"] for a in answers)
    assert not FieldEvent.objects.exists()
    assert caplog.text.count("play refused") == 5


def test_a_device_cannot_report_for_another(window: Screen, placed: Placement, at: datetime) -> None:
    """A play that one device has told is refused from the next, and so is what only the other was given."""
    window.get("/devices/me/manifest")
    told = play(placed, at)
    window.post("/devices/me/plays", {"plays": [told]})
    row, token = hang.device(at=at)
    other = Screen(token, row.uid)
    assert other.post("/devices/me/plays", {"plays": [told]}).json()["answers"][0]["state"] == "refused"
    other.get("/devices/me/manifest")
    assert other.post("/devices/me/plays", {"plays": [told]}).json()["answers"][0]["state"] == "refused"


def test_too_many_at_once_are_refused(window: Screen, placed: Placement, at: datetime) -> None:
    many = [play(placed, at) for _ in range(201)]
    problem(window.post("/devices/me/plays", {"plays": many}), 422)


def test_faults_count_once_and_only_under_a_known_code(window: Screen, at: datetime) -> None:
    one = {"client_id": str(uuid.uuid4()), "code": "webgl_lost", "at": at.isoformat(), "detail": "<b>x</b>"}
    odd = {**one, "client_id": str(uuid.uuid4()), "code": "nonsense"}
    answers = window.post("/devices/me/faults", {"faults": [one, one, odd]}).json()["answers"]
    assert [a["state"] for a in answers] == ["new", "known", "refused"]
    assert Fault.objects.get().code == "webgl_lost"


# --- the token -----------------------------------------------------------------------------


def test_the_token_is_renewed_monthly_and_the_old_one_holds_a_day(window: Screen, at: datetime) -> None:
    old = window.client.cookies["device"].value
    assert "device" not in window.get("/devices/me").cookies
    Device.objects.update(token_at=at - timedelta(days=31))
    answer = window.post("/devices/me/heartbeats")
    assert answer.cookies["device"].value not in ("", old)
    late = Screen(old, window.uid)
    assert "device" not in late.get("/devices/me").cookies
    Device.objects.update(old_token_until=at - timedelta(seconds=1))
    problem(late.get("/devices/me"), 401)
    assert window.get("/devices/me").status_code == 200


def test_whoever_still_holds_a_token_that_was_taken_back_is_logged(
    window: Screen, at: datetime, caplog: Any
) -> None:
    Device.objects.get().revoke(by=OFFICER, at=at)
    problem(window.get("/devices/me/manifest"), 401)
    assert "taken back" in caplog.text

"""Who follows a code from a screen is one more in a number a day; nothing else of it is kept."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import DatabaseError
from django.test import Client
from django.utils import timezone

from tests.web.phones import logged_in, sent_by
from yuanmeng.applications.models import Via
from yuanmeng.oversight import kpis
from yuanmeng.oversight.kpis import Period
from yuanmeng.signage.models import Scan

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _now(monkeypatch: pytest.MonkeyPatch, at: datetime) -> None:
    monkeypatch.setattr(timezone, "now", lambda: at)


def opened(client: Client, vacancy: Any, via: str = "window_qr", **headers: str) -> None:
    assert client.get(f"/vacancies/{vacancy.uid}/?via={via}", headers=headers).status_code == 200


def counted() -> dict[str, int]:
    return dict(Scan.objects.values_list("via", "count"))


def test_a_camera_and_another_app_count(client: Client, barista: Any) -> None:
    opened(client, barista)
    opened(client, barista, **{"Sec-Fetch-Site": "none"})
    opened(client, barista, via="wall_qr", **{"Sec-Fetch-Site": "cross-site"})
    assert counted() == {"window_qr": 2, "wall_qr": 1}


@pytest.mark.parametrize(
    "headers",
    [
        {"Cache-Control": "max-age=0"},
        {"Cache-Control": "no-cache"},
        {"Sec-Fetch-Site": "same-origin"},
        {"Sec-Purpose": "prefetch;prerender"},
    ],
)
def test_reloads_links_of_ours_and_looks_ahead_do_not(
    client: Client, barista: Any, headers: dict[str, str]
) -> None:
    opened(client, barista, **headers)
    assert counted() == {}


def test_other_ways_do_not(client: Client, barista: Any) -> None:
    for via in ("kiosk", "booth", "somebody", ""):
        opened(client, barista, via=via)
    client.head(f"/vacancies/{barista.uid}/?via=wall_qr")
    assert counted() == {}


def test_each_day_has_its_number(
    client: Client, barista: Any, at: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened(client, barista)
    later = at + timedelta(days=1)
    monkeypatch.setattr(timezone, "now", lambda: later)
    opened(client, barista)
    assert list(Scan.objects.order_by("day").values_list("day", "count")) == [
        (at.date(), 1), (at.date() + timedelta(days=1), 1),
    ]  # fmt: skip


def test_a_busy_database_loses_the_count_and_never_the_page(
    client: Client, barista: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    def busy(*_: Any, **__: Any) -> None:
        raise DatabaseError("locked")

    monkeypatch.setattr(Scan, "note", busy)
    opened(client, barista)


def test_applications_of_codes_over_codes_scanned(
    client: Client, barista: Any, li: Any, at: datetime
) -> None:
    today = Period(at.date(), at.date())
    assert kpis.converted(today).value is None
    for _scan in range(4):
        opened(client, barista)
    logged_in(li, at)
    sent_by(li, barista, at=at, via=Via.WINDOW_QR)
    assert kpis.converted(today).shown() == "25"
    found = kpis.scanned(today)
    assert (found.value, list(found.parts.values())) == (4, [4])

"""An emergency notice: looked at before it goes out, on every screen, ended by time or by hand, on record."""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from tests.nouns import signage
from yuanmeng.core.models import AuditEntry
from yuanmeng.signage import issuing
from yuanmeng.signage.models import Content, Placement

pytestmark = pytest.mark.django_db
PATH = "/office/screens/takeover"
WORDS = {"notice": "", "title": "请从南门离开", "body": "北门正在检修。", "minutes": "30"}


@pytest.fixture(autouse=True)
def _now(monkeypatch: pytest.MonkeyPatch, at: datetime) -> None:
    monkeypatch.setattr(timezone, "now", lambda: at)


@pytest.fixture
def manager(wang: Any) -> Client:
    client = Client()
    client.force_login(wang)
    return client


def test_it_is_seen_large_before_it_goes_out(manager: Client, at: datetime) -> None:
    signage.device(name="门口窗", at=at)
    page = manager.post(PATH, WORDS).content.decode()
    assert "请从南门离开" in page and "10:30" in page and "全部：1 块屏幕" in page
    assert not Placement.objects.exists()


def test_it_runs_until_then_and_is_ended_by_hand(manager: Client, at: datetime) -> None:
    device, _token = signage.device(name="门口窗", at=at)
    page = manager.post(PATH, {**WORDS, "sure": "1"}, follow=True).content.decode()
    row = Placement.objects.get()
    assert "插播中，至 2026年11月25日 10:30" in page and "1 块屏幕中 0 块已确认显示" in page
    assert row.ends_at == at + timedelta(minutes=30)
    device.acked_hash = issuing.issue(device, at=at).hash
    device.save()
    assert "1 块屏幕中 1 块已确认显示" in manager.get(PATH).content.decode()
    assert "紧急通知“请从南门离开”插播中" in manager.get("/office/screens/").content.decode()
    manager.post(f"{PATH}/{row.uid}/end")
    assert "插播中" not in manager.get(PATH).content.decode()
    assert [entry.action for entry in AuditEntry.objects.order_by("seq")][-2:] == [
        "screens.takeover", "screens.end_takeover",
    ]  # fmt: skip


def test_a_prepared_notice_goes_to_chosen_screens(manager: Client, at: datetime) -> None:
    one, _token = signage.device(name="门口窗", at=at)
    other, _token = signage.device(name="走廊窗", at=at)
    notice = signage.approved("台风来了，今天提前闭馆", at=at)
    sent = {"notice": notice.uid, "minutes": "720", "devices": [one.uid], "sure": "1"}
    manager.post(PATH, sent)
    row = Placement.objects.get()
    assert (row.notice, list(row.devices.all())) == (notice, [one])
    assert notice.uid not in str(issuing.made_for(other, at=at).pairs)


def test_two_taps_send_one_notice(manager: Client, at: datetime) -> None:
    key = re.search(r'name="once" value="(\w+)"', manager.get(PATH).content.decode())
    assert key
    for _tap in range(2):
        manager.post(PATH, {**WORDS, "sure": "1", "once": key[1]})
    assert Placement.objects.count() == 1


@pytest.mark.parametrize(
    "wrong", [{"title": ""}, {"minutes": "5000"}, {"minutes": "0"}, {"title": "<script>"}, {"devices": ["x"]}]
)
def test_what_is_wrong_is_said_and_nothing_goes_out(manager: Client, wrong: Any, at: datetime) -> None:
    answer = manager.post(PATH, {**WORDS, **wrong, "sure": "1"})
    assert answer.status_code == 422 and 'class="field__error"' in answer.content.decode()
    assert not Placement.objects.exists() and not Content.objects.exists()


def test_nobody_but_the_manager(client: Client, editor: Any, at: datetime) -> None:
    client.force_login(editor)
    assert client.get(PATH).status_code == 404
    assert client.post(PATH, {**WORDS, "sure": "1"}).status_code == 404
    assert not Placement.objects.exists()

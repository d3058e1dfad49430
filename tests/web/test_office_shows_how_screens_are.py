"""The board says of every screen how it is, in words, the worst first; each role does there what it may."""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from django.utils.html import escape

from tests import factories
from tests.nouns import signage
from yuanmeng.core.models import AuditEntry
from yuanmeng.organisations.viewer import viewer_of
from yuanmeng.signage import hearing, issuing
from yuanmeng.signage.hearing import Play
from yuanmeng.signage.models import Command, Device, Pairing, UpSpan
from yuanmeng.signage.models.pairing import of_secret
from yuanmeng.web.shared import navigation

pytestmark = pytest.mark.django_db
PNG = (
    "data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk"
    "+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
)


@pytest.fixture(autouse=True)
def _now(monkeypatch: pytest.MonkeyPatch, at: datetime) -> None:
    monkeypatch.setattr(timezone, "now", lambda: at)


def staff(power: str, of: Any, at: datetime) -> Client:
    role, duty = ("staff", power) if power in {"editor", "cafe"} else (power, "")
    client = Client()
    client.force_login(factories.member(f"is-{power}", "某人", of, role=role, duty=duty, at=at))
    return client


@pytest.fixture
def sysadmin(subdistrict: Any, at: datetime) -> Client:
    return staff("sysadmin", subdistrict, at)


def window(name: str, at: datetime, *, seconds: int = 10, acked: bool = True, **beat: Any) -> Device:
    """Return a window that was heard so many seconds ago."""
    device, _token = signage.device(name=name, at=at)
    device.acked_hash = issuing.issue(device, at=at).hash if acked else ""
    device.save()
    hearing.beat(
        device, {"fps": 60, "heap_mb": 80, "skew_ms": 200, **beat}, at=at - timedelta(seconds=seconds)
    )
    return device


def conditions(html: str) -> list[str]:
    return re.findall(r'data-condition="(\w+)"', html)


@pytest.fixture
def screens(at: datetime) -> dict[str, Device]:
    content = signage.approved(at=at)
    signage.hung(content, at=at)
    revoked = window("旧窗", at)
    revoked.revoke(by=None, at=at)
    return {
        "normal": window("门口窗", at, item=content.uid),
        "revoked": revoked,
        "dark": window("走廊窗", at, seconds=900),
        "slow": window("吧台窗", at, fps=4),
        "stale": window("大厅窗", at, acked=False),
        "faulty": window("电梯窗", at, fault="webgl_lost"),
        "unpaired": Device.objects.create(kind="window", name="新窗"),
    }


def test_the_worst_stands_first_with_its_reason(screens: Any, sysadmin: Client) -> None:
    html = sysadmin.get("/office/screens/").content.decode()
    assert conditions(html) == ["faulty", "dark", "stale", "slow", "unpaired", "normal", "revoked"]
    for words in ("失联", "故障", "内容未更新", "最近一次心跳在 15 分钟前", "画面每秒只有 4 帧", "本周夜市"):
        assert words in html, words


def test_the_board_is_filtered_by_condition_site_and_kind(
    screens: Any, sysadmin: Client, at: datetime
) -> None:
    site = signage.site()
    signage.device("wall", site=site, name="大屏", at=at)
    ask = lambda query: conditions(sysadmin.get(f"/office/screens/{query}").content.decode())  # noqa: E731
    assert ask("?state=dark") == ["dark", "dark"]
    assert ask("?kind=wall") == ["dark"] and ask("?site=caijun") == ["dark"]
    assert ask("?site=caijun&kind=window") == []


def test_queries_do_not_grow_with_the_screens(
    screens: Any, sysadmin: Client, at: datetime, django_assert_max_num_queries: Any
) -> None:
    for n in range(20):
        window(f"窗{n}", at)
    sysadmin.get("/office/screens/")
    with django_assert_max_num_queries(16):
        sysadmin.get("/office/screens/")


def test_an_empty_board_says_what_to_do(sysadmin: Client) -> None:
    assert "还没有屏幕" in sysadmin.get("/office/screens/").content.decode()


def test_the_board_is_exported_and_noted(screens: Any, sysadmin: Client) -> None:
    answer = sysadmin.get("/office/screens/export?as=csv")
    lines = answer.content.decode("utf-8-sig").splitlines()
    assert len(lines) == 8 and "电梯窗" in lines[1]
    assert AuditEntry.objects.filter(action="export", fields="devices", count=7).exists()


@pytest.mark.parametrize("power", ["cafe", "front_desk"])
def test_who_stands_beside_the_screen_wakes_it(power: str, screens: Any, operator: Any, at: datetime) -> None:
    client, uid = staff(power, operator, at), screens["normal"].uid
    html = client.get("/office/screens/").content.decode()
    assert "识别" in html and "/office/accounts/" not in html
    answer = client.post(f"/office/screens/{uid}/commands", {"kind": "reload"}, follow=True)
    assert "已通知“门口窗”重新载入" in answer.content.decode()
    assert Command.objects.get().kind == "reload"
    assert client.post(f"/office/screens/{uid}/commands", {"kind": "picture"}).status_code == 404
    assert client.post(f"/office/screens/{uid}/", {}).status_code == 404
    assert client.get(f"/office/screens/{uid}/revocation").status_code == 404


def test_the_auditor_only_reads(screens: Any, subdistrict: Any, at: datetime) -> None:
    client, uid = staff("auditor", subdistrict, at), screens["normal"].uid
    html = client.get(f"/office/screens/{uid}/").content.decode()
    assert 'method="post" action="/office' not in html
    assert client.post(f"/office/screens/{uid}/commands", {"kind": "reload"}).status_code == 404


FORM = {
    "name": "门口展示窗", "kind": "window", "site": "caijun", "orientation": "portrait", "viewing_m": "3",
    "theme": "night", "columns": "2", "rows": "1", "gap_px": "8",
}  # fmt: skip


def test_a_screen_is_paired_by_its_six_digits(sysadmin: Client, at: datetime) -> None:
    signage.site()
    code, secret, _row = Pairing.open(at=at)
    answer = sysadmin.post("/office/screens/pairing", {**FORM, "code": code}, follow=True)
    assert "已配对" in answer.content.decode()
    device = Device.objects.get()
    assert (device.orientation, device.seams) == ("portrait", {"columns": 2, "rows": 1, "gap_px": 8})
    waiting = of_secret(secret, at=at)
    assert waiting is not None and waiting.device == device


def test_a_wrong_or_old_code_is_said_beside_the_field(sysadmin: Client, at: datetime) -> None:
    signage.site()
    code, _secret, _row = Pairing.open(at=at - timedelta(minutes=11))
    answer = sysadmin.post("/office/screens/pairing", {**FORM, "code": code})
    assert answer.status_code == 422 and not Device.objects.exists()
    assert "没有屏幕显示这个配对码" in answer.content.decode()
    for _try in range(5):
        answer = sysadmin.post("/office/screens/pairing", {**FORM, "code": "000000"})
    assert answer.status_code == 429 and "一分钟" in answer.content.decode()


def test_a_known_device_is_paired_again_and_keeps_its_name(
    sysadmin: Client, screens: Any, at: datetime
) -> None:
    code, _secret, _row = Pairing.open(at=at)
    uid = screens["revoked"].uid
    assert uid in sysadmin.get("/office/screens/pairing").content.decode()
    sysadmin.post(f"/office/screens/{uid}/pairing", {"code": code})
    assert Device.objects.get(uid=uid).name == "旧窗" and Device.objects.count() == 7


def test_one_device_says_what_it_did_and_will_do(screens: Any, sysadmin: Client, at: datetime) -> None:
    device, content = screens["normal"], signage.approved("明天停水", at=at)
    row = signage.hung(content, at=at, priority=5)
    issuing.issue(device, at=at)
    play = Play("7f8d1fd2-0f0a-4a57-8d4c-000000000001", 1, row.uid, content.uid, at, 0, 12_000, "shown")
    hearing.take_plays(device, [play], at=at)
    hearing.take_faults(device, [("7f8d1fd2-0f0a-4a57-8d4c-000000000002", "quota", at, "")], at=at)
    UpSpan.objects.create(
        device=device, from_at=at - timedelta(days=1, hours=2), to_at=at - timedelta(days=1)
    )
    html = sysadmin.get(f"/office/screens/{device.uid}/").content.decode()
    assert "明天停水" in html and "存储" in html
    plays = html.split('data-testid="plays"')[1].split("</table>")[0]
    cells = re.findall(r">(明天停水|\d+)</td>", plays)
    assert cells[:4] == ["明天停水", "1", "3000", "0"]  # ten hours by twelve seconds
    assert "优先级 5 的内容优先" in html and f"/windows/{device.uid}/?preview=1" in html
    week = html.split('data-testid="week"')[1].split("</div>")[0]
    assert week.count("<svg") == 7 and 'width="8.33%"' in week


def test_settings_are_kept_or_complained_about(screens: Any, sysadmin: Client) -> None:
    signage.site()
    device = screens["normal"]
    sent = {**FORM, "address_range": "192.168.1.0/24"}
    answer = sysadmin.post(f"/office/screens/{device.uid}/", sent, follow=True)
    assert "已保存" in answer.content.decode()
    device.refresh_from_db()
    assert (device.name, device.viewing_m, device.site.code) == ("门口展示窗", 3.0, "caijun")
    answer = sysadmin.post(f"/office/screens/{device.uid}/", {**sent, "address_range": "somewhere"})
    assert answer.status_code == 422 and "192.168.10.0/24" in answer.content.decode()


def test_access_is_taken_back_after_a_page_that_says_so(screens: Any, sysadmin: Client) -> None:
    device = screens["normal"]
    assert "只显示空间信息卡" in sysadmin.get(f"/office/screens/{device.uid}/revocation").content.decode()
    assert Device.objects.get(pk=device.pk).revoked_at is None
    sysadmin.post(f"/office/screens/{device.uid}/revocation", {"reason": "屏幕换新"})
    assert Device.objects.get(pk=device.pk).revoked_at is not None
    assert AuditEntry.objects.filter(action="device.revoke", reason="屏幕换新").count() == 1


def test_a_new_token_is_fetched_at_the_next_word(sysadmin: Client, at: datetime) -> None:
    device, token = signage.device(at=at)
    sysadmin.post(f"/office/screens/{device.uid}/token")
    device.refresh_from_db()
    assert device.renew_token(token, at=at) != ""
    assert AuditEntry.objects.filter(action="device.rotate").count() == 1


def test_the_last_picture_is_a_picture_and_stays_in_the_office(
    screens: Any, sysadmin: Client, client: Client, at: datetime
) -> None:
    device = screens["normal"]
    path = f"/office/screens/{device.uid}/picture.png"
    assert sysadmin.get(path).status_code == 404
    hearing.beat(device, {"fps": 60}, at=at, picture=PNG)
    answer = sysadmin.get(path)
    assert answer["Content-Type"] == "image/png" and "no-store" in answer["Cache-Control"]
    assert client.get(path).status_code == 302
    assert path in sysadmin.get("/office/screens/").content.decode()


def test_names_are_text(sysadmin: Client, at: datetime) -> None:
    device, _token = signage.device(name="<b>粗</b>", at=at)
    html = sysadmin.get(f"/office/screens/{device.uid}/").content.decode()
    assert "<b>粗" not in html and escape("<b>粗</b>") in html


@pytest.mark.parametrize(("power", "home"), [("cafe", "/office/screens/"), ("front_desk", "/desk/")])
def test_who_has_nothing_else_lands_on_the_board(power: str, home: str, operator: Any, at: datetime) -> None:
    role, duty = ("staff", power) if power == "cafe" else (power, "")
    user = factories.member("x", "某人", operator, role=role, duty=duty, at=at)
    viewer = viewer_of(user, on=at.date())
    assert navigation.home_of(viewer) == home
    assert "/office/screens/" in [door.path for door in navigation.doors_for(viewer, "/")]

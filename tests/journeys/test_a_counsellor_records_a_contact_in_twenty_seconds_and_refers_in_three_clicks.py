"""陈老师 logs in, sees whom to call, writes the call down in seconds and refers 李阿姨 with her word."""

from __future__ import annotations

import base64
import time
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from django.utils import timezone
from django_otp.oath import hotp
from playwright.sync_api import Page, expect

from tests import factories
from tests.journeys.conftest import overflowing
from yuanmeng.applications.models import Application, Referral
from yuanmeng.counsel import readers
from yuanmeng.counsel.models import FollowUp, ServiceRecord
from yuanmeng.people import totp
from yuanmeng.recommend.models import ModelVersion, Suggestion

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
SLOW_FINGER_MS = 90


@pytest.fixture
def at() -> datetime:
    """The server runs by the wall clock, so the town does too."""
    return timezone.now()


@pytest.fixture(autouse=True)
def _demo(settings: Any, tmp_path: Path) -> None:
    settings.DEMO_MODE, settings.OUTBOX = True, tmp_path / "outbox.jsonl"


@pytest.fixture
def day(town: Any, at: datetime) -> Any:
    """An ordinary morning: one call is due, one vacancy fits, a phone for the second factor lies ready."""
    town.chen.totp_secret = totp.new_secret()
    town.chen.save()
    town.li.owner = town.chen
    town.li.save()
    FollowUp.remind(
        town.li.person,
        by=town.chen,
        at=at,
        due_on=timezone.localdate(at),
        words="体检结果",
        kind="contact_due",
    )
    version = ModelVersion.objects.create(made_at=at, people=2, jobs=1, seconds=0.1)
    walk = {"kind": "commute", "facts": {"walk_minutes": 8, "minutes": 8}, "contribution": 0.4}
    Suggestion.objects.create(
        seeker=town.li, vacancy=town.barista, score=0.7, reasons=[walk], model_version=version, made_at=at
    )
    return town


def log_in(page: Page, user: Any) -> None:
    page.goto("/desk/")
    page.get_by_label("用户名").fill(user.username)
    page.get_by_label("密码").fill(factories.PASSWORD)
    step = int(timezone.now().timestamp()) // totp.STEP_S
    page.get_by_label("动态码").fill(f"{hotp(base64.b32decode(user.totp_secret), step):06d}")
    page.get_by_role("button", name="登录", exact=True).click()
    expect(page.get_by_role("heading", name="我的待办")).to_be_visible()


def test_it(desktop: Page, day: Any, at: datetime) -> None:
    log_in(desktop, day.chen)
    expect(desktop.get_by_test_id("due")).to_have_text("1")
    expect(desktop.get_by_test_id("todo")).to_contain_text("李秀芳")

    began = time.monotonic()
    desktop.get_by_role("link", name="记录联系").click()
    desktop.get_by_text("已联系上", exact=True).click()
    words = desktop.get_by_label("谈了什么")
    words.press_sequentially("体检通过，想做早班，周末可以", delay=SLOW_FINGER_MS)
    desktop.get_by_text("1周", exact=True).click()
    words.press("Enter")
    expect(desktop.get_by_text("体检通过，想做早班，周末可以")).to_be_visible()
    assert time.monotonic() - began < 20
    row = ServiceRecord.objects.get()
    assert (row.result, row.channel) == ("reached", "phone")
    assert FollowUp.objects.open().get().kind == "contact_due"

    expect(desktop.get_by_test_id("suggestion")).to_contain_text("从家步行约 8 分钟")
    clicks = [
        lambda: desktop.get_by_test_id("refer").click(),
        lambda: desktop.get_by_text("本人当面同意").click(),
        lambda: desktop.get_by_test_id("send").click(),
    ]
    for click in clicks:
        click()
    assert len(clicks) == 3
    expect(desktop.get_by_test_id("application")).to_contain_text("已投递")
    sent = Application.objects.get()
    assert sent.consent.receiver == day.cafe.name
    assert Referral.objects.get().state == "sent"

    readers.read_news()
    assert FollowUp.objects.open().filter(kind="referral_result", assigned_to=day.chen).count() == 1
    desktop.get_by_role("link", name="待办", exact=True).click()
    expect(desktop.get_by_test_id("due")).to_have_text("0")


def test_the_keyboard_is_enough(desktop: Page, day: Any) -> None:
    log_in(desktop, day.chen)
    desktop.keyboard.press("/")
    expect(desktop.get_by_label("找人")).to_be_focused()
    desktop.keyboard.type("12000000001", delay=20)
    desktop.keyboard.press("Enter")
    expect(desktop.get_by_test_id("found")).to_contain_text("李秀芳")
    assert "12000000001" not in desktop.url


# A tablet; the other sizes are asked of every page (test_every_surface_stands_at_every_size).
@pytest.mark.once
@pytest.mark.parametrize("path", ["", "people/new/", "caseload/", "people/{uid}/"])
def test_nothing_sticks_out_of_the_page(browser_page: Any, day: Any, path: str) -> None:
    page = browser_page(768, 900)
    log_in(page, day.chen)
    page.goto(f"/desk/{path.format(uid=day.li.person.uid)}")
    assert overflowing(page) == []

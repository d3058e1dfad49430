"""A code on the wall, a phone, a minute: 李阿姨 has applied and holds a number."""

from __future__ import annotations

import time
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from tests.journeys.conftest import overflowing
from yuanmeng.applications.models import Application
from yuanmeng.web.shared import qr

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
SLOW_FINGER_MS = 70


@pytest.fixture
def at() -> datetime:
    """The server runs by the wall clock, so the town does too."""
    return timezone.now()


@pytest.fixture(autouse=True)
def _demo(settings: Any, tmp_path: Path) -> None:
    settings.DEMO_MODE, settings.OUTBOX = True, tmp_path / "outbox.jsonl"


def test_it(phone: Page, house: str, barista: Any) -> None:
    in_the_code = f"{house}/vacancies/{barista.uid}/?via=wall_qr"
    on_the_wall = phone.request.get(f"/vacancies/{barista.uid}/qr.svg?via=wall_qr")
    assert on_the_wall.body() == qr.svg(in_the_code)

    began = time.monotonic()
    phone.goto(in_the_code)
    expect(phone.get_by_role("heading", name="咖啡师", level=1)).to_be_visible()
    assert overflowing(phone) == []
    phone.get_by_role("link", name="立即投递").click()
    expect(phone.get_by_label("姓名")).to_be_visible()
    assert overflowing(phone) == []

    type_slowly(phone, "姓名", "李秀芳")
    type_slowly(phone, "出生年份", "1974")
    phone.get_by_label("学历").select_option("4")
    type_slowly(phone, "手机号", "12055550001")
    phone.get_by_role("button", name="获取验证码").click()
    code = phone.get_by_test_id("shown-code").inner_text()
    expect(phone.get_by_label("姓名")).to_have_value("李秀芳")
    type_slowly(phone, "验证码", code)
    expect(phone.get_by_text(barista.organisation.name).first).to_be_visible()
    phone.get_by_label("我已阅读并同意").check()
    phone.get_by_test_id("apply").click()

    row_number = phone.get_by_test_id("number")
    expect(row_number).to_be_visible()
    assert time.monotonic() - began < 60

    application = Application.objects.get()
    assert row_number.inner_text() == application.number
    assert application.via == "wall_qr"
    assert application.consent.receiver == barista.organisation.name
    assert overflowing(phone) == []


def test_going_back_and_sending_again_is_still_one_application(phone: Page, barista: Any) -> None:
    phone.goto(f"/vacancies/{barista.uid}/application")
    type_slowly(phone, "姓名", "李秀芳")
    type_slowly(phone, "出生年份", "1974")
    phone.get_by_label("学历").select_option("4")
    type_slowly(phone, "手机号", "12055550001")
    phone.get_by_role("button", name="获取验证码").click()
    type_slowly(phone, "验证码", phone.get_by_test_id("shown-code").inner_text())
    phone.get_by_label("我已阅读并同意").check()
    phone.get_by_test_id("apply").dblclick()
    expect(phone.get_by_test_id("number")).to_be_visible()
    phone.goto(f"/vacancies/{barista.uid}/")
    expect(phone.get_by_text("您已投递这个岗位。").locator("visible=true")).to_be_visible()
    assert Application.objects.count() == 1


def type_slowly(page: Page, label: str, words: str) -> None:
    page.get_by_label(label, exact=False).first.press_sequentially(words, delay=SLOW_FINGER_MS)

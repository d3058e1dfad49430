"""小林 enters the six digits, 小苏 writes, 王科 approves, hangs it up, and sends a notice to every screen."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.conf import settings as house_settings
from django.test import Client
from django.utils import timezone
from playwright.sync_api import Page, expect

from tests import factories
from tests.journeys.conftest import overflowing
from tests.journeys.sweep_town import session_of
from yuanmeng.core.models import AuditEntry

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


class Screen:
    """A screen on the wall as the house hears it: it shows digits, claims its token, reads its list."""

    def __init__(self) -> None:
        self.client = Client()
        opened = self._post("/api/v1/pairings", {})
        self.code, self.secret = opened["code"], opened["secret"]

    def _post(self, path: str, body: Any) -> Any:
        return self.client.post(path, body, content_type="application/json").json()

    def claim(self) -> None:
        assert self._post("/api/v1/pairings/claim", {"secret": self.secret})["kind"] == "window"

    def titles(self) -> list[str]:
        made = self.client.get("/api/v1/devices/me/manifest").json()
        return [item["title"] for entry in made["entries"] for item in entry["items"]]


@pytest.fixture
def at_work(browser_page: Callable[..., Page], house: str) -> Callable[..., Page]:
    def page_of(user: Any, width: int = 1440, height: int = 900) -> Page:
        page = browser_page(width, height)
        cookie = {"name": house_settings.SESSION_COOKIE_NAME, "value": session_of(user), "url": house}
        page.context.add_cookies([cookie])
        return page

    return page_of


def test_it(
    at_work: Callable[..., Page], complaints: list[str], operator: Any, editor: Any, wang: Any
) -> None:
    lin = factories.member("lin", "小林", operator, role="front_desk", at=timezone.now())
    screen = Screen()
    _pair(at_work(lin, 390, 844), screen)
    complaints.clear()  # of the wrong code
    screen.claim()
    assert screen.titles() == []

    writer, manager = at_work(editor), at_work(wang)
    _write(writer, "周五求职夜市")
    _approve(manager, "周五求职夜市")
    _hang(manager)
    assert set(screen.titles()) == {"周五求职夜市"}

    _interrupt(manager, "请从南门离开")
    assert "请从南门离开" in screen.titles()
    manager.get_by_role("button", name="立即结束").click()
    expect(manager.get_by_text("已结束，各屏幕恢复原有内容。")).to_be_visible()
    assert set(screen.titles()) == {"周五求职夜市"}
    acts = AuditEntry.objects.order_by("seq").values_list("action", flat=True)
    assert list(acts) == ["device.pair", "screens.takeover", "screens.end_takeover"]


def _pair(page: Page, screen: Screen) -> None:
    page.goto("/office/screens/")
    page.get_by_role("link", name="配对屏幕").first.click()
    page.get_by_label(re.compile("屏幕上的配对码")).fill("000000" if screen.code != "000000" else "111111")
    page.get_by_label(re.compile("屏幕名称")).fill("门口展示窗")
    page.get_by_role("button", name="配对").click()
    expect(page.locator(".field__error")).to_contain_text("配对码")
    page.get_by_label(re.compile("屏幕上的配对码")).fill(screen.code)
    page.get_by_role("button", name="配对").click()
    expect(page.get_by_text("“门口展示窗”已配对")).to_be_visible()
    assert overflowing(page) == []


def _write(page: Page, title: str) -> None:
    page.goto("/office/content/")
    page.get_by_role("link", name="新建内容").first.click()
    page.get_by_role("link", name="通知").click()
    page.get_by_label(re.compile("^标题")).fill(title)
    page.get_by_role("button", name="保存草稿").click()
    page.get_by_role("button", name="提交审核").click()
    expect(page.get_by_text("已提交，等待另一位同事审核。")).to_be_visible()


def _approve(page: Page, title: str) -> None:
    page.goto("/office/")
    page.get_by_role("link", name="待审核内容").click()
    page.get_by_role("link", name=title).click()
    page.get_by_role("button", name="审核通过").click()
    expect(page.get_by_text("已通过，可加入节目单")).to_be_visible()


def _hang(page: Page) -> None:
    page.goto("/office/content/playlists/")
    page.get_by_label(re.compile("节目单名称")).fill("日常")
    page.get_by_role("button", name="新建").click()
    page.get_by_label("添加已通过的内容").select_option(label="通知 · 周五求职夜市")
    page.get_by_role("button", name="添加").click()
    expect(page.get_by_test_id("items")).to_contain_text("周五求职夜市")
    page.get_by_role("link", name="投放", exact=True).last.click()
    page.get_by_role("button", name="投放").click()
    expect(page.get_by_test_id("placements")).to_contain_text("全天")


def _interrupt(page: Page, words: str) -> None:
    page.goto("/office/screens/")
    page.get_by_role("link", name="紧急通知").click()
    page.get_by_label(re.compile("通知标题")).fill(words)
    page.get_by_role("button", name="下一步：预览").click()
    expect(page.get_by_text("确认发出这条通知？")).to_be_visible()
    page.get_by_role("button", name="确认，立即发到屏幕").click()
    expect(page.get_by_test_id("running")).to_contain_text("插播中，至")
    assert overflowing(page) == []

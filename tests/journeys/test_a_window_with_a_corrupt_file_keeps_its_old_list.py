"""One spoilt file: nothing of the new list is shown, the old one plays on, and the house is told."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from tests.journeys.windows import FRONT, POLL_MS, paired, shows, soon
from tests.nouns import signage as hang
from yuanmeng.signage.models import Device, Fault, Media

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
PICTURE = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAIAAAABCAIAAAB7QOjdAAAAD0lEQVR4nGNgYGD4//8/AAYBAv4CsjmuAAAAAElFTkSuQmCC"
)


@pytest.fixture
def media(settings: Any, tmp_path: Path) -> Media:
    """A picture whose bytes on the disk are not those of its hash, though as many."""
    settings.DATA_DIR = tmp_path
    row = Media.objects.create(
        sha256=hashlib.sha256(PICTURE).hexdigest(), type="image/png", bytes=len(PICTURE), width=2, height=1,
        made_at=timezone.now(), made_by="user:author",
    )  # fmt: skip
    row.path.parent.mkdir()
    row.path.write_bytes(PICTURE[:-1] + b"?")
    return row


def test_a_window_with_a_corrupt_file_keeps_its_old_list(
    browser_page: Callable[..., Page], house: str, media: Media
) -> None:
    at = timezone.now()
    hang.hung(hang.approved("旧的播放单", at=at, seconds=5), at=at)
    row, page = paired(browser_page, house)
    page.clock.install()
    page.goto(f"/windows/{row.uid}/")
    shows(page, "旧的播放单", "notice")
    acked = soon(lambda: Device.objects.get(pk=row.pk).acked_hash)
    assert acked

    hang.hung(hang.approved("海报", at=at, kind="image", file=media), at=at, priority=5)
    page.clock.fast_forward(POLL_MS)
    assert soon(lambda: Fault.objects.filter(device=row, code="file_hash").exists())
    page.clock.fast_forward(20_000)
    shows(page, "旧的播放单", "notice")
    assert Device.objects.get(pk=row.pk).acked_hash == acked

    media.path.write_bytes(PICTURE)
    page.clock.fast_forward(61_000)
    page.clock.fast_forward(POLL_MS)
    expect(page.locator(f"{FRONT} img")).to_have_attribute("src", media.url)
    assert soon(lambda: Device.objects.get(pk=row.pk).acked_hash != acked)

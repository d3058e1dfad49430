"""What a window showed while the line was down is told when it is back: all of it, in order, once."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from tests.journeys.conftest import Complaints
from tests.journeys.windows import cut, forgive, kept, paired, shows, time_passes
from tests.nouns import signage as hang
from yuanmeng.core.models import FieldEvent

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_a_window_tells_what_it_showed_once_after_an_outage(
    browser_page: Callable[..., Page], house: str, complaints: Complaints
) -> None:
    at = timezone.now()
    first, second = (hang.approved(title, at=at, seconds=10) for title in ("第一条", "第二条"))
    hung = hang.hung(first, second, at=at)
    row, page = paired(browser_page, house)
    page.clock.install()
    page.goto(f"/windows/{row.uid}/")
    shows(page, "第一条", "notice")
    kept(page)
    cut(page)
    for words in ("第二条", "第一条", "第二条"):
        page.clock.fast_forward(10_000)
        shows(page, words, "notice")
    page.reload()
    shows(page, "第一条", "notice")
    page.clock.fast_forward(10_000)
    shows(page, "第二条", "notice")
    assert not plays(row).exists()

    page.context.set_offline(False)
    # Three before the reload and one after it; the one that was cut by the reload was never finished.
    time_passes(page, 61_000, until=lambda: plays(row).count() >= 5)
    told = list(plays(row).values_list("device_seq", "subject", "payload__result"))
    order = [first.uid, second.uid, first.uid, first.uid, second.uid]
    assert told[:5] == [(n + 1, uid, "shown") for n, uid in enumerate(order)]
    assert {payload["placement"] for payload in plays(row).values_list("payload", flat=True)} == {hung.uid}

    before = plays(row).count()
    page.reload()
    expect(page.locator("ym-window")).to_have_attribute("data-showing", "notice")
    time_passes(page, 61_000, until=lambda: plays(row).count() > before)
    seqs = list(plays(row).values_list("device_seq", flat=True))
    assert seqs == sorted(set(seqs))
    forgive(complaints)


def plays(row: object) -> object:
    return FieldEvent.objects.filter(device=row.uid, kind="play").order_by("device_seq")  # type: ignore[attr-defined]

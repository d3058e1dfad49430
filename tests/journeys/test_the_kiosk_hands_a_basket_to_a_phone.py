"""小周 finds two vacancies at the kiosk, takes them along on his phone; the kiosk forgets him."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from tests.journeys.kiosk import UPRIGHT, nothing_left, stand_at
from tests.journeys.street import open_vacancies
from yuanmeng.vacancies.models import Vacancy

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_a_basket_moves_to_the_phone_and_the_kiosk_is_wiped(
    browser_page: Callable[..., Page], phone: Page
) -> None:
    open_vacancies(timezone.localtime())
    kiosk = stand_at(browser_page(*UPRIGHT, has_touch=True))
    for title in ("厨房帮工", "咖啡师"):
        uid = Vacancy.objects.get(title=title).uid
        kiosk.goto(f"/kiosk/vacancies/{uid}/")
        kiosk.get_by_test_id("kiosk-put").tap()
        expect(kiosk.get_by_test_id("kiosk-put")).to_have_attribute("aria-pressed", "true")
    kiosk.get_by_test_id("kiosk-basket").tap()
    kiosk.get_by_test_id("kiosk-pack").tap()
    expect(kiosk.get_by_alt_text("在手机上打开这些岗位的二维码")).to_be_visible()
    code = kiosk.get_by_test_id("kiosk-pickup").inner_text()

    phone.goto("/basket/")
    phone.get_by_label("自助终端上的6位取件码").fill(code)
    phone.get_by_role("button", name="打开").tap()
    expect(phone.locator(".card")).to_have_count(2)
    expect(phone.locator(".card").first).to_contain_text("厨房帮工")

    expect(kiosk.get_by_test_id("kiosk-handed")).to_contain_text("已在手机上打开")
    expect(kiosk.get_by_test_id("kiosk-start")).to_be_visible(timeout=20_000)
    expect(kiosk.get_by_test_id("kiosk-basket")).to_have_count(0)
    nothing_left(kiosk, code)

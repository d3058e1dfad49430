"""李阿姨 touches a star in the list, goes on reading, finds the job again on her page, and lets it go."""

from __future__ import annotations

from typing import Any

import pytest
from django.conf import settings as house_settings
from django.utils import timezone
from playwright.sync_api import Page, expect

from tests import factories
from tests.journeys.street import open_vacancies
from tests.journeys.sweep_town import session_of
from yuanmeng.applications.models import Favourite

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_it(phone: Page, house: str) -> None:
    at = timezone.localtime()
    open_vacancies(at)
    seeker = factories.seeker("李秀芳", at=at)
    user: Any = factories.user("li", "李秀芳", at=at, person=seeker.person)
    phone.context.add_cookies(
        [{"name": house_settings.SESSION_COOKIE_NAME, "value": session_of(user), "url": house}]
    )
    phone.goto("/vacancies/")
    star = phone.get_by_role("button", name="厨房帮工")
    star.click()
    expect(star).to_contain_text("已收藏")  # the page has stayed where it was
    assert phone.url.endswith("/vacancies/")
    assert [row.vacancy.title for row in Favourite.objects.all()] == ["厨房帮工"]

    phone.goto("/me/favourites/")
    expect(phone.get_by_test_id("favourite")).to_have_count(1)
    kept = phone.get_by_test_id("keep")
    kept.click()
    expect(kept).not_to_contain_text("已收藏")
    assert not Favourite.objects.exists()
    kept.click()  # and back again
    expect(kept).to_contain_text("已收藏")
    assert Favourite.objects.exists()

"""A list that listens: 小周 changes a wish, says "not for me" with a reason, and brings it back."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.conf import settings as house_settings
from django.utils import timezone
from playwright.sync_api import Page, expect

from tests import factories
from tests.journeys.conftest import overflowing
from tests.journeys.sweep_town import session_of
from yuanmeng.recommend import door

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
NEAR, FAR = (121.4025, 31.2107), (121.46, 31.235)


@pytest.fixture
def zhou_page(phone: Page, house: str) -> Page:
    """小周's phone, logged in, in a street of six vacancies, after the first build."""
    at = timezone.now()
    near, away = factories.place(lon=NEAR[0], lat=NEAR[1]), factories.place("远处1号", *FAR)
    cafe = factories.employer("上海梧桐咖啡管理有限公司（示例）", at=at)
    shop = factories.employer("上海乙样例超市有限公司（示例）", at=at)
    till = {"occupation_code": "4-01", "content": "收银", "requirements": ""}
    for title, firm, place, facts in (
        ("咖啡师", cafe, near, {}), ("资深咖啡师", cafe, away, {}), ("门店咖啡师", shop, away, {}),
        ("收银员", shop, near, till), ("理货员", shop, near, till),
        ("会计", cafe, near, {"occupation_code": "2-06", "content": "记账", "pay_max_fen": 1_200_000}),
    ):  # fmt: skip
        factories.vacancy(firm, title, at=at, state="published", place=place, **facts)
    seeker = factories.seeker(
        "周晓晨", at=at, birth_year=2004, wanted_text="咖啡师", wanted_occupation_codes=["4-03"],
        home_lon=NEAR[0], home_lat=NEAR[1],
    )  # fmt: skip
    door.train(at=at)
    user = factories.user("zhou", "周晓晨", at=at, person=seeker.person)
    phone.context.add_cookies(
        [{"name": house_settings.SESSION_COOKIE_NAME, "value": session_of(user), "url": house}]
    )
    return phone


def titles(page: Page) -> list[str]:
    return page.get_by_test_id("suggestion").locator("h2").all_inner_texts()


def decline(page: Page, title: str, reason: str) -> None:
    card = page.get_by_test_id("suggestion").filter(has=page.get_by_role("heading", name=title, exact=True))
    card.get_by_text("不合适", exact=False).first.click()
    card.get_by_role("button", name=reason).click()
    expect(page.locator("#declined")).to_be_visible()


def test_a_no_with_its_reason_changes_the_list_and_can_be_taken_back(zhou_page: Page) -> None:
    page = zhou_page
    page.goto("/me/recommendations/")
    before = titles(page)
    assert before[0] == "咖啡师"
    assert "门店咖啡师" in before

    decline(page, "资深咖啡师", "太远")
    # At once, before any worker came: what lies as far away is gone too, and the page says why.
    assert not {"资深咖啡师", "门店咖啡师"} & set(titles(page))
    expect(page.get_by_test_id("leaning")).to_contain_text("更看重路程")
    assert overflowing(page) == []
    page.goto("/me/privacy/")
    expect(page.get_by_test_id("leaning")).to_contain_text("更看重路程")

    page.goto("/me/recommendations/")
    page.locator("#declined").get_by_role("button", name="恢复").click()
    expect(page.locator("#declined")).to_have_count(0)
    assert "资深咖啡师" in titles(page)


def test_not_this_employer_takes_the_employer_out(zhou_page: Page) -> None:
    page = zhou_page
    page.goto("/me/recommendations/")
    decline(page, "收银员", "不考虑这家单位")
    assert not {"收银员", "理货员", "门店咖啡师"} & set(titles(page))
    assert "咖啡师" in titles(page)


def test_a_changed_wish_changes_the_list_and_the_reasons(zhou_page: Page, work: Callable[[], None]) -> None:
    page = zhou_page
    page.goto("/me/recommendations/")
    assert titles(page)[0] == "咖啡师"
    expect(page.get_by_test_id("suggestion").first).to_contain_text("咖啡师")
    page.goto("/me/profile")
    page.locator("#id_wanted_text").fill("会计")
    page.get_by_role("button", name="保存").click()
    page.wait_for_load_state()
    work()
    page.goto("/me/recommendations/")
    first = page.get_by_test_id("suggestion").filter(has=page.get_by_role("heading", name="会计", exact=True))
    expect(first).to_contain_text("“会计”")


def test_limits_that_shut_everything_out_are_said_with_the_way_out(
    zhou_page: Page, work: Callable[[], None]
) -> None:
    from yuanmeng.core.actors import CLOCK
    from yuanmeng.seekers.models import Seeker

    seeker: Any = Seeker.objects.get()
    seeker.change(by=CLOCK, at=timezone.now(), pay_floor_fen=2_000_000)
    work()
    page = zhou_page
    page.goto("/me/recommendations/")
    notice = page.get_by_test_id("loosenings")
    expect(notice).to_contain_text("按您的条件暂无岗位")
    expect(notice).to_contain_text("可多看到")
    assert overflowing(page) == []

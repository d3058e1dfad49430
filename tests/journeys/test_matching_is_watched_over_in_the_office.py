"""王科 turns the dial and sees who gains; a bad model is refused and the page says so; back by one click."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import numpy as np
import pytest
from django.conf import settings as house_settings
from django.utils import timezone
from playwright.sync_api import Page, expect

from tests import factories
from tests.journeys.conftest import overflowing
from tests.journeys.sweep_town import session_of
from yuanmeng.core.models import AuditEntry
from yuanmeng.recommend import door, sharing, train
from yuanmeng.recommend.models import Impression, ModelVersion, Suggestion

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
PEOPLE, JOBS = 110, 14


@pytest.fixture
def town_at_work(db: Any) -> Any:
    """110 people, fourteen vacancies that differ in pay and place; each took what suited them most."""
    at = timezone.now()
    firm = factories.employer(at=at)
    since = (at - timedelta(days=20)).date()
    jobs = [
        factories.vacancy(
            firm, f"店员{name}", at=at, state="published", openings=1, valid_from=since,
            place=factories.place(lon=121.40 + 0.002 * n, lat=31.21),
            pay_min_fen=500_000 + 12_000 * n, pay_max_fen=520_000 + 12_000 * n,
        )
        for n, name in enumerate("甲乙丙丁戊己庚辛壬癸子丑寅卯")
    ]  # fmt: skip
    people = [
        factories.seeker(
            f"甲{n}",
            at=at,
            wanted_text="店员",
            pay_floor_fen=480_000,
            home_lon=121.40 + 0.0007 * (n % 40),
            home_lat=31.21,
        )
        for n in range(PEOPLE)
    ]
    first = door.train(at=at - timedelta(days=9))
    for n, seeker in enumerate(people):
        when = at - timedelta(days=8) + timedelta(minutes=90 * n)
        Impression.objects.bulk_create(
            Impression(seeker=seeker, vacancy=jobs[(place + n) % JOBS], where="own", position=place,
                       model_version=first, at=when)
            for place in range(1, JOBS + 1)
        )  # fmt: skip
        row = seeker.suggestions.best_first()[0]
        row.agree(by=None, at=when + timedelta(minutes=1))  # type: ignore[arg-type]
    return first


@pytest.fixture
def wang_page(desktop: Page, wang: Any, house: str) -> Page:
    desktop.context.add_cookies(
        [{"name": house_settings.SESSION_COOKIE_NAME, "value": session_of(wang), "url": house}]
    )
    return desktop


def test_the_dial_shows_who_gains_and_is_set_by_confirming(
    town_at_work: Any, wang_page: Page, work: Callable[[], None]
) -> None:
    page = wang_page
    page.goto("/office/engine/")
    expect(page.get_by_test_id("strength")).to_contain_text("0 %")
    page.locator("#strength").evaluate(
        "(dial) => { dial.value = 60; dial.dispatchEvent(new Event('change', { bubbles: true })); }"
    )
    preview = page.get_by_test_id("preview")
    expect(preview).to_contain_text("设为 60 % 会怎样")
    expect(preview).to_contain_text("▲ 店员")
    expect(preview).to_contain_text("匹配度损失")
    assert sharing.in_force() is None  # looking changes nothing
    assert overflowing(page) == []

    page.get_by_role("button", name="设为 60 %").click()
    page.get_by_role("dialog").get_by_role("button", name="设定").click()
    expect(page.get_by_test_id("strength")).to_contain_text("60 %")
    assert AuditEntry.objects.filter(action="engine.sharing").count() == 1
    before = _named()
    work()
    after = _named()
    assert sum(n * n for n in after.values()) < sum(n * n for n in before.values())


def _named() -> dict[int, int]:
    """How often each vacancy stands in somebody's first ten."""
    named: dict[int, int] = {}
    for seeker in set(Suggestion.objects.values_list("seeker", flat=True)):
        rows = Suggestion.objects.filter(seeker=seeker).best_first()[:10]
        for vacancy in rows.values_list("vacancy", flat=True):
            named[vacancy] = named.get(vacancy, 0) + 1
    return named


def _turned(hand_set: Any, examples: Any) -> Any:
    """An order gone wrong: it looks at years of work alone."""
    weight = np.where([f.name == "experience" for f in hand_set.features], 1.0, 0.0)
    return type(hand_set)(weight, hand_set.usual, hand_set.features)


def test_a_bad_model_is_refused_and_the_office_is_told(
    town_at_work: Any, wang_page: Page, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(train, "learned_order", _turned)
    door.train(at=timezone.now())
    page = wang_page
    page.goto("/office/")
    expect(page.get_by_text("匹配引擎提示")).to_be_visible()
    page.goto("/office/engine/")
    notice = page.get_by_test_id("refused")
    expect(notice).to_contain_text("未通过")
    expect(notice).to_contain_text("排序得分")
    versions = page.get_by_test_id("versions").locator("li")
    expect(versions).to_have_count(2)
    expect(versions.nth(0)).to_contain_text("未通过")
    expect(versions.nth(1)).to_contain_text("在用")
    # A refused one offers no way back to it.
    expect(versions.nth(0).get_by_role("button")).to_have_count(0)
    assert ModelVersion.objects.serving() == town_at_work


def test_back_to_the_model_before_by_one_click(
    town_at_work: Any, wang_page: Page, work: Callable[[], None]
) -> None:
    Impression.objects.all().delete()  # without labels the next build carries the weights on
    later = door.train(at=timezone.now())
    assert ModelVersion.objects.serving() == later
    page = wang_page
    page.goto("/office/engine/")
    page.get_by_role("button", name="回退到此版").click()
    page.get_by_role("dialog").get_by_role("button", name="重新启用").click()
    expect(page.get_by_test_id("versions").locator("li").nth(1)).to_contain_text("在用")
    assert ModelVersion.objects.serving() == town_at_work
    work()
    assert set(Suggestion.objects.unanswered().values_list("model_version", flat=True)) == {town_at_work.pk}

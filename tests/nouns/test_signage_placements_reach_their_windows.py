"""A placement reaches the windows it names; an emergency reaches every screen, and ends."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from tests import factories
from tests.nouns.signage import AUTHOR, approved, device, hung, playlist, site
from yuanmeng.core.errors import NotYours, Refused
from yuanmeng.core.models import AuditEntry
from yuanmeng.organisations.viewer import viewer_of
from yuanmeng.signage import issuing
from yuanmeng.signage.emergency import end_takeover, takeover
from yuanmeng.signage.manifest import showing
from yuanmeng.signage.models import Content, Device, Placement

pytestmark = pytest.mark.django_db


def titles(row: Device, at: datetime) -> list[str]:
    """Return what the device shows at this moment."""
    entries = showing(issuing.made_for(row, at=at).as_dict(), at)
    return [item["title"] for entry in entries for item in entry["items"]]


@pytest.fixture
def manager(wang: Any, at: datetime) -> Any:
    return viewer_of(wang, on=timezone.localdate(at))


def test_without_names_all_windows_of_the_space(at: datetime) -> None:
    here, there = site(), site("tianshan", "天山驿")
    (one, _), (two, _), (wall, _) = (
        device(at=at, site=here),
        device(at=at, site=there),
        device("wall", at=at, site=here),
    )
    hung(approved("这里", at=at), at=at, site=here)
    hung(approved("处处", at=at), at=at)
    assert sorted(titles(one, at)) == ["处处", "这里"]
    assert titles(two, at) == ["处处"]
    assert titles(wall, at) == [], "a wall has its own page"


def test_by_name_only_those_named(at: datetime) -> None:
    (one, _), (two, _) = device(at=at), device(at=at)
    hung(approved("点名", at=at), at=at, devices=[one])
    assert (titles(one, at), titles(two, at)) == (["点名"], [])


@pytest.mark.parametrize("kind", ["wall", "kiosk"])
def test_what_plays_no_lists_is_given_none(at: datetime, kind: str) -> None:
    (window, _), (other, _) = device(at=at), device(kind, at=at, name="大厅")
    with pytest.raises(Refused, match="大厅"):
        hung(approved("点名", at=at), at=at, devices=[window, other])
    assert not Placement.objects.exists()


def test_taken_down_it_is_gone(at: datetime) -> None:
    one, _token = device(at=at)
    row = hung(approved("甲", at=at), at=at)
    row.withdraw(by=AUTHOR, at=at)
    row.withdraw(by=AUTHOR, at=at)
    assert titles(one, at) == []


def test_a_qr_leads_to_the_same_thing_on_the_phone(at: datetime) -> None:
    one, _token = device(at=at)
    near = approved("附近", at=at, kind="vacancies", query={"no_degree": "1"})
    month, policy = (
        approved("排片", at=at, kind="programme"),
        approved("政策", at=at, kind="policy", body="免费"),
    )
    hung(near, month, policy, approved("承诺", at=at, link="/help/"), at=at)
    [entry] = issuing.made_for(one, at=at).as_dict()["entries"]
    assert [item["qr"] for item in entry["items"]] == [
        "/vacancies/?no_degree=1", "/programme/", None, "/help/",
    ]  # fmt: skip
    for path in ("/vacancies/?no_degree=1", "/programme/", "/help/"):
        assert Client().get(path).status_code == 200, path


def test_settings_and_house_change_the_hash_at_once(at: datetime) -> None:
    one, _token = device(at=at, site=site())
    before = issuing.made_for(one, at=at).hash
    one.set_up(by=AUTHOR, at=at, elder=True)
    assert issuing.made_for(one, at=at).hash != before
    assert issuing.made_for(one, at=at + timedelta(days=1)).hash != before


@pytest.mark.parametrize(
    "facts",
    [
        {"to_on": date(2026, 11, 1)},
        {"to_on": date(2030, 1, 1)},
        {"weekdays": 0},
        {"weekdays": 128},
        {"priority": 10},
        {"interrupt": True},
    ],
)
def test_odd_placements_are_refused(at: datetime, facts: dict[str, Any]) -> None:
    with pytest.raises(Refused):
        hung(approved(at=at), at=at, **facts)
    assert not Placement.objects.exists()


def test_the_database_wants_an_end_of_every_interrupt(at: datetime) -> None:
    row = hung(approved(at=at), at=at)
    with pytest.raises(IntegrityError), transaction.atomic():
        Placement.objects.filter(pk=row.pk).update(interrupt=True)


def test_an_emergency_takes_every_screen_over_and_ends(manager: Any, at: datetime) -> None:
    (window, _), (wall, _), (kiosk, _) = device(at=at), device("wall", at=at), device("kiosk", at=at)
    hung(approved("日常", at=at), at=at, priority=9)
    row = takeover("台风红色预警", body="请留在室内", minutes=30, by=manager, at=at)
    for screen in (window, wall):
        assert titles(screen, at) == ["台风红色预警"]
    assert titles(kiosk, at) == []
    assert titles(window, at + timedelta(minutes=29, seconds=59)) == ["台风红色预警"]
    assert titles(window, at + timedelta(minutes=30)) == ["日常"]
    end_takeover(row, by=manager, at=at + timedelta(minutes=5))
    assert titles(window, at) == ["日常"]
    acts = AuditEntry.objects.values_list("action", flat=True)
    assert list(acts) == ["screens.takeover", "screens.end_takeover"]


def test_an_emergency_may_show_what_is_approved_on_one_device(manager: Any, at: datetime) -> None:
    (one, _), (two, _) = device(at=at), device(at=at)
    takeover(approved("疏散路线", at=at), minutes=5, by=manager, at=at, devices=[one])
    assert (titles(one, at), titles(two, at)) == (["疏散路线"], [])


def test_an_emergency_over_midnight_is_one_stretch(manager: Any, at: datetime) -> None:
    late = at.replace(hour=23)
    one, _token = device(at=at)
    takeover("停水", minutes=180, by=manager, at=late)
    [entry] = issuing.made_for(one, at=late).as_dict()["entries"]
    assert (entry["from"][11:16], entry["to"][11:16]) == ("23:00", "02:00")
    assert titles(one, late + timedelta(hours=2)) == ["停水"]


@pytest.mark.parametrize(("words", "minutes"), [("", 5), ("甲", 0), ("甲", 721), ("<b>甲</b>", 5)])
def test_an_odd_emergency_changes_nothing(manager: Any, at: datetime, words: str, minutes: int) -> None:
    with pytest.raises(Refused):
        takeover(words, minutes=minutes, by=manager, at=at)
    assert not Placement.objects.exists() and not Content.objects.exists()


def test_only_the_manager_takes_over(reviewer: Any, manager: Any, at: datetime) -> None:
    other = viewer_of(reviewer, on=timezone.localdate(at))
    with pytest.raises(NotYours):
        takeover("甲", minutes=5, by=other, at=at)
    row = takeover("甲", minutes=5, by=manager, at=at)
    with pytest.raises(NotYours):
        end_takeover(row, by=other, at=at)


def test_what_was_written_for_an_emergency_goes_into_no_playlist(manager: Any, at: datetime) -> None:
    notice = takeover("甲", minutes=5, by=manager, at=at).notice
    with pytest.raises(Refused):
        playlist(notice, at=at)


def test_many_devices_that_ask_cost_little(at: datetime) -> None:
    """What was placed is read once for all of them; who asks again costs one query."""
    home = site()
    devices = [device(at=at, site=home, name=f"窗{n}")[0] for n in range(50)]
    hung(approved(at=at), at=at, starts=time(8), ends=time(20))
    with CaptureQueriesContext(
        connection,
    ) as first:
        hashes = {issuing.made_for(one, at=at).hash for one in devices}
    with CaptureQueriesContext(connection) as again:
        for one in devices:
            issuing.made_for(one, at=at)
    assert len(hashes) == 50
    assert len(first) <= 50 + 6 and len(again) == 50


def test_factories_still_make_devices(at: datetime) -> None:
    assert factories.device("kiosk", at=at)[0].paired_at == at

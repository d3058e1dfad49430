"""Content is written by one and approved by another, put in an order, hung up – and seen through before."""

from __future__ import annotations

import io
import re
from datetime import datetime, time, timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from PIL import Image

from tests import factories
from tests.nouns import signage
from yuanmeng.signage.models import Content, Placement, Playlist

pytestmark = pytest.mark.django_db
NOTICE = {"title": "周五求职夜市", "body": "19:00 在大厅", "seconds": "12"}


@pytest.fixture(autouse=True)
def _now(monkeypatch: pytest.MonkeyPatch, at: datetime) -> None:
    monkeypatch.setattr(timezone, "now", lambda: at)


def browser(user: Any) -> Client:
    client = Client()
    client.force_login(user)
    return client


@pytest.fixture
def writer(editor: Any) -> Client:
    return browser(editor)


@pytest.fixture
def manager(wang: Any) -> Client:
    return browser(wang)


def said(answer: Any) -> str:
    return str(answer.content.decode())


def draft(writer: Client, kind: str = "notice", **facts: Any) -> Content:
    answer = writer.post(f"/office/content/new?kind={kind}", {**NOTICE, **facts})
    assert answer.status_code == 302, said(answer)
    return Content.objects.latest("id")


def answered(client: Client, row: Content, answer: str, **facts: str) -> Any:
    path = f"/office/content/{row.uid}/answer"
    return client.post(path, {"answer": answer, **facts}, follow=True)


def test_a_notice_goes_through_two_pairs_of_hands(writer: Client, manager: Client) -> None:
    row = draft(writer)
    assert "周五求职夜市" in said(writer.get(f"/office/content/{row.uid}/"))
    answered(writer, row, "submit")
    assert '<span class="figure__number">1</span>' in said(manager.get("/office/"))
    assert "审核通过" in said(manager.get(f"/office/content/{row.uid}/"))
    assert "可加入节目单" in said(answered(manager, row, "approve"))
    row.refresh_from_db()
    assert row.state == "approved"


def test_who_wrote_it_does_not_approve_it(
    editor: Any, subdistrict: Any, writer: Client, at: datetime
) -> None:
    from yuanmeng.organisations.models import Membership

    Membership.objects.create(user=editor, organisation=subdistrict, role="manager", from_on=at.date())
    row = draft(writer)
    answered(writer, row, "submit")
    page = said(writer.get(f"/office/content/{row.uid}/"))
    assert "需由另一位同事审核" in page and 'value="approve"' not in page
    answer = answered(writer, row, "approve")
    assert answer.status_code == 409 and "另" in said(answer)
    row.refresh_from_db()
    assert row.state == "submitted"


def test_it_is_returned_with_a_reason_and_mended(writer: Client, manager: Client) -> None:
    row = draft(writer)
    answered(writer, row, "submit")
    assert answered(manager, row, "return", reason="x").status_code == 409
    answered(manager, row, "return", reason="请写明地点")
    page = said(writer.get(f"/office/content/{row.uid}/"))
    assert "请写明地点" in page and "提交审核" in page
    writer.post(f"/office/content/{row.uid}/edit", {**NOTICE, "title": "周五夜市在才俊咖啡"})
    answered(writer, row, "submit")
    answered(manager, row, "approve")
    row.refresh_from_db()
    assert (row.state, row.title) == ("approved", "周五夜市在才俊咖啡")


def test_a_new_version_takes_the_place_of_what_hangs(writer: Client, manager: Client, at: datetime) -> None:
    old = signage.approved("旧", at=at)
    playlist = signage.playlist(old, at=at)
    answer = writer.post(f"/office/content/{old.uid}/edit", {**NOTICE, "title": "新"})
    new = Content.objects.latest("id")
    assert answer.headers["Location"].endswith(f"{new.uid}/") and new.replaces == old
    answered(writer, new, "submit")
    answered(manager, new, "approve")
    assert [item.content for item in playlist.items.all()] == [new]


def test_taking_down_wants_a_reason(writer: Client, at: datetime) -> None:
    row = signage.approved(at=at)
    assert answered(writer, row, "withdraw").status_code == 409
    assert "已撤下" in said(answered(writer, row, "withdraw", reason="活动取消了"))


def test_html_and_far_links_are_refused_beside_the_field(writer: Client) -> None:
    for facts, words in (
        ({"title": "<b>粗</b>"}, "尖括号"),
        ({"link": "https://example.org/"}, "/vacancies/"),
    ):
        answer = writer.post("/office/content/new?kind=notice", {**NOTICE, **facts})
        assert answer.status_code == 422 and words in said(answer), said(answer)
    assert not Content.objects.exists()


def test_vacancy_cards_keep_their_search(writer: Client) -> None:
    row = draft(writer, "vacancies", minutes="15", no_degree="on", industry="H", pay_min="6000")
    assert row.query["minutes"] == "15" and row.query["no_degree"] == "1" and row.query["industry"] == ["H"]
    form = said(writer.get(f"/office/content/{row.uid}/edit"))
    assert re.search(r'name="minutes"[^>]*value="15"', form) or re.search(
        r'value="15"[^>]*name="minutes"', form
    )
    assert 'value="H" selected' in form


def picture(form: str = "PNG") -> io.BytesIO:
    file = io.BytesIO()
    Image.new("RGB", (320, 180), (200, 120, 40)).save(file, form)
    file.seek(0)
    file.name = "poster.png"
    return file


def test_a_poster_is_taken_and_others_are_refused(writer: Client) -> None:
    row = draft(writer, "image", file=picture())
    assert row.file is not None and row.file.url in said(writer.get(f"/office/content/{row.uid}/"))
    drawing = io.BytesIO(b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>")
    drawing.name = "poster.png"
    answer = writer.post("/office/content/new?kind=image", {**NOTICE, "file": drawing})
    assert answer.status_code == 422 and "SVG" in said(answer)
    assert Content.objects.count() == 1


def test_the_list_is_searched_and_sorted_by_state(writer: Client, at: datetime) -> None:
    draft(writer)
    signage.approved("明天停水", at=at)
    assert "明天停水" not in said(writer.get("/office/content/?tab=draft"))
    page = said(writer.get("/office/content/?q=停水"))
    assert "明天停水" in page and "周五求职夜市" not in page


def sent(playlist: Playlist, act: str, **facts: Any) -> dict[str, Any]:
    items = list(playlist.items.select_related("content"))
    playlist.refresh_from_db()
    return {
        "mark": playlist.changed_at.isoformat(), "act": act, "item": [one.content.uid for one in items],
        "seconds": [one.seconds or "" for one in items], **facts,
    }  # fmt: skip


def order(playlist: Playlist) -> list[str]:
    return [str(item.content) for item in playlist.items.select_related("content")]


def test_a_playlist_is_put_in_order_without_script(writer: Client, at: datetime) -> None:
    writer.post("/office/content/playlists/", {"name": "日常"})
    playlist, path = Playlist.objects.get(), ""
    path = f"/office/content/playlists/{playlist.uid}/"
    for name in "甲乙丙":
        writer.post(path, sent(playlist, "add", content=signage.approved(name, at=at).uid))
    assert order(playlist) == ["甲", "乙", "丙"]
    answer = writer.post(path, sent(playlist, "up-2"))
    assert answer.headers["Location"].endswith("#up-1") and order(playlist) == ["甲", "丙", "乙"]
    writer.post(path, sent(playlist, "down-0"))
    assert order(playlist) == ["丙", "甲", "乙"]
    writer.post(path, sent(playlist, "drop-1", seconds=["", "", "45"]))
    assert order(playlist) == ["丙", "乙"] and playlist.items.last().seconds == 45
    assert writer.post(path, sent(playlist, "keep", seconds=["3", ""])).status_code == 409
    assert order(playlist) == ["丙", "乙"]


def test_what_was_taken_down_leaves_the_list_when_it_is_kept(writer: Client, at: datetime) -> None:
    gone, good = signage.approved("甲", at=at), signage.approved("乙", at=at)
    playlist = signage.playlist(gone, good, at=at)
    gone.withdraw(by=None, at=at)
    path = f"/office/content/playlists/{playlist.uid}/"
    assert "已撤下，不显示" in said(writer.get(path))
    writer.post(path, sent(playlist, "keep"))
    assert order(playlist) == ["乙"]


def test_two_who_sort_at_once_do_not_overwrite_each_other(writer: Client, at: datetime) -> None:
    playlist = signage.playlist(signage.approved("甲", at=at), signage.approved("乙", at=at), at=at)
    stale = sent(playlist, "up-1")
    playlist.arrange([signage.approved("丙", at=at)], by=signage.AUTHOR, at=at + timedelta(seconds=5))
    answer = writer.post(f"/office/content/playlists/{playlist.uid}/", stale)
    assert answer.status_code == 409 and "刷新" in said(answer) and order(playlist) == ["丙"]


def place(playlist: Playlist, **facts: Any) -> dict[str, Any]:
    return {
        "playlist": playlist.uid, "from_on": "2026-11-25", "to_on": "2026-12-25", "weekdays": ["4"],
        "starts": "21:00", "ends": "02:00", "priority": "3", **facts,
    }  # fmt: skip


def test_a_night_is_hung_up_and_said_in_words(manager: Client, at: datetime) -> None:
    device, _token = signage.device(name="门口窗", at=at)
    playlist = signage.playlist(signage.approved("夜市", at=at), at=at, name="夜间")
    answer = manager.post(
        "/office/content/placements/new", place(playlist, devices=[device.uid]), follow=True
    )
    assert "21:00 至次日 02:00" in said(answer) and "星期五" in said(answer)
    row = Placement.objects.get()
    assert (row.weekdays, row.starts, row.priority) == (1 << 4, time(21), 3)
    assert list(row.devices.all()) == [device]
    saturday = said(manager.get(f"/office/content/placements/day?device={device.uid}&on=2026-11-28"))
    assert "00:00–02:00" in saturday and "夜间" in saturday
    manager.post(f"/office/content/placements/{row.uid}/withdrawal")
    row.refresh_from_db()
    assert row.withdrawn_at is not None


def test_days_the_wrong_way_round_are_said_beside_the_field(writer: Client, at: datetime) -> None:
    playlist = signage.playlist(signage.approved(at=at), at=at)
    answer = writer.post("/office/content/placements/new", place(playlist, to_on="2026-11-01"))
    assert answer.status_code == 422 and not Placement.objects.exists()


def test_the_day_says_who_wins_where_two_overlap(writer: Client, at: datetime) -> None:
    device, _token = signage.device(name="门口窗", at=at)
    signage.hung(signage.approved("平日通知", at=at), at=at, priority=1)
    strong = signage.playlist(signage.approved("午间专场", at=at), at=at, name="午间")
    Placement.put_up(
        strong, from_on=at.date(), to_on=at.date(), starts=time(11), ends=time(13), priority=5,
        by=signage.AUTHOR, at=at,
    )  # fmt: skip
    page = said(writer.get(f"/office/content/placements/day?device={device.uid}"))
    pieces = page.split('data-testid="pieces"')[1]
    assert re.findall(r"(\d\d:\d\d)–", pieces) == ["00:00", "11:00", "13:00"]
    assert "“日常”（优先级 1）让位：优先级 5 的内容优先。" in pieces
    assert writer.get("/office/content/placements/day?on=someday&device=none").status_code == 200


def test_the_auditor_reads_and_changes_nothing(subdistrict: Any, at: datetime) -> None:
    row = signage.approved(at=at)
    playlist = signage.playlist(row, at=at)
    auditor = browser(factories.member("au", "审计", subdistrict, role="auditor", at=at))
    assert auditor.get(f"/office/content/playlists/{playlist.uid}/").status_code == 200
    assert auditor.post(f"/office/content/playlists/{playlist.uid}/", {}).status_code == 404
    assert auditor.post("/office/content/playlists/", {"name": "x"}).status_code == 404
    assert answered(auditor, row, "withdraw", reason="不行不行").status_code == 404
    assert auditor.get("/office/content/placements/new").status_code == 404

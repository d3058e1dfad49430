"""What windows show was written by one and approved by another, in plain words, never changed unseen."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from tests.nouns.signage import AUTHOR, REVIEWER, approved, hung, playlist
from yuanmeng.core.actors import Told
from yuanmeng.core.errors import MoveRefused, Refused
from yuanmeng.core.models import EventRow, Step
from yuanmeng.signage.models import Content, Playlist, PlaylistItem, Version

pytestmark = pytest.mark.django_db


def test_the_way_of_content_from_draft_to_window(at: datetime) -> None:
    row = Content.write("notice", by=AUTHOR, at=at, title="停电通知", body="周三 22:00 起")
    assert row.seconds == 12 and row.state == "draft"
    row.submit(by=AUTHOR, at=at)
    row.send_back(by=REVIEWER, at=at, reason="请写明日期")
    assert row.state == "returned" and row.reason == "请写明日期"
    row.edit(by=AUTHOR, at=at, body="11 月 25 日 22:00 起")
    row.submit(by=AUTHOR, at=at)
    row.approve(by=REVIEWER, at=at)
    row.withdraw(by=AUTHOR, at=at)
    assert [step.new for step in Step.of(row)] == [
        "draft", "submitted", "returned", "submitted", "approved", "withdrawn",
    ]  # fmt: skip
    kinds = EventRow.objects.filter(object_uid=row.uid).values_list("kind", flat=True)
    assert "content.approved" in kinds and "content.withdrawn" in kinds


def test_nobody_approves_what_they_wrote(at: datetime) -> None:
    row = Content.write("notice", by=AUTHOR, at=at, title="甲")
    row.edit(by=REVIEWER, at=at, title="乙")
    row.submit(by=AUTHOR, at=at)
    for writer in (AUTHOR, REVIEWER):
        with pytest.raises(Refused) as refusal:
            row.approve(by=writer, at=at)
        assert refusal.value.code == "second_person"
    row.approve(by=Told("user:third"), at=at)


def test_the_database_wants_a_reviewer_too(at: datetime) -> None:
    row = Content.write("notice", by=AUTHOR, at=at, title="甲")
    with pytest.raises(IntegrityError), transaction.atomic():
        Content.objects.filter(pk=row.pk).update(state="approved")


@pytest.mark.parametrize(
    ("field", "text"),
    [
        ("title", "<b>夜市</b>"),
        ("title", "<script>alert(1)</script>"),
        ("body", "点<img src=x onerror=alert(1)>这里"),
        ("title_en", "< SVG onload=x>"),
    ],
)
def test_html_is_refused_with_a_sentence(at: datetime, field: str, text: str) -> None:
    facts = {"title": "夜市", field: text}
    with pytest.raises(Refused) as refusal:
        Content.write("notice", by=AUTHOR, at=at, **facts)
    assert refusal.value.field == field and refusal.value.code == "not_plain"
    assert not Content.objects.exists()


def test_a_sign_that_is_no_tag_may_stand(at: datetime) -> None:
    assert Content.write("notice", by=AUTHOR, at=at, title="年龄<60 且 >16").title == "年龄<60 且 >16"


def test_turned_and_piled_letters_are_cut(at: datetime) -> None:
    row = Content.write(
        "notice", by=AUTHOR, at=at, title="夜\u202e市\u200f", body="z" + "\u0335" * 40 + "\n\n\n\n第二段\x07"
    )
    assert row.title == "夜市"
    assert len(row.body.split("\n")[0]) <= 3 and row.body.endswith("\n\n第二段")


@pytest.mark.parametrize(
    "facts",
    [
        {"title": "长" * 61},
        {"title": "甲", "body": "长" * 601},
        {"title": "甲", "seconds": 4},
        {"title": "甲", "seconds": 121},
        {"title": ""},
        {"title": "甲", "link": "https://example.com/"},
        {"title": "甲", "link": "//example.com"},
        {"title": "甲", "link": "/\\example.com"},
    ],
)
def test_what_does_not_fit_is_refused(at: datetime, facts: dict[str, Any]) -> None:
    with pytest.raises(Refused):
        Content.write("notice", by=AUTHOR, at=at, **facts)


def test_its_last_moment_lies_behind_its_first(at: datetime) -> None:
    with pytest.raises(Refused):
        Content.write("notice", by=AUTHOR, at=at, title="甲", valid_from=at, valid_until=at)


def test_filters_are_those_of_the_public_search(at: datetime) -> None:
    row = Content.write(
        "vacancies", by=AUTHOR, at=at, title="附近", query={"no_degree": "1", "pay_min": "5000"}
    )
    assert row.query == {"no_degree": "1", "pay_min": "5000"}
    for odd in ({"pay_min": "many"}, {"page": "2"}, {"nonsense": "1"}, {"minutes": "10"}):
        with pytest.raises(Refused):
            Content.write("vacancies", by=AUTHOR, at=at, title="附近", query=odd)


def test_an_edit_of_what_hangs_is_a_new_version(at: datetime) -> None:
    old = approved("旧版", at=at)
    lists = playlist(old, at=at)
    with pytest.raises(Refused):
        old.edit(by=AUTHOR, at=at, title="新版")
    new = old.revise(by=AUTHOR, at=at, title="新版")
    assert (new.version, new.state, new.seconds) == (2, "draft", old.seconds)
    with pytest.raises(Refused):
        old.revise(by=AUTHOR, at=at)
    assert lists.items.get().content == old, "until the new one is approved the old one hangs"
    new.submit(by=AUTHOR, at=at)
    new.approve(by=REVIEWER, at=at)
    old.refresh_from_db()
    assert lists.items.get().content == new and old.state == "withdrawn"


def test_two_who_press_at_once(at: datetime) -> None:
    row = Content.write("notice", by=AUTHOR, at=at, title="甲")
    row.submit(by=AUTHOR, at=at)
    same = Content.objects.get(pk=row.pk)
    row.approve(by=REVIEWER, at=at)
    with pytest.raises(MoveRefused):
        same.send_back(by=REVIEWER, at=at, reason="不行不行")


def test_only_approved_content_goes_into_a_playlist(at: datetime) -> None:
    draft = Content.write("notice", by=AUTHOR, at=at, title="甲")
    row = Playlist.make("日常", by=AUTHOR, at=at)
    with pytest.raises(Refused) as refusal:
        row.arrange([approved(at=at), draft], by=AUTHOR, at=at)
    assert refusal.value.code == "not_approved" and "甲" in str(refusal.value)
    assert not row.items.exists(), "nothing half-written"


def test_a_huge_duration_is_refused_by_both(at: datetime) -> None:
    content, row = approved(at=at), Playlist.make("日常", by=AUTHOR, at=at)
    with pytest.raises(Refused):
        row.arrange([(content, 86_401)], by=AUTHOR, at=at)
    row.arrange([(content, 86_400)], by=AUTHOR, at=at)
    with pytest.raises(IntegrityError), transaction.atomic():
        PlaylistItem.objects.update(seconds=10**6)


def test_every_change_of_what_hangs_draws_another_mark(at: datetime) -> None:
    marks = {Version.now()}
    content = approved(at=at)
    for act in (
        lambda: playlist(content, at=at),
        lambda: hung(content, at=at),
        lambda: content.withdraw(by=AUTHOR, at=at + timedelta(hours=1)),
    ):
        act()
        assert Version.now() not in marks
        marks.add(Version.now())

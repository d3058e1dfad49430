"""The public notices: approved, valid now, in the reader's language."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from django.utils import timezone

from tests.nouns import signage
from tests.web.api import Caller, problem
from yuanmeng.signage.models import Content

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _now(monkeypatch: pytest.MonkeyPatch, at: datetime) -> None:
    monkeypatch.setattr(timezone, "now", lambda: at)


def titles() -> list[str]:
    return [one["title"] for one in Caller().json("/notices")["items"]]


def test_a_notice_says_what_and_until_when(at: datetime) -> None:
    row = signage.approved(
        "周五夜市", at=at, body="19:00 在大厅", valid_until=at + timedelta(days=2), title_en="Night market"
    )
    told = Caller().json("/notices")
    assert told["as_of"].startswith("2026-11-25T")
    assert told["items"] == [
        {
            "uid": row.uid, "kind": "notice", "title": "周五夜市", "body": "19:00 在大厅",
            "valid_until": "2026-11-27T10:00:00+08:00",
        }
    ]  # fmt: skip


def test_english_where_somebody_has_written_it(at: datetime) -> None:
    signage.approved("周五夜市", at=at, body="19:00 在大厅", title_en="Night market")
    [one] = Caller().json("/notices?lang=en")["items"]
    assert (one["title"], one["body"]) == ("Night market", "19:00 在大厅")


def test_only_what_is_approved_and_holds_now(at: datetime) -> None:
    Content.write("notice", by=signage.AUTHOR, at=at, title="草稿")
    signage.approved("过期", at=at, valid_until=at - timedelta(minutes=1))
    signage.approved("将来", at=at, valid_from=at + timedelta(hours=1))
    signage.approved("岗位", at=at, kind="vacancies")
    signage.approved("撤下", at=at).withdraw(by=None, at=at)
    signage.approved("政策", at=at, kind="policy", body="可以申请补贴")
    assert titles() == ["政策"]


def test_words_of_an_emergency_are_not_among_them(wang: object, at: datetime) -> None:
    from yuanmeng.organisations.viewer import viewer_of
    from yuanmeng.signage import emergency

    emergency.takeover("请离开", minutes=5, by=viewer_of(wang, on=at.date()), at=at)  # type: ignore[arg-type]
    assert titles() == []


def test_an_unknown_parameter_is_refused() -> None:
    assert problem(Caller().get("/notices?kind=x"), 422, "bad_query")["field"] == "kind"

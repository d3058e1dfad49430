"""The engine's page: read by those who watch, changed by those who may, honest when something is wrong."""

from __future__ import annotations

import json
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.test import Client

from tests import factories
from yuanmeng.ops.verbs import model as model_verb
from yuanmeng.recommend import door, engine, sharing, watching
from yuanmeng.recommend.models import ModelVersion, Suggestion

pytestmark = pytest.mark.django_db


def browser(user: Any) -> Client:
    client = Client()
    client.force_login(user)
    return client


def page(user: Any, query: str = "") -> str:
    answer = browser(user).get(f"/office/engine/{query}")
    assert answer.status_code == 200
    return answer.content.decode()


@pytest.fixture
def auditor(subdistrict: Any, at: datetime) -> Any:
    return factories.member("shen2", "申老师", subdistrict, role="auditor", at=at)


def test_before_the_first_build_it_says_so(wang: Any) -> None:
    assert "还没有计算过模型。" in page(wang)


def test_the_auditor_reads_and_turns_nothing(town: Any, auditor: Any, at: datetime) -> None:
    door.train(at=at - timedelta(days=1))
    door.train(at=at)
    read = page(auditor, "?strength=50")
    assert "还没有人答复" in read
    assert ' id="strength"' not in read
    assert "回退到此版" not in read
    assert 'data-testid="preview"' not in read


def test_the_manager_looks_before_anything_is_set(town: Any, wang: Any, at: datetime) -> None:
    door.train(at=at)
    assert 'data-testid="preview"' in page(wang, "?strength=50")
    assert sharing.in_force() is None
    refused = browser(wang).post("/office/engine/sharing", {"strength": "500"}, follow=True)
    assert "分摊强度应在 0 到 100 之间。" in refused.content.decode()
    assert sharing.in_force() is None
    browser(wang).post("/office/engine/sharing", {"strength": "30"})
    assert sharing.in_force().strength == 30  # type: ignore[union-attr]


@pytest.mark.parametrize("query", ["?strength=abc", "?strength=101", "?strength=-1", "?strength="])
def test_a_strange_strength_shows_no_preview(town: Any, wang: Any, at: datetime, query: str) -> None:
    door.train(at=at)
    assert 'data-testid="preview"' not in page(wang, query)


def test_an_unreadable_model_is_said_and_the_last_good_one_named(town: Any, wang: Any, at: datetime) -> None:
    first = door.train(at=at - timedelta(days=1))
    later = door.train(at=at)
    manifest = engine.folder_of(later) / "manifest.json"
    manifest.write_text(json.dumps({**json.loads(manifest.read_text()), "version": 99}))
    engine.forget_learned()
    said = page(wang)
    assert 'data-testid="fault"' in said
    assert str(first) in said


def test_what_has_moved_is_named(town: Any, wang: Any, at: datetime) -> None:
    first, later = door.train(at=at - timedelta(days=1)), door.train(at=at)
    ModelVersion.objects.filter(pk=first.pk).update(figures={"values": {"pay": [300, *[0] * 10]}})
    ModelVersion.objects.filter(pk=later.pk).update(figures={"values": {"pay": [*[0] * 9, 300, 0]}})
    said = page(wang)
    assert 'data-testid="drift"' in said
    assert "薪资" in said.partition('data-testid="drift"')[2][:400]
    assert "匹配引擎提示" in browser(wang).get("/office/").content.decode()


def test_groups_of_fewer_than_five_are_not_told(town: Any, at: datetime) -> None:
    for n in range(6):
        row = factories.seeker(f"甲{n}", at=at, birth_year=1990)
        row.person.sex = "1"
        row.person.save()
    door.train(at=at)
    groups = dict(watching.fairness(at.date()))
    ages = {group.label: group for rows in groups.values() for group in rows}
    assert ages["35–44"].rate.people == 6
    assert ages["45–54"].withheld  # 李阿姨 alone
    assert not ages["35–44"].withheld


def test_the_command_lists_builds_and_goes_back(town: Any, at: datetime) -> None:
    from argparse import Namespace

    from yuanmeng.ops.outcome import Cannot

    first, later = door.train(at=at - timedelta(days=1)), door.train(at=at)
    told = model_verb.run(Namespace(rollback=None))
    assert [row["state"] for row in told.facts["models"]] == ["serving", "retired"]
    with pytest.raises(Cannot):
        model_verb.run(Namespace(rollback="no such"))
    model_verb.run(Namespace(rollback=first.uid[:8]))
    assert ModelVersion.objects.serving() == first
    later.refresh_from_db()
    assert later.state == "retired"


def test_a_counsellor_says_it_for_somebody(town: Any, at: datetime) -> None:
    town.li.owner = town.chen
    town.li.save()
    door.train(at=at)
    row = Suggestion.objects.get(seeker=town.li, vacancy=town.barista)
    client = browser(town.chen)
    assert "不合适" in client.get(f"/desk/people/{town.li.person.uid}/").content.decode()
    client.post(f"/desk/suggestions/{row.uid}/refusal", {"reason": "work"})
    row.refresh_from_db()
    assert (row.answer, row.answer_reason) == ("declined", "work")
    assert client.post("/desk/suggestions/nobody/refusal", {"reason": "work"}).status_code == 404

"""Reasons in words: true, short, each reader told what they may see, in both languages."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import pytest
from django.utils import translation

from tests import factories
from yuanmeng.core import events
from yuanmeng.matching.features import FEATURES
from yuanmeng.matching.gates import GATES
from yuanmeng.people.models import Consent
from yuanmeng.recommend import door, words
from yuanmeng.recommend.models import Suggestion

FACTS: dict[str, dict[str, Any]] = {
    "title": {"title": "客房保洁员", "wanted": "保洁员"},
    "occupation": {"occupation": "4-03", "wanted": ["4-03"]},
    "background": {"occupation": "4-03", "last": "4-03"},
    "taste": {"chosen": "楼层保洁员"},
    "skills": {"asked": 5, "met": ["保洁", "消毒", "布草", "收纳"], "missing": ["收银系统"]},
    "text": {"shared": "酒店保洁"},
    "commute": {"metres": 530, "walk_minutes": 9, "minutes": 4},
    "pay": {"min_fen": 650_000, "max_fen": 850_000, "floor_fen": 500_000},
    "hours": {"shifts": ["早班"]},
    "experience": {"asked_years": 2},
    "education": {"asked_rank": 6},
    "fresh": {"days": 2},
}


@pytest.mark.parametrize("reader", ["person", "officer", "employer"])
@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_every_reason_is_one_sentence_for_every_reader(reader: Any, language: str) -> None:
    assert set(FACTS) == {feature.name for feature in FEATURES}
    with translation.override(language):
        said = [words.say(kind, facts, reader) for kind, facts in FACTS.items()]
    assert len(set(said)) == len(said)
    for sentence in said:
        assert sentence.endswith(("。", ".")) and "%" not in sentence
        assert reader == "person" or not ({"您", "you", "You"} & {*sentence, *sentence.split()})


def test_skills_met_and_missing_are_named() -> None:
    with translation.override("en"):
        assert words.say("skills", FACTS["skills"], "person") == (
            "You have 4 of the 5 skills asked for; not yet: 收银系统."
        )
        assert words.say("commute", FACTS["commute"], "person") == "About 9 minutes on foot from home."
        assert words.say("pay", FACTS["pay"], "officer") == "6500–8500 yuan a month; at least 5000 wanted."


def test_every_gate_and_every_missing_field_has_words() -> None:
    assert all(words.gate(gate.name) for gate in GATES)
    assert all(words.missing(feature.needs) for feature in FEATURES if feature.needs)


@pytest.fixture
def trained(town: Any, at: datetime) -> Any:
    town.barista.change(by=town.hu, at=at, skills=["咖啡制作", "拉花"], experience_min_years=0)
    town.li.change(by=town.chen, at=at, wanted_text="咖啡师", last_job="在咖啡馆帮厨", shifts=["早班"])
    Consent.objects.create(
        person=town.li.person, purpose="suggested_to_employers", text_version="1", channel="desk", given_at=at
    )
    door.train(at=at)
    return town


def test_an_employer_reads_nothing_of_home_pay_wanted_or_former_work(trained: Any, at: datetime) -> None:
    [line] = door.suggest_people(trained.barista, at=at)
    kinds = {reason["kind"] for reason in line.suggestion.reasons} if line.suggestion else set()
    assert "commute" in kinds  # it decided, and the person is told
    said = " ".join(line.reasons)
    assert line.reasons and not any(word in said for word in ("家", "步行", "4000", "帮厨", "班次"))
    assert any("步行" in sentence for sentence in door.suggest_vacancies(trained.li, at=at)[0].reasons)


def test_any_pair_can_be_explained_or_refused_in_words(trained: Any, at: datetime) -> None:
    fits = door.explain(trained.li, trained.barista, at=at, reader="person")
    assert fits.score and len(fits.reasons) == 3 and fits.obstacles == []
    stored = Suggestion.objects.get(seeker=trained.li, vacancy=trained.barista)
    assert fits.score == pytest.approx(stored.score, abs=1e-5)
    assert [fact["kind"] for fact in fits.facts] == [reason["kind"] for reason in stored.reasons[:3]]
    dear = factories.vacancy(trained.cafe, "咖啡师", at=at, state="published", pay_min_fen=1, pay_max_fen=2)
    refused = door.explain(trained.li, dear, at=at)
    assert refused.obstacles == [words.gate("pay")]


def test_a_thin_profile_is_told_what_to_add(trained: Any, at: datetime) -> None:
    thin = factories.seeker("陈新", at=at, education=None, home_lon=None, home_lat=None)
    gaps = door.missing_fields(thin, at=at, limit=20)
    assert [field for field, _ in gaps][:3] == ["occupations", "wish", "skills"]
    assert {"home", "education", "pay_floor"} <= {field for field, _ in gaps}
    whole = {field for field, _ in door.missing_fields(trained.li, at=at, limit=20)}
    assert not whole & {"wish", "skills", "home", "education", "pay_floor"}


def test_before_the_first_build_pairs_can_be_explained_too(town: Any, at: datetime) -> None:
    assert door.explain(town.li, town.barista, at=at).reasons


def test_an_answer_is_kept_and_a_declined_one_not_shown_again(trained: Any, at: datetime) -> None:
    line = door.suggest_vacancies(trained.li, at=at)[0]
    assert line.suggestion is not None
    door.answer(line.suggestion, "declined", by=trained.chen, at=at, reason="commute")
    events.tell("vacancy.changed", trained.barista, by=None, at=at)
    door.catch_up(at=at)
    door.train(at=at)
    assert trained.barista not in [
        row.vacancy for row in door.suggest_vacancies(trained.li, at=at) if row.is_personal
    ]
    kept = Suggestion.objects.get(seeker=trained.li, vacancy=trained.barista)
    assert (kept.answer, kept.answer_reason, kept.shown_at) == ("declined", "commute", at)
    told = [row.kind for row in events.unread("somebody", kinds=["suggestion."])]
    assert told == ["suggestion.declined"]


def test_a_second_tap_is_the_first_ones_answer(trained: Any, at: datetime) -> None:
    suggestion = Suggestion.objects.get(seeker=trained.li, vacancy=trained.barista)
    for _tap in range(2):
        door.answer(suggestion, "agreed", by=trained.chen, at=at)
    assert len(events.unread("somebody", kinds=["suggestion."])) == 1


def test_a_list_costs_few_queries(trained: Any, at: datetime, django_assert_max_num_queries: Any) -> None:
    for n in range(8):
        factories.vacancy(trained.cafe, f"咖啡师{n}", at=at, state="published")
    door.train(at=at)
    with django_assert_max_num_queries(4):  # the rows, and the first time they are shown, with their places
        lines = door.suggest_vacancies(trained.li, at=at)
        assert len(lines) == 9 and all(
            line.vacancy.organisation.name and line.vacancy.place for line in lines
        )
    with django_assert_max_num_queries(2):  # looked at again
        door.suggest_vacancies(trained.li, at=at)
    with django_assert_max_num_queries(2):  # the rows, and whom the employer said no to
        assert door.suggest_people(trained.barista, at=at)[0].seeker.person.pseudonym  # type: ignore[union-attr]

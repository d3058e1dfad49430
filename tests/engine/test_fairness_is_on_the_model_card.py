"""The model card names everything that is read, scored, gated and forbidden, in both languages."""

from __future__ import annotations

import re
from dataclasses import fields
from pathlib import Path

import pytest
from tools import make_model_card, model_card_words

from yuanmeng.matching import Person
from yuanmeng.matching.features import FEATURES
from yuanmeng.matching.gates import GATES
from yuanmeng.matching.records import NEVER

CARD = Path(__file__).resolve().parents[2] / "docs" / "model-card.md"


def test_there_are_words_for_everything_there_is() -> None:
    assert model_card_words.FEATURE.keys() == {feature.name for feature in FEATURES}
    assert model_card_words.GATE.keys() == {gate.name for gate in GATES}
    assert model_card_words.FORBIDDEN.keys() == NEVER
    named = {name for key in model_card_words.FIELD for name in key.split(", ")}
    assert named == {field.name for field in fields(Person)} - {"id"}


@pytest.mark.parametrize("tongue", [model_card_words.ZH, model_card_words.EN])
def test_the_written_card_tells_it_all(tongue: int) -> None:
    page = CARD.read_text(encoding="utf-8")
    words = (model_card_words.FEATURE, model_card_words.GATE, model_card_words.FORBIDDEN)
    for table in (*words, model_card_words.FIELD, model_card_words.FIGURE, model_card_words.MARKET):
        for name, said in table.items():
            assert said[tongue] in page, name
    assert not re.search(r"\bnan\b", page)
    assert "{" not in page


def test_the_fingerprint_changes_with_what_the_figures_hang_on() -> None:
    assert len(make_model_card.fingerprint()) == 16
    assert make_model_card.fingerprint() == make_model_card.fingerprint()

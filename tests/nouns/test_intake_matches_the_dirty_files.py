"""Every row of the two dirty files gets the answer a careful clerk would give."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from yuanmeng.intake.readers import read_lines
from yuanmeng.intake.rows import VacancyRow
from yuanmeng.intake.screening import findings_of
from yuanmeng.intake.understand import Decision, decide

FILES = ["dirty_postings.xlsx", "dirty_postings.csv"]
RANKS = {"小学": 3, "初中": 4, "中专": 5, "高中": 5, "大专": 6, "本科": 7, "硕士": 8, "博士": 9}
CHECKED = {
    *("pay_missing", "openings_missing", "validity_missing", "place_contradiction", "gender", "age"),
    *("hukou", "fee_or_deposit", "school", "diversion"),
}


def decisions(shared: Path, name: str) -> dict[int, Decision]:
    with (shared / "real" / name).open("rb") as file:
        lines = read_lines(file, name, "vacancies")
        made = list(decide(lines, lambda line: VacancyRow.parse(line, demo=True), screen=findings_of))
    by_line = {decision.line.number: decision for decision in made}
    assert len(by_line) == len(made), "a row was decided twice"
    return by_line


def expected(shared: Path, name: str) -> dict[str, Any]:
    answers: dict[str, Any] = json.loads((shared / "real" / "dirty_expected.json").read_text("utf-8"))
    return answers["files"][name]


def said(row: VacancyRow, field: str) -> Any:
    """A field of a row in the words of the expected file: yuan, degree names, ISO days."""
    if field in ("pay_min", "pay_max"):
        fen = getattr(row, f"{field}_fen")
        return None if fen is None else fen / 100
    value = getattr(row, field)
    return value.isoformat() if hasattr(value, "isoformat") else value


@pytest.mark.parametrize("name", FILES)
def test_it_decides_each_row_as_expected(shared: Path, name: str) -> None:
    made, want = decisions(shared, name), expected(shared, name)
    assert set(made) == {row["row"] for row in want["rows"]}
    for answer in want["rows"]:
        decision = made[answer["row"]]
        assert decision.action == answer["action"], (answer, decision.reason)
        assert (decision.reason or None) == answer.get("reason"), answer
        if "column" in answer:
            assert decision.column == answer["column"], answer


@pytest.mark.parametrize("name", FILES)
def test_it_reads_each_field_as_expected(shared: Path, name: str) -> None:
    made = decisions(shared, name)
    for answer in expected(shared, name)["rows"]:
        for field, value in answer.get("becomes", {}).items():
            value = RANKS.get(value, value) if field == "education" else value
            assert said(made[answer["row"]].row, field) == value, (answer["row"], field)


@pytest.mark.parametrize("name", FILES)
def test_it_finds_what_the_gate_will_ask_and_nothing_else(shared: Path, name: str) -> None:
    made = decisions(shared, name)
    for answer in expected(shared, name)["rows"]:
        if answer["action"] in ("admit", "update"):
            found = set(made[answer["row"]].findings) & CHECKED
            assert found == set(answer.get("findings", [])), answer


@pytest.mark.parametrize("name", FILES)
def test_the_totals_are_right(shared: Path, name: str) -> None:
    counted = Counter(str(decision.action) for decision in decisions(shared, name).values())
    assert counted == expected(shared, name)["totals"]

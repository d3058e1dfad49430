"""The exact small town: its card keeps the contract of acceptance tests, the same for one seed."""

from __future__ import annotations

import json
import os
import re
import sqlite3
import stat
import subprocess
import sys
from collections import Counter
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from yuanmeng.core.checks_cn import id_number_ok, phone_ok
from yuanmeng.ops import outcome

# Installs of their own, on SQLite whatever the run is on; PostgreSQL has test_ops_on_postgresql.
pytestmark = pytest.mark.once


def yuanmeng(*words: str, data: Path, **env: str) -> subprocess.CompletedProcess[str]:
    """Run one command in a process of its own, as people do; no demo flag from outside."""
    clean = {k: v for k, v in os.environ.items() if not k.startswith("YUANMENG_")}
    command = [sys.executable, "-m", "yuanmeng.ops.cli", *words, "--data", str(data)]
    return subprocess.run(command, env=clean | env, capture_output=True, text=True, timeout=300, check=False)


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("acceptance")
    done = yuanmeng("demo", "--profile", "acceptance", "--seed", "7", data=folder)
    assert done.returncode == outcome.DONE, done.stdout + done.stderr
    return folder


@pytest.fixture(scope="module")
def card(data: Path) -> dict[str, Any]:
    return json.loads((data / "demo.json").read_text("utf-8"))


def rows(data: Path, query: str) -> list[tuple[Any, ...]]:
    with closing(sqlite3.connect(data / "yuanmeng.db")) as database:
        return database.execute(query).fetchall()


def test_the_card_has_every_key_of_the_contract(card: dict[str, Any], data: Path) -> None:
    words = (
        "schema profile seed release base_url openapi health surfaces login accounts organisations devices"
        " relations canaries objects outbox logs private timing serve"
    )
    assert set(card) == set(words.split())
    assert (card["schema"], card["profile"], card["seed"]) == ("yuanmeng.demo/1", "acceptance", 7)
    assert set(card["surfaces"]) == {"citizen", "wall", "kiosk", "windows", "employer", "desk", "office"}
    assert card["login"]["path"] == "/api/v1/session"
    assert card["timing"] == {"kiosk_idle_s": 60, "kiosk_warning_s": 10}
    assert card["serve"] == ["yuanmeng", "serve", "--data", str(data), "--port", "8000"]


def test_the_cast_is_complete(card: dict[str, Any], data: Path) -> None:
    roles = Counter((a["role"], a["duty"]) for a in card["accounts"])
    assert roles["seeker", None] == 12 and roles["counsellor", None] == 2
    assert roles["recruiter", None] == 2 and roles["partner", None] == 4
    for role in ("front_desk", "manager", "auditor", "sysadmin"):
        assert roles[role, None] == 1
    for duty in ("reviewer", "editor", "data_officer", "cafe", "security"):
        assert roles["visitor", duty] == 1
    assert roles["visitor", "department_officer"] == 2
    assert Counter(o["kind"] for o in card["organisations"])["employer"] == 2
    assert Counter(d["kind"] for d in card["devices"]) == {
        "kiosk": 1,
        "wall": 2,
        "window": 2,
        "gate": 1,
        "buzzer": 1,
    }
    assert len(card["objects"]["vacancies"]) == 20
    assert [event["capacity"] for event in card["objects"]["events"]] == [10] * 20
    assert len(card["objects"]["rooms"]) == 3
    assert rows(data, "SELECT count(*) FROM seekers_seeker") == [(40,)]


def test_staff_need_a_second_factor_and_seekers_a_phone(card: dict[str, Any]) -> None:
    for account in card["accounts"]:
        assert len(account["password"]) >= 12
        staff = account["role"] not in {"seeker", "recruiter", "partner"}
        agency = account["key"] in {"partner_a", "partner_b"}
        assert bool(account["totp_secret"]) == (staff or agency), account["key"]
        if account["role"] == "seeker":
            assert phone_ok(account["phone"], demo=True) and account["person"]


def test_every_canary_is_a_value_found_once(card: dict[str, Any]) -> None:
    values = Counter(c["value"] for c in card["canaries"])
    assert len(card["canaries"]) == 40 * 12
    assert max(values.values()) == 1
    everything = "\n".join(values)
    for value in values:
        assert everything.count(value) == 1, f"{value} is part of another"
    ids = [c["value"] for c in card["canaries"] if c["field"] == "id_number"]
    assert all(id_number_ok(number, demo=True) and number.startswith("319999") for number in ids)


def test_personal_values_do_not_lie_open_in_the_database(card: dict[str, Any], data: Path) -> None:
    sealed = {
        c["value"] for c in card["canaries"] if c["field"] in {"phone", "email", "id_number", "address"}
    }
    raw = (data / "yuanmeng.db").read_bytes()
    assert not [value for value in sealed if value.encode() in raw]


def test_relations_name_rows_that_stand(card: dict[str, Any], data: Path) -> None:
    kinds = Counter(r["kind"] for r in card["relations"])
    assert kinds == {"applied": 7, "assigned": 3, "shared": 2}
    states = dict(rows(data, "SELECT uid, state FROM applications_application"))
    for relation in card["relations"]:
        if relation["noun"] == "Application":
            assert states[relation["id"]] == relation["state"]
    cases = {a["key"]: a["scope"]["cases"] for a in card["accounts"] if a["scope"]["cases"]}
    assert cases == {"counsellor1": ["seeker6", "seeker7"], "counsellor2": ["seeker8"]}


def test_an_agency_has_one_client_with_a_mandate_and_another_still_waits(
    card: dict[str, Any], data: Path
) -> None:
    clients = {a["key"]: a["scope"]["clients"] for a in card["accounts"] if a["scope"]["clients"]}
    assert clients == {"partner_a": ["org_a"]}
    assert sorted(state for (state,) in rows(data, "SELECT state FROM organisations_mandate")) == [
        "active",
        "proposed",
    ]
    entrusted = "SELECT state, source FROM vacancies_vacancy WHERE agency_id IS NOT NULL"
    assert rows(data, entrusted) == [("published", "entrusted")]


def test_the_files_are_for_the_owner_only(data: Path) -> None:
    for name in ("demo.json", "outbox.jsonl", "yuanmeng.db"):
        assert stat.S_IMODE((data / name).stat().st_mode) == 0o600, name


def test_the_same_seed_gives_the_same_names_secrets_and_values(card: dict[str, Any], tmp_path: Path) -> None:
    assert yuanmeng("demo", "--profile", "acceptance", "--seed", "7", data=tmp_path).returncode == 0
    again = json.loads((tmp_path / "demo.json").read_text("utf-8"))
    assert again["serve"][3] == str(tmp_path)
    assert again | {"serve": card["serve"]} == card, "all of it, uids included, but for the folder"


def test_another_seed_gives_other_secrets(card: dict[str, Any], tmp_path: Path) -> None:
    assert yuanmeng("demo", "--profile", "acceptance", "--seed", "8", data=tmp_path).returncode == 0
    other = json.loads((tmp_path / "demo.json").read_text("utf-8"))
    assert {a["password"] for a in other["accounts"]}.isdisjoint(a["password"] for a in card["accounts"])
    assert {c["value"] for c in other["canaries"]}.isdisjoint(
        c["value"] for c in card["canaries"] if c["field"] not in {"name", "birth_on"}
    )


def test_a_second_run_keeps_the_town_and_moves_the_port(data: Path) -> None:
    before = rows(data, "SELECT count(*), max(id) FROM core_eventrow")
    done = yuanmeng("demo", "--port", "8123", data=data)
    assert done.returncode == outcome.DONE
    assert rows(data, "SELECT count(*), max(id) FROM core_eventrow") == before
    card = json.loads((data / "demo.json").read_text("utf-8"))
    assert card["base_url"] == "http://127.0.0.1:8123" and card["serve"][-1] == "8123"
    yuanmeng("demo", "--port", "8000", data=data)


def test_it_says_who_can_log_in_and_where(data: Path, card: dict[str, Any]) -> None:
    said = yuanmeng("demo", data=data).stdout
    for account in card["accounts"]:
        assert account["username"] in said and account["password"] in said
    for key in ("citizen", "wall", "kiosk", "employer", "desk", "office"):
        assert f"{card['base_url']}{card['surfaces'][key]}\n" in said


def test_selfcheck_finds_nothing_wrong_in_a_fresh_town(data: Path) -> None:
    done = yuanmeng("selfcheck", "--json", data=data)
    assert done.returncode == outcome.DONE, done.stdout
    assert json.loads(done.stdout.splitlines()[-1])["findings"] == {}


def test_the_digits_of_a_demo_account_can_be_asked_for(data: Path) -> None:
    done = yuanmeng("code", "counsellor1", "--json", data=data)
    assert re.fullmatch(r"\d{6}", json.loads(done.stdout.splitlines()[-1])["digits"])
    assert yuanmeng("code", "nobody", data=data).returncode == outcome.CANNOT


def test_it_builds_nothing_on_top_of_somebodys_data(data: Path, tmp_path: Path) -> None:
    with (
        closing(sqlite3.connect(data / "yuanmeng.db")) as old,
        closing(sqlite3.connect(tmp_path / "yuanmeng.db")) as new,
    ):
        old.backup(new)
    done = yuanmeng("demo", data=tmp_path)
    assert done.returncode == outcome.CANNOT and "demo.json" in done.stdout


@pytest.mark.parametrize(
    "env",
    [
        {"YUANMENG_HOSTS": "jobs.example.cn"},
        {"YUANMENG_BASE_URL": "https://jobs.example.cn"},
        {"YUANMENG_BEHIND_PROXY": "1"},
    ],
)
def test_a_demonstration_refuses_to_look_like_production(
    env: dict[str, str], data: Path, tmp_path: Path
) -> None:
    assert yuanmeng("demo", data=tmp_path, **env).returncode == outcome.CANNOT
    assert not (tmp_path / "yuanmeng.db").exists()
    assert yuanmeng("serve", "--port", "1", data=data, **env).returncode == outcome.CANNOT


def test_a_demonstration_serves_this_machine_only(data: Path) -> None:
    assert yuanmeng("serve", "--host", "0.0.0.0", data=data).returncode == outcome.CANNOT

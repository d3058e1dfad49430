"""The sample town, built once through the import and the verbs people use: alive, and its parts agree."""

from __future__ import annotations

import json
import sqlite3
from collections import Counter
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from tests.nouns.test_demo_acceptance import yuanmeng

# Installs of their own, on SQLite whatever the run is on; PostgreSQL has test_ops_on_postgresql.
pytestmark = pytest.mark.once
PLACED_EARLIER = 14


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("town")
    done = yuanmeng("demo", data=folder)
    assert done.returncode == 0, done.stdout + done.stderr
    return folder


@pytest.fixture(scope="module")
def town(data: Path) -> Iterator[sqlite3.Connection]:
    with closing(sqlite3.connect(data / "yuanmeng.db")) as database:
        yield database


def one(town: sqlite3.Connection, query: str) -> Any:
    return town.execute(query).fetchone()[0]


def counted(town: sqlite3.Connection, query: str) -> Counter[str]:
    return Counter(dict(town.execute(query).fetchall()))


def test_everything_came_through_the_import(town: sqlite3.Connection) -> None:
    batches = town.execute(
        "SELECT file_name, state, admitted, refused, quarantined FROM intake_batch ORDER BY id"
    ).fetchall()
    assert batches == [
        ("partners.csv", "committed", 14, 0, 0),
        ("employers.xlsx", "committed", 180, 0, 0),
        ("vacancies.xlsx", "committed", 695, 0, 0),
        ("vacancies_more.csv", "committed", 225, 8, 0),
        ("seekers.csv", "committed", 2400, 5, 0),
    ]


def test_what_the_gate_blocks_is_held_and_the_rest_is_out(town: sqlite3.Connection) -> None:
    states = counted(town, "SELECT state, count(*) FROM vacancies_vacancy GROUP BY state")
    assert sum(states.values()) - PLACED_EARLIER == 920
    assert states["published"] > 770
    assert 40 < states["draft"] < 110 and states["submitted"] >= 10 and states["returned"] >= 5


def test_agencies_post_for_clients_whose_mandate_holds(town: sqlite3.Connection) -> None:
    states = counted(town, "SELECT state, count(*) FROM organisations_mandate GROUP BY state")
    assert states == {"active": 39, "proposed": 3, "refused": 1, "expired": 1, "ended": 1}
    agencies = counted(
        town,
        "SELECT o.external_id, count(*) FROM vacancies_vacancy v JOIN organisations_organisation o"
        " ON o.id = v.agency_id WHERE v.state = 'published' GROUP BY 1",
    )
    assert set(agencies) == {"HZ002", "HZ003"} and min(agencies.values()) > 50


def test_universities_follow_the_graduates_who_agreed(town: sqlite3.Connection) -> None:
    agreed = counted(
        town, "SELECT receiver, count(*) FROM people_consent WHERE purpose = 'school' GROUP BY receiver"
    )
    assert len(agreed) == 3 and agreed["东海样例大学（示例）"] >= 10


def test_nothing_published_breaks_a_clause(town: sqlite3.Connection) -> None:
    words = ("限女性", "男士优先", "沪籍优先", "限本地户籍", "已婚已育", "押金", "培训费", "乙肝", "限汉族")
    published = "SELECT count(*) FROM vacancies_vacancy WHERE state = 'published' AND requirements LIKE ?"
    for word in words:
        assert town.execute(published, (f"%{word}%",)).fetchone() == (0,), word


def test_most_vacancies_stand_on_the_map_and_the_others_are_counted(town: sqlite3.Connection) -> None:
    precision = counted(
        town,
        "SELECT coalesce(p.precision, 'none'), count(*) FROM vacancies_vacancy v"
        " LEFT JOIN places_place p ON p.id = v.place_id WHERE v.state = 'published' GROUP BY 1",
    )
    assert precision["street"] > 700 and precision["area"] > 5


def test_the_town_lives_today(town: sqlite3.Connection) -> None:
    now = datetime.now(UTC).date().isoformat()
    assert one(town, f"SELECT count(*) FROM vacancies_vacancy WHERE valid_until >= '{now}'") > 850
    today = "SELECT count(*) FROM vacancies_vacancy WHERE published_at > datetime('now', '-1 day')"
    assert 5 < one(town, today) < 60
    last = one(town, "SELECT max(date(published_at)) FROM vacancies_vacancy")
    assert last >= one(town, "SELECT date('now', '-1 day')")
    assert one(town, "SELECT count(*) FROM core_eventrow WHERE at > datetime('now', '+1 minute')") == 0


def test_people_apply_employers_answer_and_the_desk_has_to_dos(town: sqlite3.Connection) -> None:
    states = counted(town, "SELECT state, count(*) FROM applications_application GROUP BY state")
    assert sum(states.values()) > 200
    assert {"submitted", "seen", "shortlisted", "invited", "declined", "hired"} <= set(states)
    todos = counted(town, "SELECT kind, count(*) FROM counsel_followup WHERE state = 'open' GROUP BY kind")
    assert todos["new_application"] > 3 and todos["retention"] > 3
    assert one(town, "SELECT count(*) FROM counsel_servicerecord WHERE kind = 'contact'") > 20
    assert one(town, "SELECT count(*) FROM applications_application WHERE consent_id IS NULL") == 0


def test_a_counsellors_day_can_be_done_in_a_day(town: sqlite3.Connection) -> None:
    """What is due on one desk and on the common pile, without the vacancies that wait apart."""
    due = (
        "SELECT count(*) FROM counsel_followup f LEFT JOIN people_user u ON u.id = f.assigned_to_id"
        " WHERE f.state = 'open' AND f.kind <> 'vacancy_recheck' AND f.due_on {} date('now', '+8 hours')"
        " AND (u.username = 'chen' OR u.username IS NULL)"
    )
    assert 6 <= one(town, due.format("<=")) <= 40
    assert 1 <= one(town, due.format("<")) <= 20
    assert one(town, "SELECT count(*) FROM counsel_followup WHERE state = 'done'") > 100


def test_people_found_work_in_earlier_months_and_were_asked(town: sqlite3.Connection) -> None:
    checks = "SELECT count(*) FROM counsel_servicerecord WHERE kind = 'retention_check'"
    assert one(town, checks) > 2 * PLACED_EARLIER
    filled = "SELECT count(*) FROM vacancies_vacancy WHERE close_reason = 'filled'"
    assert one(town, filled) >= PLACED_EARLIER


def test_the_cast_has_applications_in_several_states(town: sqlite3.Connection) -> None:
    states = (
        "SELECT count(DISTINCT a.state) FROM applications_application a"
        " JOIN seekers_seeker s ON s.id = a.seeker_id JOIN people_user u ON u.person_id = s.person_id"
        " WHERE u.username = '{}'"
    )
    assert one(town, states.format("li")) >= 3 and one(town, states.format("zhou")) >= 3
    firm = (
        "SELECT count(*) FROM applications_application a JOIN vacancies_vacancy v ON v.id = a.vacancy_id"
        " JOIN organisations_membership m ON m.organisation_id = v.organisation_id"
        " JOIN people_user u ON u.id = m.user_id WHERE u.username = 'hu'"
    )
    assert one(town, firm) >= 6


def test_the_audit_chain_is_whole(data: Path) -> None:
    assert yuanmeng("audit", "verify", data=data).returncode == 0


def test_nobody_applies_before_a_vacancy_is_out(town: sqlite3.Connection) -> None:
    early = one(
        town,
        "SELECT count(*) FROM applications_application a JOIN vacancies_vacancy v ON v.id = a.vacancy_id"
        " WHERE a.submitted_at < v.published_at",
    )
    assert early == 0


def test_everybody_who_looks_has_suggestions(town: sqlite3.Connection) -> None:
    looking = one(town, "SELECT count(*) FROM seekers_seeker WHERE state = 'active'")
    suggested = one(town, "SELECT count(DISTINCT seeker_id) FROM recommend_suggestion")
    assert suggested > 0.9 * looking


def test_the_cast_can_log_in(data: Path, town: sqlite3.Connection) -> None:
    card = json.loads((data / "demo.json").read_text("utf-8"))
    names = {a["username"]: a for a in card["accounts"]}
    assert {"chen", "wang", "hu", "zhao", "li", "zhou"} <= set(names)
    assert names["chen"]["totp_secret"] and not names["hu"]["totp_secret"]
    join = "SELECT u.username, p.name FROM people_user u JOIN people_person p ON p.id = u.person_id"
    people = dict(town.execute(join))
    assert (people["li"], people["zhou"]) == ("李美芳", "周佳怡")


def test_the_three_administrators_are_three_people(town: sqlite3.Connection) -> None:
    three = "role IN ('sysadmin', 'auditor') OR duty = 'security'"
    rows = town.execute(f"SELECT user_id FROM organisations_membership WHERE {three}").fetchall()
    assert len(rows) == len(set(rows)) == 3


def test_selfcheck_finds_nothing_wrong(data: Path) -> None:
    done = yuanmeng("selfcheck", "--json", data=data)
    assert done.returncode == 0, done.stdout


def test_wall_and_windows_have_a_programme(town: sqlite3.Connection) -> None:
    states = counted(town, "SELECT state, count(*) FROM programme_lineup GROUP BY state")
    assert states == {"published": 4, "submitted": 2}
    sessions = counted(town, "SELECT state, count(*) FROM programme_session GROUP BY state")
    assert sessions["published"] > 120 and sessions["planned"] > 60
    assert one(town, "SELECT count(DISTINCT kind) FROM programme_event") == 5

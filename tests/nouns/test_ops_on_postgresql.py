"""The commands of a house on PostgreSQL: a town is built, backed up, lost, and put back as it was."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Iterator
from pathlib import Path
from subprocess import CompletedProcess
from typing import Any

import pytest
from django.db import connection

from tests.nouns.test_demo_acceptance import yuanmeng
from yuanmeng.ops.outcome import DONE

pytestmark = pytest.mark.skipif(
    connection.vendor != "postgresql", reason="the run is on SQLite; `make test-postgres` asks this"
)
Run = Callable[..., CompletedProcess[str]]
Ask = Callable[[str], list[tuple[Any, ...]]]


@pytest.fixture
def address() -> Iterator[str]:
    """A database of its own beside the run's, dropped at the end."""
    import psycopg

    named = connection.settings_dict
    host, port = named["HOST"] or "127.0.0.1", named["PORT"] or 5432
    server = f"postgresql://{named['USER']}:{named['PASSWORD']}@{host}:{port}"
    name = f"yuanmeng_ops_{secrets.token_hex(4)}"
    with psycopg.connect(f"{server}/postgres", autocommit=True) as there:
        there.execute(f'CREATE DATABASE "{name}"')
        yield f"{server}/{name}"
        there.execute(f'DROP DATABASE "{name}" WITH (FORCE)')


@pytest.fixture
def run(address: str, tmp_path: Path) -> Run:
    return lambda *words: yuanmeng(*words, data=tmp_path / "house", YUANMENG_DATABASE=address)


@pytest.fixture
def ask(address: str) -> Ask:
    import psycopg

    def answer(query: str) -> list[tuple[Any, ...]]:
        with psycopg.connect(address, autocommit=True) as there:
            done = there.execute(query)  # type: ignore[arg-type]
            return done.fetchall() if done.description else []

    return answer


def test_a_town_is_built_lost_and_put_back(run: Run, ask: Ask, tmp_path: Path) -> None:
    for words in (("demo", "--profile", "acceptance"), ("selfcheck",)):
        done = run(*words)
        assert done.returncode == DONE, done.stdout + done.stderr
    people = "SELECT count(*) FROM people_person"
    [(before,)] = ask(people)
    assert before > 10

    copy = str(tmp_path / "copy.tar")
    done = run("backup", "--to", copy, "--keys", str(tmp_path / "keys.tar"))
    assert done.returncode == DONE, done.stdout + done.stderr
    assert run("restore", copy, "--verify").returncode == DONE

    ask("TRUNCATE people_person CASCADE")
    assert ask(people) == [(0,)]
    done = run("restore", copy)
    assert done.returncode == DONE, done.stdout + done.stderr
    assert ask(people) == [(before,)]
    assert ask("SELECT count(*) FROM core_auditentry WHERE action = 'restore'") == [(1,)]
    assert run("selfcheck").returncode == DONE

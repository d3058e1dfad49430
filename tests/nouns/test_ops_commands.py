"""The command line: what it says, how it ends, and that nothing unsafe starts."""

from __future__ import annotations

import json
from datetime import datetime, time, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.checks import Error
from django.utils import translation

from tests.nouns.intake_files import vacancy, workbook
from tests.nouns.test_demo_acceptance import yuanmeng
from yuanmeng.core import limits
from yuanmeng.core.models import Bookmark, IdempotencyKey, Use
from yuanmeng.intake.admit import preview
from yuanmeng.ops import beat, checks, cli, duties, health, import_rows, reference_tables
from yuanmeng.ops.duties import Duty
from yuanmeng.ops.models import DutyRun
from yuanmeng.ops.outcome import CANNOT, DONE, Outcome
from yuanmeng.ops.readers import READERS
from yuanmeng.ops.worker import Worker
from yuanmeng.people import throttle
from yuanmeng.people.models import LoginFailure
from yuanmeng.places.models import Area


def test_every_verb_has_a_module_with_options_and_a_run() -> None:
    for verb in cli.VERBS:
        module = cli._module(verb)
        assert callable(module.add) and callable(module.run) and module.__doc__, verb


def test_json_ends_with_one_object(capsys: pytest.CaptureFixture[str]) -> None:
    Outcome(CANNOT, ["why not"], {"why": "so"}).say(as_json=True)
    words, last = capsys.readouterr().out.splitlines()
    assert words == "why not" and json.loads(last) == {"ok": False, "why": "so"}


def test_migrate_makes_a_folder_for_the_owner_and_fills_the_code_tables(tmp_path: Path) -> None:
    data = tmp_path / "install"
    done = yuanmeng("migrate", "--json", data=data)
    assert done.returncode == DONE, done.stderr
    assert json.loads(done.stdout.splitlines()[-1])["industries"] == 117
    assert oct((data / "keys").stat().st_mode)[-3:] == "700"
    again = yuanmeng("migrate", data=data)
    assert again.returncode == DONE


def test_a_production_folder_is_no_demo(tmp_path: Path) -> None:
    """Without demo.json nothing switches demo mode on: asking for demo digits is refused."""
    assert yuanmeng("migrate", data=tmp_path).returncode == DONE
    assert yuanmeng("code", "chen", data=tmp_path).returncode == CANNOT


@pytest.mark.parametrize(
    ("changes", "ids"),
    [
        ({}, []),
        ({"ALLOWED_HOSTS": ["jobs.example.cn"]}, ["yuanmeng.E001"]),
        ({"BASE_URL": "https://jobs.example.cn"}, ["yuanmeng.E001"]),
        ({"SECURE_PROXY_SSL_HEADER": ("HTTP_X_FORWARDED_PROTO", "https")}, ["yuanmeng.E001"]),
        ({"DEMO_MODE": False, "ALLOWED_HOSTS": ["jobs.example.cn"]}, ["yuanmeng.E002"]),
        ({"DEMO_MODE": False, "PLAIN_HTTP": False, "ALLOWED_HOSTS": ["jobs.example.cn"]}, []),
        (
            {"DEMO_MODE": False, "PLAIN_HTTP": False, "DEBUG": True, "ALLOWED_HOSTS": ["jobs.example.cn"]},
            ["yuanmeng.E003"],
        ),
    ],
)
def test_demo_and_production_never_meet(settings: Any, changes: dict[str, Any], ids: list[str]) -> None:
    settings.ALLOWED_HOSTS = ["127.0.0.1", "localhost"]
    for name, value in changes.items():
        setattr(settings, name, value)
    found = checks.for_the_settings()
    assert [message.id for message in found] == ids
    assert all(isinstance(message, Error) and message.hint for message in found)


@pytest.mark.django_db
def test_loading_the_code_tables_again_changes_nothing() -> None:
    first = reference_tables.load()
    Area.objects.filter(code="310105006").update(name="changed")
    assert reference_tables.load() == first
    assert Area.objects.get(code="310105006").name == "天山路街道"
    assert Area.objects.get(code="310105006").parent_id == "310105"


# --- Health ----------------------------------------------------------------------------------


@pytest.mark.django_db
def test_alive_and_ready_say_names_and_true_or_false_only(
    client: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(health.ASKED, "guards", lambda: True)
    assert client.get("/healthz").json() == {"alive": True}
    beat.touch()
    answer = client.get("/readyz")
    assert answer.status_code == 200
    assert all(isinstance(value, bool) for value in answer.json().values())
    assert answer.headers["Cache-Control"].startswith("max-age=0")


@pytest.mark.django_db
def test_it_is_not_ready_when_the_database_lost_its_guards(client: Any) -> None:
    """The tests themselves take the guards away; that must show."""
    answer = client.get("/readyz")
    assert (answer.status_code, answer.json()["guards"]) == (503, False)


@pytest.mark.django_db
def test_asking_whether_it_can_write_leaves_no_trace() -> None:
    assert health.readiness()["writable"]
    assert not Bookmark.objects.filter(reader="ops.readiness").exists()


@pytest.mark.django_db
def test_it_is_not_ready_when_the_disk_is_full(client: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(health, "LEAST_FREE", 1.1)
    answer = client.get("/readyz")
    assert (answer.status_code, answer.json()["disk"]) == (503, False)


def test_a_worker_that_stopped_is_seen(
    settings: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.DATA_DIR = tmp_path
    assert beat.age_s() is None
    beat.touch()
    age = beat.age_s()
    assert age is not None and age < 5
    later = age + 3600 + (tmp_path / "tmp" / "worker.beat").stat().st_mtime
    monkeypatch.setattr("time.time", lambda: later)
    assert not health._beats()


# --- The clock -------------------------------------------------------------------------------


@pytest.fixture
def counting(monkeypatch: pytest.MonkeyPatch) -> list[datetime]:
    done: list[datetime] = []
    monkeypatch.setattr(duties, "DUTIES", (Duty("test.count", time(3, 30), lambda at: done.append(at)),))
    return done


@pytest.mark.django_db
def test_a_duty_is_done_once_a_day_however_often_the_clock_is_asked(
    at: datetime, counting: list[datetime]
) -> None:
    assert duties.run_due(at) == ["test.count"]
    assert duties.run_due(at + timedelta(hours=2)) == []
    assert duties.run_due(at - timedelta(hours=2)) == []
    assert duties.run_due(at + timedelta(days=1)) == ["test.count"]
    assert len(counting) == 2 and DutyRun.objects.filter(ended_at=None).count() == 0


@pytest.mark.django_db
def test_a_duty_waits_for_its_hour(at: datetime, counting: list[datetime]) -> None:
    assert duties.run_due(at.replace(hour=3, minute=29)) == []
    assert duties.run_due(at.replace(hour=3, minute=30)) == ["test.count"]


@pytest.mark.django_db
def test_a_duty_done_by_hand_is_not_done_again(at: datetime, counting: list[datetime]) -> None:
    duties.count_as_done("test.count", at)
    assert duties.run_due(at) == [] and not counting


@pytest.mark.django_db
def test_a_duty_that_fails_is_written_down_and_stops_nobody(
    at: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    def breaks(at: datetime) -> object:
        raise ValueError("no")

    monkeypatch.setattr(duties, "DUTIES", (Duty("test.breaks", time(0), breaks),))
    assert duties.run_due(at) == ["test.breaks"]
    assert DutyRun.objects.get().result == "failed: ValueError"


# --- The worker ------------------------------------------------------------------------------


def test_every_reader_has_a_bookmark_of_its_own() -> None:
    assert len({reader.name for reader in READERS}) == len(READERS) >= 3


@pytest.mark.django_db
def test_traces_are_let_go_when_nothing_looks_at_them_any_more(at: datetime) -> None:
    hour = limits.Limit("hour", 2, timedelta(hours=1), str)
    for when in (at - timedelta(days=3), at):
        throttle.note_failure("hu", "198.51.100.7", at=when)
        limits.spend(hour, f"user:{when:%d}", at=when)
        IdempotencyKey.objects.create(actor="a", key=f"{when:%d}", digest="d", status=303, at=when)
    told = _duty("traces.forget").do(at)
    assert told == {"failures": 1, "codes": 0, "counts": 1, "keys": 1, "shards": False}
    assert LoginFailure.objects.count() == Use.objects.count() == IdempotencyKey.objects.count() == 1


@pytest.mark.django_db
def test_the_words_of_a_file_are_forgotten_after_ninety_days(chen: Any, at: datetime) -> None:
    bad = workbook(vacancy(薪资待遇="日入上千"))
    batch = preview(bad, name="a.xlsx", kind="vacancies", source="街道", by=chen, at=at)
    forget = _duty("imports.forget").do
    assert forget(at + timedelta(days=90)) == {"rows": 0}
    assert batch.rows.get().as_written
    assert forget(at + timedelta(days=91)) == {"rows": 1}
    assert not batch.rows.get().as_written


def _duty(name: str) -> Duty:
    return next(duty for duty in duties.DUTIES if duty.name == name)


@pytest.mark.django_db
def test_the_import_command_speaks_the_readers_language(chen: Any, at: datetime) -> None:
    rows = workbook(vacancy(), vacancy(编号="T-2", 薪资待遇="日入上千"))
    batch = preview(rows, name="岗位.xlsx", kind="vacancies", source="街道", by=chen, at=at)
    with translation.override("zh-hans"):
        told, *back = import_rows._lines(batch)
    assert told == "岗位.xlsx：共 2 行 · 新增 1 · 更新 0 · 跳过 0 · 待定 0 · 退回 1"
    assert len(back) == 1
    assert back[0].isascii() is False


@pytest.mark.django_db
def test_a_turn_reads_the_news_and_then_sleeps(town: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(duties, "DUTIES", ())
    worker = Worker(sleep=lambda seconds: None)
    town.barista.change(by=town.hu, at=town.barista.made_at, openings=3)
    while worker.turn() == 0.0:
        worker.looked_at = 0.0
    assert not [row for reader in READERS if reader.name != "recommend.refresh" for row in reader.unread(1)]
    assert beat.age_s() is not None


@pytest.mark.django_db
def test_a_lost_database_is_waited_for(monkeypatch: pytest.MonkeyPatch) -> None:
    from django.db import OperationalError

    def away(*args: object) -> int:
        raise OperationalError("away")

    monkeypatch.setattr("yuanmeng.ops.worker.read_all", away)
    assert Worker().turn() == 2.0

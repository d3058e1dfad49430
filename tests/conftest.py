"""What every test stands on: a data folder of its own, fixed keys, the shared test data."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import django
import pytest

os.environ["YUANMENG_DATA"] = tempfile.mkdtemp(prefix="yuanmeng-test-")
os.makedirs(os.path.join(os.environ["YUANMENG_DATA"], "static"))  # WhiteNoise warns where it is missing
os.environ["YUANMENG_DEMO"] = "1"
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "1")  # playwright's loop runs beside the ORM
# Named here and not in pyproject.toml: pytest-django would read the settings before the lines above.
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "yuanmeng.config.settings")
django.setup()

PROJECT = Path(__file__).resolve().parents[1]
SHANGHAI = ZoneInfo("Asia/Shanghai")
pytest_plugins = ["tests.town"]


@pytest.fixture(autouse=True)
def _fixed_keys(settings: object) -> None:
    from yuanmeng.core.keys import Keyring

    settings.KEYS = Keyring.from_phrase("tests")  # type: ignore[attr-defined]


@pytest.fixture(autouse=True)
def _titles_unlearned(monkeypatch: pytest.MonkeyPatch) -> None:
    """Learning titles takes seconds and moves every later code: tests that mean it call `coding.learn`."""
    monkeypatch.setattr("yuanmeng.recommend.door.learn_titles", lambda **_: [])


@pytest.fixture(autouse=True)
def _street_unread(monkeypatch: pytest.MonkeyPatch) -> None:
    """A process keeps the vacancies it has read for passers-by, and reads ahead; each test has others."""
    monkeypatch.setattr("yuanmeng.recommend.passerby._street", None)
    monkeypatch.setattr("yuanmeng.recommend.passerby.warm", lambda: None)


@pytest.fixture
def at() -> datetime:
    """The moment tests live in: a Wednesday morning in Shanghai."""
    return datetime(2026, 11, 25, 10, 0, tzinfo=SHANGHAI)


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of real and bench data beside the project; tests that need it skip without."""
    folder = PROJECT.parent / "shared"
    if not (folder / "real").is_dir():
        pytest.skip("the test data beside the project (../shared) are not here")
    return folder


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings_parallel_suffix: None) -> None:
    """Let the test database skip the disk: its durability is measured elsewhere, not in every test."""
    from django.db import connections

    options = connections["default"].settings_dict["OPTIONS"]
    if "init_command" in options:
        options["init_command"] = options["init_command"].replace("synchronous=FULL", "synchronous=OFF")


@pytest.fixture(scope="session", autouse=True)
def _flushable(django_db_setup: object, django_db_blocker: object) -> Iterator[None]:
    """Let the flush after transactional tests empty append-only tables; tests of the guard reinstall it."""
    from django.db import connection

    from yuanmeng.core import guards

    with django_db_blocker.unblock():  # type: ignore[attr-defined]
        lift_guards(connection)
    install = guards.install
    guards.install = lambda *args, **kwargs: None
    yield
    guards.install = install


def lift_guards(connection: object) -> None:
    """Drop the append-only triggers of the test database."""
    from yuanmeng.core import guards

    with connection.cursor() as cursor:  # type: ignore[attr-defined]
        for table in guards.tables():
            for statement in guards.removal(table, connection.vendor):  # type: ignore[attr-defined]
                cursor.execute(statement)


@pytest.fixture(scope="session", autouse=True)
def lists_of_this_worker(tmp_path_factory: pytest.TempPathFactory) -> None:
    """Workers share the data folder, and the deep lists in it have one name: each keeps its own."""
    from yuanmeng.recommend import sharing

    file = tmp_path_factory.mktemp("lists") / "lists.npz"
    sharing.path = lambda: file

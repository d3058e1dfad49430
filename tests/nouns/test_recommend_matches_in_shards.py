"""Lists whose deep part was made in shards are the lists of a build in one process, row for row."""

from __future__ import annotations

import re
import shutil
import signal
from argparse import ArgumentParser, Namespace
from collections import namedtuple
from dataclasses import fields
from datetime import datetime, timedelta
from importlib.util import find_spec
from itertools import cycle
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from tests import factories
from tests.conftest import PROJECT
from yuanmeng.core import events
from yuanmeng.core.errors import Refused
from yuanmeng.matching import Job, Person, batch
from yuanmeng.matching.kernels import compiled
from yuanmeng.ops.models import DutyRun
from yuanmeng.ops.outcome import Cannot
from yuanmeng.ops.verbs import match as verb
from yuanmeng.ops.verbs import train as train_verb
from yuanmeng.recommend import batching, build, door, engine, sharing
from yuanmeng.recommend.batching import FOLDER, Night
from yuanmeng.recommend.engine import Engine
from yuanmeng.recommend.models import Answer, ModelVersion, Suggestion

with_parquet = pytest.mark.skipif(
    not find_spec("pyarrow"), reason="pyarrow is not installed: yuanmeng[batch]"
)
WORK = [("店员", "4-01", "收银理货"), ("保洁员", "4-13", "店内保洁"), ("数据专员", "2-02", "用SQL分析数据")]


def built(town: Any, at: datetime, *, people: int, jobs: int) -> SimpleNamespace:
    """A town after its first build: so many people and vacancies of three kinds of work."""
    vacancies = [
        factories.vacancy(town.cafe, f"{title}{n}", at=at - timedelta(days=n), state="published",
                          occupation_code=code, content=content, requirements="",
                          pay_min_fen=500_000 + 10_000 * n, pay_max_fen=560_000 + 10_000 * n)
        for n, (title, code, content) in zip(range(jobs), cycle(WORK), strict=False)
    ]  # fmt: skip
    seekers = [
        factories.seeker(f"甲{n}", at=at, wanted_text=title, pay_floor_fen=450_000, years_experience=n % 4)
        for n, (title, _code, _content) in zip(range(people), cycle(WORK), strict=False)
    ]
    door.train(at=at)
    return SimpleNamespace(town=town, jobs=vacancies, people=seekers)


@pytest.fixture
def street(town: Any, at: datetime) -> SimpleNamespace:
    return built(town, at, people=4, jobs=3)


@pytest.fixture
def lively(town: Any, at: datetime) -> SimpleNamespace:
    """Some said no, and attention is shared out."""
    made = built(town, at, people=10, jobs=26)
    for seeker, reason in zip(made.people, ("pay", "work", "hours", "employer"), strict=False):
        door.answer(seeker.suggestions.first(), Answer.DECLINED, by=town.chen, at=at, reason=reason)
    sharing.share_out(60, by=town.wang, at=at)
    return made


def rows() -> list[tuple[Any, ...]]:
    found = Suggestion.objects.order_by("seeker", "vacancy")
    return list(
        found.values_list("seeker", "vacancy", "score", "reasons", "model_version", "answer", "made_at")
    )


@with_parquet
def test_lists_from_shards_are_those_of_one_process(lively: Any, at: datetime, tmp_path: Path) -> None:
    later = at + timedelta(minutes=5)
    version = ModelVersion.objects.get()
    build.rank_all(Engine(engine.filled(engine.learned(version), at.date()), version, 0), at=later)
    here, prices = rows(), dict(sharing.prices())
    assert prices and len({row[0] for row in here}) > len(lively.people)
    Suggestion.objects.unanswered().delete()
    night = Night(tmp_path, shard_rows=4, keep=True)
    batching.match(night, at=later)
    assert rows() == here
    assert sharing.prices() == prices
    assert night.result is not None and night.result.made > 2
    what_was_given_out(tmp_path / FOLDER, [person.uid for person in lively.people])


def what_was_given_out(folder: Path, uids: list[str]) -> None:
    """Nobody who weighs things their own way, nobody in the model, nothing for other eyes."""
    given = {person.id for person in batch.records(folder / "people.parquet", Person)}
    assert not given & {uids[0], uids[2]}  # they said no for the pay, for the hours
    assert {uids[1], uids[5]} <= given
    held = (folder / "model" / "people.npy").read_bytes()
    assert not any(uid.encode() in held for uid in uids)
    assert folder.stat().st_mode & 0o777 == 0o700


@with_parquet
def test_nothing_is_left_and_a_failed_run_leaves_shards_alone(
    street: Any, at: datetime, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = batch.make

    def breaks(work: Any, shard: Any) -> None:
        if shard.first:
            raise KeyboardInterrupt
        made(work, shard)

    before = rows()
    monkeypatch.setattr(batch, "make", breaks)
    with pytest.raises(KeyboardInterrupt):
        batching.match(Night(tmp_path, shard_rows=3), at=at)
    left = [path.name for path in (tmp_path / FOLDER).iterdir()]
    assert len(left) == 1 and left[0].startswith("matches-")
    assert rows() == before
    monkeypatch.setattr(batch, "make", made)
    night = Night(tmp_path, shard_rows=3)
    batching.match(night, at=at)
    assert night.result is not None and night.result.kept == 1
    assert list(tmp_path.iterdir()) == []


@with_parquet
def test_a_run_that_is_told_to_end_takes_the_records_away(
    street: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = signal.getsignal(signal.SIGTERM)
    monkeypatch.setattr(batch, "make", lambda *_: signal.raise_signal(signal.SIGTERM))
    with pytest.raises(SystemExit):
        verb.run(options("--out", str(tmp_path)))
    assert list((tmp_path / FOLDER).iterdir()) == []
    assert signal.getsignal(signal.SIGTERM) == before


@with_parquet
def test_shards_of_before_are_made_again_when_asked(street: Any, at: datetime, tmp_path: Path) -> None:
    batching.match(Night(tmp_path, keep=True), at=at)
    again = Night(tmp_path, keep=True)
    batching.match(again, at=at)
    fresh = Night(tmp_path, fresh=True)
    batching.match(fresh, at=at)
    assert again.result and fresh.result
    assert (again.result.made, again.result.kept) == (0, fresh.result.made)
    assert again.result.checksum == fresh.result.checksum
    assert list(tmp_path.iterdir()) == []


@with_parquet
def test_news_told_meanwhile_is_handled_again(street: Any, at: datetime, tmp_path: Path) -> None:
    """The worker handles it on the way; the lists made of older rows must not have the last word."""
    gone, off = street.jobs[0], street.people[2]

    class Long(Night):
        def __call__(self, *asked: Any) -> Any:
            gone.close("filled", by=street.town.hu, at=at)
            off.recommendations_on = False
            off.save()
            events.tell("seeker.changed", off, by=None, at=at)
            door.catch_up(at=at)
            return super().__call__(*asked)

    batching.match(Long(tmp_path), at=at + timedelta(hours=1))
    assert not off.suggestions.exists()  # at once: nothing is written for who switched it off
    assert door.catch_up(at=at) >= 2
    assert not Suggestion.objects.unanswered().filter(vacancy=gone).exists()


@with_parquet
def test_lists_of_a_model_that_was_replaced_are_not_exchanged(
    street: Any, at: datetime, tmp_path: Path
) -> None:
    class Long(Night):
        def __call__(self, *asked: Any) -> Any:
            door.train(at=at + timedelta(minutes=1))
            return super().__call__(*asked)

    with pytest.raises(Refused, match=r"Another model|另一个模型"):
        batching.match(Long(tmp_path), at=at)
    newest = ModelVersion.objects.serving()
    assert {row.model_version for row in Suggestion.objects.unanswered()} == {newest}


@with_parquet
def test_a_build_may_have_its_lists_made_in_shards(street: Any, at: datetime, tmp_path: Path) -> None:
    night = Night(tmp_path, shard_rows=4)
    version = door.train(at=at + timedelta(days=1), deep=night)
    assert night.result is not None and night.result.made
    assert Suggestion.objects.filter(model_version=version).exists()


@with_parquet
def test_the_verb_matches_and_says_how_many(
    street: Any, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    outcome = verb.run(options("--out", str(tmp_path), "--shard-rows", "3"))
    assert outcome.code == 0 and outcome.facts["made"] >= 2 and outcome.facts["pairs"] > 6
    assert len(capsys.readouterr().err.splitlines()) == 2  # the last shard, the last list
    trained = train_verb.run(options("--workers", "local", "--out", str(tmp_path), of=train_verb))
    assert trained.facts["state"] == "serving"
    assert DutyRun.objects.filter(duty="recommend.train").exists()  # the clock leaves it for today
    assert list(tmp_path.iterdir()) == []


def test_every_column_that_is_given_out_is_on_the_page() -> None:
    page = (PROJECT / "docs/how-to/match-on-many-machines.md").read_text(encoding="utf-8")
    for heading, kind in (("people.parquet", Person), ("jobs.parquet", Job)):
        table = page.split(f"### `{heading}`")[1].split("###")[0]
        listed = {name for line in table.splitlines() if line.startswith("| `")
                  for name in re.findall(r"`(\w+)`", line.split("|")[1])}  # fmt: skip
        assert listed == {field.name for field in fields(kind)}


# --- What cannot be done is said -------------------------------------------------------------


def options(*words: str, of: Any = verb) -> Namespace:
    parser = ArgumentParser()
    of.add(parser)
    return parser.parse_args(words)


def why(*words: str) -> str:
    with pytest.raises(Cannot) as said:
        verb.run(options(*words))
    return str(said.value)


@pytest.mark.django_db
def test_without_a_model_it_says_how_to_get_one() -> None:
    assert "yuanmeng train" in why()


@with_parquet
def test_it_says_what_is_wrong_before_anything_is_matched(
    town: Any, at: datetime, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    door.train(at=at)
    assert "10" in why("--k", "61")
    assert why("--shard-rows", "0")
    assert "--workers ray" in why("--ray-address", "10.0.0.5:6379")
    (tmp_path / "file").write_text("")
    assert str(tmp_path / "file") in why("--out", str(tmp_path / "file"))
    (tmp_path / FOLDER).symlink_to(tmp_path)
    assert FOLDER in why("--out", str(tmp_path))
    (tmp_path / FOLDER).unlink()
    with batching.alone():
        assert why("--out", str(tmp_path))
    usage = namedtuple("usage", "free")
    monkeypatch.setattr(shutil, "disk_usage", lambda folder: usage(10 * 2**20))
    assert "10 MB" in why("--out", str(tmp_path))


@pytest.mark.parametrize("package", ["pyarrow", "ray"])
def test_a_missing_package_is_named_with_its_extra(
    town: Any, at: datetime, monkeypatch: pytest.MonkeyPatch, package: str
) -> None:
    door.train(at=at)
    there = compiled.available
    monkeypatch.setattr(compiled, "available", lambda name="numba": name != package and there(name))
    if package == "ray" and not there("pyarrow"):
        pytest.skip("pyarrow is not installed: yuanmeng[batch]")
    assert f"{package} is not installed: pip install yuanmeng[batch]" in why("--workers", "ray")


def test_what_a_killed_run_left_is_forgotten_a_day_later(settings: Any, tmp_path: Path, at: datetime) -> None:
    settings.DATA_DIR = tmp_path
    folder = batching.default_base() / FOLDER
    folder.mkdir(parents=True)
    made_at = datetime.fromtimestamp(folder.stat().st_mtime, at.tzinfo)
    assert not batching.forget_left_over(at=made_at + timedelta(hours=1))
    assert batching.forget_left_over(at=made_at + timedelta(hours=25))
    assert not folder.exists()

from __future__ import annotations

import io
import json
import re
import subprocess

import pytest
from django.core.management import call_command
from tools import messages

from tests.house.floors import PROJECT, SOURCE

HOSTS = re.compile(r"https?://[^\s\"']*(registr|pypi|pythonhosted|npmjs|npmmirror|debian)", re.I)


def tracked() -> list[str]:
    done = subprocess.run(["git", "ls-files"], cwd=PROJECT, capture_output=True, text=True, check=False)
    if done.returncode:
        pytest.skip("not a git checkout: nothing says which files belong to the project")
    return [name for name in done.stdout.splitlines() if (PROJECT / name).is_file()]


def test_every_string_is_translated_once_and_the_same_everywhere() -> None:
    assert messages.problems() == []


@pytest.mark.django_db
def test_no_migration_is_missing() -> None:
    said = io.StringIO()
    try:
        call_command("makemigrations", check=True, dry_run=True, stdout=said, stderr=said)
    except SystemExit:
        pytest.fail(said.getvalue())


def test_locks_name_no_hosts() -> None:
    for name in ("constraints.txt", "frontend/package-lock.json", "frontend/.npmrc"):
        assert not HOSTS.search((PROJECT / name).read_text(encoding="utf-8")), name


def test_constraints_are_plain_pins() -> None:
    lines = (PROJECT / "constraints.txt").read_text(encoding="utf-8").splitlines()
    assert all(re.fullmatch(r"[\w.\-]+==[\w.+\-]+|#.*|", line) for line in lines)


def test_the_lock_holds_integrity_for_every_package() -> None:
    lock = json.loads((PROJECT / "frontend/package-lock.json").read_text(encoding="utf-8"))
    bare = [
        name
        for name, entry in lock["packages"].items()
        if name and not entry.get("link") and not entry.get("integrity")
    ]
    assert bare == []


@pytest.mark.parametrize("name", ["README.md", "README.zh-CN.md"])
def test_the_readmes_commands_exist(name: str) -> None:
    targets = set(re.findall(r"^([a-z-]+):", (PROJECT / "Makefile").read_text(encoding="utf-8"), re.M))
    wanted = set(re.findall(r"\bmake ([a-z-]+)", (PROJECT / name).read_text(encoding="utf-8")))
    assert {"demo", "test"} <= wanted <= targets


def test_every_setting_from_the_environment_is_documented() -> None:
    settings = (SOURCE / "config" / "settings.py").read_text(encoding="utf-8")
    page = (PROJECT / "docs/reference/settings.md").read_text(encoding="utf-8")
    names = set(re.findall(r"\"(YUANMENG_[A-Z_]+)\"", settings))
    assert [name for name in sorted(names) if name not in page] == []


def test_no_template_lies_unused() -> None:
    code = "".join(
        path.read_text(encoding="utf-8")
        for path in SOURCE.rglob("*")
        if path.suffix in {".py", ".html", ".txt"} and "dist" not in path.parts
    )
    # A surface may name its pages by their stem: render(request, f"kiosk/{page}.html").
    by_stem = set(re.findall(r"f[\"'](\w+)/{\w+}\.html[\"']", code))
    unused = []
    for path in (SOURCE / "web").rglob("templates/**/*.html"):
        name = path.as_posix().split("/templates/")[1]
        words = [name, path.stem] if name.split("/")[0] in by_stem else [name]
        if not any(f'"{word}"' in code or f"'{word}'" in code for word in words):
            unused.append(name)
    assert unused == []


def test_relative_links_in_the_docs_lead_somewhere() -> None:
    broken = []
    for name in tracked():
        if not name.endswith(".md"):
            continue
        path = PROJECT / name
        for link in re.findall(r"\]\(([^)#\s]+)(?:#[^)]*)?\)", path.read_text(encoding="utf-8")):
            if "://" not in link and not (path.parent / link).exists():
                broken.append(f"{name}: {link}")
    assert broken == []


def test_the_real_postings_are_not_in_the_project() -> None:
    assert [
        n for n in tracked() if re.search(r"(shanghai_postings|51job|lagou|dirty_(postings|expected))", n)
    ] == []


def test_generated_pages_are_up_to_date() -> None:
    from yuanmeng.core import visibility

    assert (PROJECT / "docs/reference/visibility.md").read_text(encoding="utf-8") == visibility.as_markdown()

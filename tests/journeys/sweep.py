"""Walks pages with a ruler: opens each, turns it to every size, and writes down what is wrong with it.

What is measured at each size stands in sweep.js; words are read and axe-core is asked once per page.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from django.apps import apps
from django.conf import settings
from django.db import models
from playwright.sync_api import Page

from tests.journeys.sweep_town import session_of
from yuanmeng.core.fields import EncryptedField
from yuanmeng.core.masking import mask_name
from yuanmeng.occupations.skills import all_skills
from yuanmeng.people.models import Person

Size = tuple[int, int]
PHONE, DESKTOP, FULL_HD, FOUR_K, UPRIGHT = (390, 844), (1440, 900), (1920, 1080), (3840, 2160), (1080, 1920)
FINGER_PX, ELDER_FINGER_PX = 44, 60
HERE = Path(__file__).parent
RULER, READER = ((HERE / name).read_text(encoding="utf-8") for name in ("sweep.js", "sweep_words.js"))
AXE = HERE.parents[1] / "frontend" / "node_modules" / "axe-core" / "axe.min.js"
NO_AXE = "axe-core is not here. Please run `npm ci` in frontend/ (`make setup` does)."
ASK_AXE = """(options) => axe.run(document, options).then((answer) => answer.violations
  .filter((one) => ["serious", "critical"].includes(one.impact))
  .flatMap((one) => one.nodes.slice(0, 4).map((n) =>
    `axe ${one.id}: ${n.target.join(" ")} ${(n.any[0]?.message ?? "").slice(0, 160)}`)))"""
# The wall watches its size: it answers in the next frame, and that may move others; two seconds at most.
# A window draws anew and, for whoever wants no motion, crosses over at once: another element is in front.
MARK = """() => document.querySelector(".window-layer[data-front] > *")?.setAttribute("data-seen", "")"""
SETTLE = """() => document.querySelector("ym-wall, ym-window") && new Promise((done) => {
  setTimeout(done, 2000);
  const anew = () => !document.querySelector(".window-layer[data-front] > [data-seen]");
  const frames = (left) => (left ? requestAnimationFrame(() => frames(anew() ? left - 1 : left)) : done());
  frames(5);
})"""
HAN = re.compile("[\u3400-\u9fff]+")
QUOTE = re.compile("「[^」]*」")  # of a posting
CODE = re.compile(r"\b[A-Z]-[0-9A-F]{6}\b|\b[0-9a-f]{8,}\b")  # of a file of the desk, of a line of the audit
LATIN = re.compile("[A-Za-z][A-Za-z'’]+")
# Names, units and an address that a Chinese reader writes in Latin letters too.
ALSO_CHINESE = {
    "AI", "API", "CSV", "JSON", "XLSX", "XLS", "SQL", "Python", "Excel", "ID", "IP", "GB", "MB", "KB", "SHA",
    "UTF", "BOM", "km", "App", "PDF", "PNG", "JPEG", "WebP", "windows",
}  # fmt: skip
# What a file of rows may hold: an English sentence about it names it as it is written there.
ALSO_ENGLISH = {"面议", "元", "月"}


@dataclass(frozen=True)
class Leaf:
    """One page: its address, who stands before it, and what happens before it is looked at."""

    path: str
    who: Any = None
    do: Callable[[Page], None] | None = None
    status: int = 200


@dataclass
class Walk:
    """One language, ordinary or large print. `complaints` are the browser's own (conftest.watch)."""

    page: Page
    home: str
    language: str
    sizes: Iterable[Size]
    complaints: list[str]
    elder: bool = False
    wrong: list[str] = field(default_factory=list)

    def through(self, leaves: Iterable[Leaf]) -> list[str]:
        """This will look at every page and return what is wrong, each with its page and size."""
        known = Data()
        self.page.emulate_media(reduced_motion="reduce")
        for leaf in leaves:
            self._open(leaf)
            found = [*self._measured(), *self._misread(known), *self._axe()]
            found += [said for said in self.complaints if not _asked_for(leaf, said)]
            self.complaints.clear()
            self.wrong += [f"{leaf.path} [{self.language}{' elder' * self.elder}] {said}" for said in found]
        return self.wrong

    def _open(self, leaf: Leaf) -> None:
        given = {settings.LANGUAGE_COOKIE_NAME: self.language, "ym_text": "1" if self.elder else ""}
        given[settings.SESSION_COOKIE_NAME] = session_of(leaf.who) if leaf.who is not None else ""
        self.page.context.clear_cookies()
        self.page.context.add_cookies(
            [{"name": n, "value": v, "url": self.home} for n, v in given.items() if v]
        )
        answer = self.page.goto(leaf.path, wait_until="load")
        if answer is None or answer.status != leaf.status:
            self.wrong.append(f"{leaf.path}: answered {answer and answer.status}")
        if leaf.do:
            leaf.do(self.page)
        elif "/login" in self.page.url and "/login" not in leaf.path:
            self.wrong.append(f"{leaf.path}: asked to log in")

    def _measured(self) -> Iterator[str]:
        for width, height in self.sizes:
            self._turn_to((width, height))
            target = (ELDER_FINGER_PX if self.elder else FINGER_PX) if width == PHONE[0] or self.elder else 0
            for said in self.page.evaluate(RULER, {"target": target}):
                yield f"{width}×{height} {said}"

    def _turn_to(self, size: Size) -> None:
        self.page.evaluate(MARK)
        self.page.set_viewport_size({"width": size[0], "height": size[1]})
        self.page.evaluate(SETTLE)

    def _misread(self, known: Data) -> Iterator[str]:
        judge = known.not_chinese if self.language == "zh-hans" else known.not_english
        for where, text in self.page.evaluate(READER):
            if stranger := judge(text):
                yield f"word of the other language: {stranger} in {where} “{text[:80]}”"

    def _axe(self) -> list[str]:
        if self.language != "zh-hans":
            return []  # the same page in other words
        self._turn_to(DESKTOP)
        self.page.evaluate(AXE.read_text(encoding="utf-8"))
        # Large print and what is read from afar promise 7 : 1 (4.5 : 1 where letters are large already).
        far = "/wall/" in self.page.url or "/windows/" in self.page.url
        rules = {"color-contrast-enhanced": {"enabled": self.elder or far}}
        said: list[str] = self.page.evaluate(ASK_AXE, {"resultTypes": ["violations"], "rules": rules})
        return said


def _asked_for(leaf: Leaf, said: str) -> bool:
    """A page that is meant to answer 404 or 422 is noted by the browser too."""
    return said.startswith("console") and (
        str(leaf.status) in said or (leaf.do is not None and "422" in said)
    )


class Data:
    """What people and firms have written: it stays as written in either language."""

    def __init__(self) -> None:
        strings = {string.strip() for model in apps.get_models() for string in _strings_of(model)}
        strings |= {*all_skills()}  # read out of what employers write, in our spelling
        strings |= {mask_name(name) for name in Person.objects.values_list("name", flat=True)}
        strings |= {_on_its_sign(string) for string in strings}
        parts = {part for string in strings for part in string.splitlines()} | strings
        with_han = sorted((part for part in parts if HAN.search(part)), key=len, reverse=True)
        self._han = re.compile("|".join(map(re.escape, with_han)))
        self._latin = {word for part in parts for word in LATIN.findall(part)} | ALSO_CHINESE

    def not_chinese(self, text: str) -> str:
        """The English words of a text of the Chinese pages that are nobody's data."""
        return " ".join(word for word in LATIN.findall(CODE.sub("", text)) if word not in self._latin)

    def not_english(self, text: str) -> str:
        """The Chinese of a text of the English pages that is nobody's data."""
        return " ".join(
            word for word in HAN.findall(self._han.sub(" ", QUOTE.sub("", text))) if word not in ALSO_ENGLISH
        )


def _on_its_sign(firm: str) -> str:
    """As the wall's list names a firm (frontend/src/wall/blocks.ts)."""
    bare = firm.removesuffix("（示例）").removeprefix("上海")
    return bare.removesuffix("有限公司") or firm


def _strings_of(model: type[models.Model]) -> Iterator[str]:
    kinds = (models.CharField, models.TextField, models.JSONField, EncryptedField)
    names = [f.name for f in model._meta.concrete_fields if isinstance(f, kinds)]
    for row in model._default_manager.iterator() if names else ():
        for name in names:
            yield from _flat(getattr(row, name))


def _flat(value: Any) -> Iterator[str]:
    if isinstance(value, str) and value[:1] in "[{" and value:
        yield from _flat_of_json(value)
    elif isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        yield from (string for one in value.values() for string in _flat(one))
    elif isinstance(value, list):
        yield from (string for one in value for string in _flat(one))


def _flat_of_json(value: str) -> Iterator[str]:
    try:
        yield from _flat(json.loads(value))
    except ValueError:
        yield value

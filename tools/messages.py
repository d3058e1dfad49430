"""Keeps the catalogues: one .po per room in locale/zh_Hans/, compiled to one django.mo.

    python tools/messages.py update vacancies web.citizen   # new msgids in, unused ones out
    python tools/messages.py compile                        # all rooms → LC_MESSAGES/django.mo
    python tools/messages.py check                          # says what is missing, exits 1

A room is a package below src/yuanmeng: `vacancies`, `web.citizen`, ….
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import DEFAULT_KEYWORDS, extract_python
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

PROJECT = Path(__file__).resolve().parents[1]
SOURCE = PROJECT / "src" / "yuanmeng"
LOCALE = PROJECT / "locale" / "zh_Hans"
KEYWORDS = {
    **DEFAULT_KEYWORDS,
    "gettext_lazy": None, "ngettext_lazy": (1, 2), "pgettext_lazy": ((1, "c"), 2), "gettext_noop": None,
    "npgettext_lazy": ((1, "c"), 2, 3), "_now": None, "_lazy": None,
}  # fmt: skip
Message = tuple[str | None, str | tuple[str, str]]


def rooms() -> list[str]:
    """Return every room that holds code or templates."""
    plain = [
        p.name for p in SOURCE.iterdir() if p.is_dir() and p.name not in {"web", "__pycache__", "matching"}
    ]
    surfaces = [
        f"web.{p.name}"
        for p in (SOURCE / "web").iterdir()
        if p.is_dir() and p.name not in {"dist", "__pycache__"}
    ]
    return sorted(plain + surfaces)


def messages_of(room: str) -> list[Message]:
    """Return (context, msgid or (singular, plural)) in a room, in order of appearance, once each."""
    folder = SOURCE.joinpath(*room.split("."))
    found: dict[Message, None] = {}
    for path in sorted(folder.rglob("*.py")):
        found.update(dict.fromkeys(_from_python(path)))
    for path in sorted(p for p in folder.rglob("*") if "templates" in p.parts and p.is_file()):
        found.update(dict.fromkeys(_from_template(path)))
    return list(found)


def _from_python(path: Path) -> Iterator[Message]:
    with path.open("rb") as file:
        for _, function, strings, _ in extract_python(file, list(KEYWORDS), [], {}):
            yield from _message(function, strings)


def _message(function: str, strings: object) -> Iterator[Message]:
    parts = [s for s in (strings if isinstance(strings, tuple) else (strings,)) if isinstance(s, str)]
    if not parts:
        return
    if "np" in function and len(parts) >= 3:
        yield parts[0], (parts[1], parts[2])
    elif "pgettext" in function and len(parts) >= 2:
        yield parts[0], parts[1]
    elif function.lstrip("u").startswith("ngettext") and len(parts) >= 2:
        yield None, (parts[0], parts[1])
    else:
        yield None, parts[0]


def _from_template(path: Path) -> Iterator[Message]:
    """Read templates with Django's own lexer, so that what renders is what is extracted."""
    from django.template.base import Lexer, TokenType
    from django.utils.translation import trim_whitespace
    from django.utils.translation.template import block_re, constant_re, inline_re

    block: list[str] | None = None
    plural: list[str] | None = None
    context, trimmed = None, False
    for token in Lexer(path.read_text(encoding="utf-8")).tokenize():
        words = token.contents.split()
        if block is not None:
            into = plural if plural is not None else block
            if token.token_type == TokenType.BLOCK and words[0] in {"endblocktranslate", "endblocktrans"}:
                tidy = trim_whitespace if trimmed else str
                one = tidy("".join(block))
                yield context, (one, tidy("".join(plural))) if plural is not None else one
                block = plural = None
            elif token.token_type == TokenType.BLOCK and words[0] == "plural":
                plural = []
            elif token.token_type == TokenType.VAR:
                into.append(f"%({token.contents.split('|')[0].strip()})s")
            elif token.token_type == TokenType.TEXT:
                into.append(token.contents)
            continue
        if token.token_type == TokenType.BLOCK and words[0] in {"blocktranslate", "blocktrans"}:
            block, plural, trimmed = [], None, "trimmed" in words
            match = block_re.match(token.contents)
            context = match[2].strip("\"'") if match and match[2] else None
        elif token.token_type == TokenType.BLOCK and words[0] in {"translate", "trans"}:
            match = inline_re.match(token.contents)
            if match:
                yield (match[3].strip("\"'") if match[3] else None), match[1].strip("\"'")
        elif token.token_type in {TokenType.BLOCK, TokenType.VAR}:
            for constant in constant_re.findall(token.contents):
                yield None, constant.strip("_()\"'")


def catalogue(room: str) -> Catalog:
    path = LOCALE / f"{room}.po"
    if not path.exists():
        return Catalog(locale="zh_Hans", fuzzy=False)
    with path.open("rb") as file:
        return read_po(file, locale="zh_Hans")


def update(room: str) -> int:
    """Bring a room's .po in line with its code and return how many strings lack a translation."""
    old, new, missing = catalogue(room), Catalog(locale="zh_Hans", fuzzy=False), 0
    for context, msgid in messages_of(room):
        key = msgid if isinstance(msgid, str) else msgid[0]
        known = old.get(key, context)
        string = known.string if known else ""
        if isinstance(msgid, tuple) and isinstance(string, str):
            string = (string,)
        missing += not (string if isinstance(string, str) else string and string[0])
        flags = {"python-format"} if re.search(r"%\(\w+\)[sd]", key) else set()
        new.add(msgid, string, context=context, flags=flags)
    _write(room, new)
    return missing


def _write(room: str, new: Catalog) -> None:
    path = LOCALE / f"{room}.po"
    if not len(new):
        path.unlink(missing_ok=True)
        return
    new.header_comment = f"# Words of the room {room}. Chinese is the product voice."
    new.revision_date = new.creation_date = None
    LOCALE.mkdir(parents=True, exist_ok=True)
    with path.open("wb") as file:
        write_po(file, new, width=110, no_location=True, sort_output=False, omit_header=True)


def compile_all() -> Path:
    """Merge all rooms into one binary catalogue Django reads."""
    whole = Catalog(locale="zh_Hans", fuzzy=False)
    for path in sorted(LOCALE.glob("*.po")):
        with path.open("rb") as file:
            for message in read_po(file, locale="zh_Hans"):
                if message.id:
                    whole.add(message.id, message.string, context=message.context)
    target = LOCALE / "LC_MESSAGES" / "django.mo"
    target.parent.mkdir(parents=True, exist_ok=True)
    with target.open("wb") as file:
        write_mo(file, whole)
    return target


def problems() -> list[str]:
    """Return what is untranslated, missing, fuzzy or translated two ways, one line each."""
    seen: dict[tuple[str | None, str], tuple[str, str]] = {}
    found: list[str] = []
    for room in rooms():
        known = catalogue(room)
        for context, msgid in messages_of(room):
            key = msgid if isinstance(msgid, str) else msgid[0]
            message = known.get(key, context)
            string = message.string if message else ""
            text = string if isinstance(string, str) else (string[0] if string else "")
            if not text:
                found.append(f"{room}: untranslated: {key!r}")
            elif message is not None and message.fuzzy:
                found.append(f"{room}: fuzzy: {key!r}")
            elif seen.setdefault((context, key), (room, text))[1] != text:
                other = seen[context, key]
                found.append(f"{room}: {key!r} is {text!r} here and {other[1]!r} in {other[0]}")
    return found


def main(words: list[str]) -> int:
    verb, names = (words[0] if words else "check"), words[1:]
    if verb == "update":
        for room in names or rooms():
            print(f"{room}: {update(room)} untranslated")
    elif verb == "compile":
        print(compile_all().relative_to(PROJECT))
    else:
        for line in (found := problems()):
            print(line)
        return 1 if found else 0
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

"""Pictures for the windows: looked at, made anew in a process of its own, and kept by what is in them.

media = images.take(file, by=user, at=at)         # raises Refused with a sentence; nothing is kept then
"""

from __future__ import annotations

import hashlib
import json
import logging
import os
import signal
import subprocess
import sys
import tempfile
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from typing import Any, BinaryIO

from django.conf import settings
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

import yuanmeng
from yuanmeng.core.actors import Actor, key_of
from yuanmeng.core.errors import Refused
from yuanmeng.signage.models import Media

log = logging.getLogger(__name__)
MOST_BYTES = 10 * 1024 * 1024
WAIT_S = 20.0
_PACKAGE_PARENT = str(Path(yuanmeng.__file__).parent.parent)
# What a file begins with, whatever its name says.
_PICTURES = (b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff")
_VIDEOS = (b"\x1a\x45\xdf\xa3", b"OggS", b"FLV", b"\x00\x00\x01\xba", b"\x00\x00\x01\xb3")

SENTENCES: dict[str, Promise] = {
    "empty": _("The file is empty. Please choose the picture again."),
    "too_large": _("The picture is larger than 10 MB. Please save it smaller."),
    "too_many_pixels": _("The picture has more than 40 million pixels. Please save it smaller."),
    "drawing": _("SVG drawings can hold programs and are not shown. Please save it as PNG, JPEG or WebP."),
    "video": _("This is a video. Windows show still pictures: please choose a PNG, JPEG or WebP."),
    "moving": _("This picture moves. Please save one still picture of it."),
    "unknown": _("This is no PNG, JPEG or WebP picture. Please save it as one of these."),
    "broken": _("The picture is damaged or cut off. Please save it again and try once more."),
}


def take(file: BinaryIO, *, by: Actor, at: datetime) -> Media:
    """This will keep a picture and return its row; the same one again is the same row. Raises Refused.

    Costs about 0.3 s for a photograph. What the file was called is nowhere kept.
    """
    try:
        raw, head = _made_anew(_looked_at(file))
    except Refused as refusal:
        log.warning("picture refused: %s, by %s", refusal.code, key_of(by))
        raise
    sha256 = hashlib.sha256(raw).hexdigest()
    media = Media(
        sha256=sha256, type=head["type"], bytes=len(raw), width=head["width"], height=head["height"],
        made_at=at, made_by=key_of(by),
    )  # fmt: skip
    _keep(media.path, raw)
    return Media.objects.get_or_create(sha256=sha256, defaults=_facts(media))[0]


def lost() -> list[str]:
    """This will name every picture whose file is missing or not what it was."""
    return [media.sha256[:12] for media in Media.objects.order_by("id") if not _is_whole(media)]


def _looked_at(file: BinaryIO) -> bytes:
    raw = file.read(MOST_BYTES + 1)
    if not raw:
        raise _refusal("empty")
    if len(raw) > MOST_BYTES:
        raise _refusal("too_large")
    start = raw[:512]
    if start.startswith(_PICTURES) or (start[:4] == b"RIFF" and start[8:12] == b"WEBP"):
        return raw
    if (
        start[4:8] == b"ftyp"
        or start.startswith(_VIDEOS)
        or (start[:4] == b"RIFF" and start[8:12] == b"AVI ")
    ):
        raise _refusal("video")
    if b"<svg" in raw[:4096].lower() or b"<!doctype svg" in raw[:4096].lower():
        raise _refusal("drawing")
    if start.startswith((b"GIF87a", b"GIF89a")):
        raise _refusal("moving")
    raise _refusal("unknown")


def _made_anew(raw: bytes) -> tuple[bytes, dict[str, Any]]:
    """Run the child on it: whatever happens there, a picture and its head come back, or a refusal."""
    said = _run(raw)
    line, _newline, picture = said.partition(b"\n")
    try:
        head: dict[str, Any] = json.loads(line)
    except ValueError:  # it was stopped by a limit before it could say anything
        raise _refusal("broken") from None
    if "refused" in head:
        raise _refusal(str(head["refused"]))
    if not picture:
        raise _refusal("broken")
    return picture, head


def _run(raw: bytes) -> bytes:
    with tempfile.TemporaryDirectory() as folder:
        process = subprocess.Popen(
            [sys.executable, "-m", "yuanmeng.signage.image_child"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            cwd=folder,
            env={"PYTHONPATH": _PACKAGE_PARENT, "PYTHONDONTWRITEBYTECODE": "1"},
            start_new_session=True,
        )
        try:
            return process.communicate(raw, timeout=WAIT_S)[0]
        except subprocess.TimeoutExpired:
            raise _refusal("broken") from None
        finally:
            _end(process)


def _end(process: subprocess.Popen[bytes]) -> None:
    if process.poll() is None:
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
    for pipe in (process.stdin, process.stdout):
        if pipe:
            with suppress(BrokenPipeError):
                pipe.close()
    process.wait()


def _keep(path: Path, raw: bytes) -> None:
    """Written beside and renamed: a file is there whole or not at all."""
    if path.exists():
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, beside = tempfile.mkstemp(dir=Path(settings.DATA_DIR) / "media", prefix=".new-")
    with os.fdopen(handle, "wb") as file:
        file.write(raw)
        file.flush()
        os.fsync(file.fileno())
    os.replace(beside, path)


def _facts(media: Media) -> dict[str, Any]:
    names = ("type", "bytes", "width", "height", "made_at", "made_by")
    return {name: getattr(media, name) for name in names}


def _is_whole(media: Media) -> bool:
    try:
        with media.path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest() == media.sha256
    except OSError:
        return False


def _refusal(code: str) -> Refused:
    return Refused(SENTENCES.get(code, SENTENCES["broken"]), code=f"picture_{code}", field="file")

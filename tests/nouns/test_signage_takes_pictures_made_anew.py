"""Pictures are looked at, made anew in a process of its own, kept by what is in them; the rest is refused."""

from __future__ import annotations

import io
import zlib
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from PIL import Image

from tests.nouns.signage import AUTHOR, approved, device, hung
from yuanmeng.core.errors import Refused
from yuanmeng.signage import images, issuing
from yuanmeng.signage.models import Media

pytestmark = pytest.mark.django_db


def picture(form: str = "PNG", size: tuple[int, int] = (64, 36), mode: str = "RGB", **facts: Any) -> bytes:
    out = io.BytesIO()
    Image.new(mode, size, "teal").save(out, form, **facts)
    return out.getvalue()


@pytest.fixture(autouse=True)
def media(settings: Any, tmp_path: Path) -> Path:
    settings.DATA_DIR = tmp_path
    return tmp_path / "media"


def take(raw: bytes, at: datetime) -> Media:
    return images.take(io.BytesIO(raw), by=AUTHOR, at=at)


@pytest.mark.parametrize(
    ("form", "type"), [("PNG", "image/jpeg"), ("JPEG", "image/jpeg"), ("WEBP", "image/jpeg")]
)
def test_pictures_are_kept_by_what_is_in_them(at: datetime, media: Path, form: str, type: str) -> None:
    row = take(picture(form), at)
    assert (row.type, row.width, row.height) == (type, 64, 36)
    assert row.path.read_bytes() and row.path.parent == media
    assert images.lost() == []


def test_what_can_be_seen_through_stays_so(at: datetime) -> None:
    assert take(picture(mode="RGBA"), at).type == "image/png"


def test_the_same_picture_twice_is_one(at: datetime) -> None:
    assert take(picture(), at) == take(picture(), at)
    assert Media.objects.count() == 1


def test_what_was_hidden_in_the_file_is_gone(at: datetime) -> None:
    exif = Image.Exif()
    exif[0x010E], exif[0x0112] = "who took it", 6
    row = take(picture("JPEG", exif=exif), at)
    assert b"who took it" not in row.path.read_bytes()
    assert (row.width, row.height) == (36, 64), "turned as the camera meant it"
    row = take(picture("PNG") + b"<script>alert(1)</script>", at)
    assert b"script" not in row.path.read_bytes()


def test_large_ones_are_made_smaller(at: datetime) -> None:
    row = take(picture("JPEG", (6000, 1000)), at)
    assert (row.width, row.height) == (3840, 640)


def _chunk(kind: bytes, data: bytes) -> bytes:
    return len(data).to_bytes(4, "big") + kind + data + zlib.crc32(kind + data).to_bytes(4, "big")


def _bomb(width: int, height: int) -> bytes:
    """A few bytes that say they are a huge picture."""
    head = width.to_bytes(4, "big") + height.to_bytes(4, "big") + b"\x08\x02\x00\x00\x00"
    data = zlib.compress(b"\0" * 1000)
    return b"\x89PNG\r\n\x1a\n" + _chunk(b"IHDR", head) + _chunk(b"IDAT", data) + _chunk(b"IEND", b"")


def _moving() -> bytes:
    out = io.BytesIO()
    frames = [Image.new("RGB", (8, 8), colour) for colour in ("red", "blue")]
    frames[0].save(out, "WEBP", save_all=True, append_images=frames[1:])
    return out.getvalue()


SVG = b'<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
MP4 = b"\x00\x00\x00\x18ftypmp42" + b"\0" * 100


@pytest.mark.parametrize(
    ("raw", "code"),
    [
        (b"", "picture_empty"),
        (b"\x89PNG\r\n\x1a\n" + b"\0" * (10 * 1024 * 1024), "picture_too_large"),
        (SVG, "picture_drawing"),
        (MP4, "picture_video"),
        (b"\x1a\x45\xdf\xa3" + b"\0" * 50, "picture_video"),
        (picture("GIF"), "picture_moving"),
        (_moving(), "picture_moving"),
        (b"<html>hello</html>", "picture_unknown"),
        (b"%PDF-1.4", "picture_unknown"),
        (_bomb(7000, 7000), "picture_too_many_pixels"),
        (_bomb(2**31 - 1, 2**31 - 1), "picture_too_many_pixels"),
        (_bomb(6000, 6000), "picture_broken"),
        (picture("JPEG", (640, 360))[:400], "picture_broken"),
        (picture("PNG", (640, 360))[:60], "picture_broken"),
        (b"\xff\xd8\xff" + SVG, "picture_broken"),
    ],
)
def test_what_is_no_picture_is_refused_and_nothing_kept(
    at: datetime, media: Path, raw: bytes, code: str, caplog: Any
) -> None:
    with pytest.raises(Refused) as refusal:
        take(raw, at)
    assert refusal.value.code == code and str(refusal.value)
    assert not Media.objects.exists() and not [*media.glob("*")]
    assert "picture refused" in caplog.text


def test_a_damaged_or_missing_file_is_named(at: datetime) -> None:
    row = take(picture(), at)
    row.path.write_bytes(b"other")
    assert images.lost() == [row.sha256[:12]]
    row.path.unlink()
    assert images.lost() == [row.sha256[:12]]


def test_a_picture_travels_in_the_manifest(at: datetime) -> None:
    row = take(picture(), at)
    one, _token = device(at=at)
    hung(approved("", at=at, kind="image", file=row), at=at)
    made = issuing.made_for(one, at=at).as_dict()
    assert made["files"] == [
        {"sha256": row.sha256, "url": f"/windows/files/{row.sha256}", "bytes": row.bytes, "type": row.type}
    ]
    assert made["entries"][0]["items"][0]["file"] == row.sha256
    with pytest.raises(Refused):
        approved("", at=at, kind="image")


def test_files_are_public_never_change_and_are_no_pages(at: datetime) -> None:
    row = take(picture(), at)
    answer = Client().get(row.url)
    assert b"".join(answer.streaming_content) == row.path.read_bytes()  # type: ignore[attr-defined]
    assert answer["Content-Type"] == row.type and answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Cache-Control"] == "public, max-age=31536000, immutable"
    assert answer["Content-Security-Policy"] == "default-src 'none'; sandbox"
    for odd in ("0" * 64, "../yuanmeng.db", row.sha256[:-1], f"{row.sha256}.jpg", row.sha256.upper()):
        assert Client().get(f"/windows/files/{odd}").status_code == 404

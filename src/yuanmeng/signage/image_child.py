"""The process that opens other people's pictures: `python -m yuanmeng.signage.image_child < FILE > PICTURE`.

It knows no Django and no database, sets its own limits before it imports a decoder, and writes one JSON
line ({"type", "width", "height"} or {"refused"}), then the picture made anew: what was hidden in the old file
(places, names, code) is not in it. A file that breaks it breaks nothing else.
"""

from __future__ import annotations

import io
import json
import resource
import sys
import warnings
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PIL.Image import Image

MEMORY_BYTES, CPU_SECONDS, FILE_BYTES = 1024 * 1024 * 1024, 30, 64 * 1024 * 1024
MOST_PIXELS, LONGEST_SIDE = 40_000_000, 3840
FORMATS = ("PNG", "JPEG", "WEBP")
QUALITY = 88


def main() -> int:
    """This will read standard input to its end and write the picture; 0 done, 3 refused with a reason."""
    limit_this_process()
    raw = sys.stdin.buffer.read()
    try:
        picture, kind = _made_anew(raw)
    except Refusal as refusal:
        return _refused(str(refusal))
    except MemoryError:
        return _refused("too_many_pixels")
    except Exception:  # decoders raise whatever comes to their mind
        return _refused("broken")
    head = {"type": kind, "width": picture[1], "height": picture[2]}
    sys.stdout.buffer.write(json.dumps(head).encode() + b"\n" + picture[0])
    return 0


class Refusal(Exception):
    """A code for the sentence."""


def limit_this_process() -> None:
    for what, much in (
        (resource.RLIMIT_AS, MEMORY_BYTES),
        (resource.RLIMIT_CPU, CPU_SECONDS),
        (resource.RLIMIT_FSIZE, FILE_BYTES),
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_NOFILE, 32),
    ):
        resource.setrlimit(what, (much, much))


def _made_anew(raw: bytes) -> tuple[tuple[bytes, int, int], str]:
    from PIL import Image, ImageOps

    warnings.simplefilter("ignore")
    Image.MAX_IMAGE_PIXELS = None  # asked below, before a single pixel is read
    with Image.open(io.BytesIO(raw), formats=FORMATS) as opened:
        if opened.width * opened.height > MOST_PIXELS:
            raise Refusal("too_many_pixels")
        if getattr(opened, "n_frames", 1) > 1:
            raise Refusal("moving")
        opened.load()
        turned = ImageOps.exif_transpose(opened)
    clear = _is_clear(turned)
    picture = turned.convert("RGBA" if clear else "RGB")
    picture.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
    return _written(picture, clear)


def _is_clear(picture: Image) -> bool:
    """Something can be seen through it: then it stays lossless."""
    return "A" in picture.getbands() or "transparency" in picture.info


def _written(picture: Image, clear: bool) -> tuple[tuple[bytes, int, int], str]:
    bare = picture.copy()
    bare.info = {}
    out = io.BytesIO()
    if clear:
        bare.save(out, "PNG", optimize=True)
    else:
        bare.save(out, "JPEG", quality=QUALITY, progressive=True)
    return (out.getvalue(), bare.width, bare.height), "image/png" if clear else "image/jpeg"


def _refused(code: str) -> int:
    sys.stdout.buffer.write(json.dumps({"refused": code}).encode() + b"\n")
    return 3


if __name__ == "__main__":
    sys.exit(main())

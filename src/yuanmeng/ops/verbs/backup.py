"""`backup --to FILE [--keys FILE]`: a whole copy while the house is open; the keys apart."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from pathlib import Path
from tempfile import TemporaryDirectory

from yuanmeng.ops.outcome import Outcome


def add(parser: ArgumentParser) -> None:
    """Where to."""
    parser.add_argument("--to", type=Path, required=True, metavar="FILE", help="the backup, a tar file")
    parser.add_argument(
        "--keys", type=Path, metavar="FILE", help="the keys too, to be kept in another place than the backup"
    )


def run(options: Namespace) -> Outcome:
    """Copy the database in one piece, the media beside it, and say what came of it."""
    from django.conf import settings
    from django.utils import timezone
    from django.utils.translation import gettext as _

    from yuanmeng.ops import packing, storage

    storage.prepare()
    with TemporaryDirectory(dir=Path(settings.DATA_DIR) / "tmp") as scratch:
        manifest = packing.pack(options.to, Path(scratch), at=timezone.now())
    size = options.to.stat().st_size
    lines = [_("%(file)s: %(bytes)d bytes, whole") % {"file": options.to, "bytes": size}]
    if options.keys:
        count = packing.pack_keys(options.keys)
        lines.append(_("%(file)s: %(count)d keys") % {"file": options.keys, "count": count})
    else:
        lines.append(_("The keys are not in it. Please keep a copy of them in another place (--keys FILE)."))
    return Outcome(lines=lines, facts={"to": str(options.to), "bytes": size, "audit": manifest["audit"]})

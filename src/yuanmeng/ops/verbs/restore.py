"""`restore FILE [--keys FILE] [--verify]`: verify a backup; put it back when all of it holds."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from pathlib import Path
from tempfile import TemporaryDirectory

from yuanmeng.ops.outcome import Cannot, Outcome

OPEN_WITHIN_S = 30


def add(parser: ArgumentParser) -> None:
    """What, and whether only to look."""
    parser.add_argument("file", type=Path, metavar="FILE")
    parser.add_argument("--keys", type=Path, metavar="FILE", help="the keys that were kept apart")
    parser.add_argument("--verify", action="store_true", help="only say whether it could be restored")


def run(options: Namespace) -> Outcome:
    """Unpack beside the house, verify, and only then replace; the old state is kept."""
    from django.conf import settings
    from django.utils import timezone
    from django.utils.translation import gettext as _

    from yuanmeng.core import audit
    from yuanmeng.ops import packing, storage, unpacking
    from yuanmeng.people.models import Session

    storage.prepare()
    data = Path(settings.DATA_DIR)
    with TemporaryDirectory(dir=data / "tmp") as scratch:
        folder, keys = Path(scratch) / "backup", Path(scratch) / "keys"
        packing.unpack(options.file, folder)
        if options.keys:
            packing.unpack(options.keys, keys)
        manifest = unpacking.verified(folder, keys if options.keys else data / "keys")
        facts = {"at": manifest["at"], "release": manifest["release"], "audit": manifest["audit"]}
        if options.verify:
            return Outcome(lines=[_("The backup of %(at)s is whole.") % manifest], facts=facts)
        _refuse_an_open_house()
        kept = unpacking.put_back(
            folder, keys if options.keys else None, until=manifest["audit"]["seq"], at=timezone.now()
        )
    storage.prepare()
    # Who was signed in then may have been locked out since.
    Session.objects.all().delete()
    audit.write("restore", by=None, at=timezone.now(), reason=manifest["at"])
    lines = [
        _("The state of %(at)s is back. Everybody signs in anew.") % manifest,
        _("What was here before is kept in %(folder)s.") % {"folder": kept},
    ]
    return Outcome(lines=lines, facts=facts | {"kept": str(kept)})


def _refuse_an_open_house() -> None:
    from django.utils.translation import gettext as _

    from yuanmeng.ops import beat

    age = beat.age_s()
    if age is not None and age < OPEN_WITHIN_S:
        raise Cannot(_("The house is open. Please stop it first, then restore."))

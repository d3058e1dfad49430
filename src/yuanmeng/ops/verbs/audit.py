"""`audit verify`: walk the chain, against its anchors; 0 whole, 1 the first bad place. `audit anchor`."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from pathlib import Path

from yuanmeng.ops.outcome import FINDING, Outcome


def add(parser: ArgumentParser) -> None:
    """What to do with the chain."""
    parser.add_argument("what", choices=["verify", "anchor"])
    parser.add_argument(
        "--anchors", type=Path, metavar="DIR", help="the folder of a copy of the anchors (default: our own)"
    )


def run(options: Namespace) -> Outcome:
    """Say whether the chain is whole, or where and how it is not; or write its end down."""
    return _anchor() if options.what == "anchor" else _verify(options.anchors)


def _anchor() -> Outcome:
    from django.utils import timezone
    from django.utils.translation import gettext as _

    from yuanmeng.ops import anchors

    seq, digest = anchors.write(timezone.now())
    return Outcome(lines=[_("Anchored at entry %(seq)d.") % {"seq": seq}], facts={"seq": seq, "hash": digest})


def _verify(where: Path | None) -> Outcome:
    from django.utils.translation import gettext as _

    from yuanmeng.core import audit
    from yuanmeng.ops import anchors

    known = anchors.read(where or anchors.folder())
    flaw = audit.verify(known)
    if flaw is None:
        words = _("The audit chain is whole; %(count)d anchors hold.") % {"count": len(known)}
        return Outcome(lines=[words], facts={"whole": True, "anchors": len(known)})
    return Outcome(
        FINDING,
        [_("The audit chain is broken at %(seq)d: %(kind)s.") % {"seq": flaw.seq, "kind": flaw.kind}],
        {"whole": False, "seq": flaw.seq, "kind": flaw.kind},
    )

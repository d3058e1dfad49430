"""`audit verify`: walk the chain; 0 whole, 1 the first bad place."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace

from yuanmeng.ops.outcome import FINDING, Outcome


def add(parser: ArgumentParser) -> None:
    """What to do with the chain."""
    parser.add_argument("what", choices=["verify"])


def run(options: Namespace) -> Outcome:
    """Say whether the chain is whole, or where and how it is not."""
    from django.utils.translation import gettext as _

    from yuanmeng.core import audit

    flaw = audit.verify()
    if flaw is None:
        return Outcome(lines=[_("The audit chain is whole.")], facts={"whole": True})
    return Outcome(
        FINDING,
        [_("The audit chain is broken at %(seq)d: %(kind)s.") % {"seq": flaw.seq, "kind": flaw.kind}],
        {"whole": False, "seq": flaw.seq, "kind": flaw.kind},
    )

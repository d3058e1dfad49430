"""`model`: which builds of the engine there are, why each serves or was refused; back to an earlier one."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace

from yuanmeng.ops.outcome import Cannot, Outcome

LISTED = 20


def add(parser: ArgumentParser) -> None:
    """Name the option."""
    parser.add_argument(
        "--rollback", metavar="UID", help="let this one serve again (the first characters are enough)"
    )


def run(options: Namespace) -> Outcome:
    """List the newest builds, or go back to one that served before."""
    from yuanmeng.recommend import engine
    from yuanmeng.recommend.models import ModelVersion

    if options.rollback:
        return _roll_back(options.rollback)
    rows = list(ModelVersion.objects.newest_first()[:LISTED])
    facts = [
        {"uid": row.uid, "made_at": row.made_at.isoformat(), "state": row.state, "kept": engine.is_kept(row),
         "verdict": row.verdict}
        for row in rows
    ]  # fmt: skip
    return Outcome(lines=[_line(row) for row in rows], facts={"models": facts})


def _line(row: object) -> str:
    from yuanmeng.recommend import words
    from yuanmeng.recommend.models import ModelVersion

    assert isinstance(row, ModelVersion)
    return f"{row}  {row.get_state_display()}  {words.verdict(row)}"


def _roll_back(uid: str) -> Outcome:
    from django.utils import timezone
    from django.utils.translation import gettext as _

    from yuanmeng.core.actors import Told
    from yuanmeng.core.errors import Refused
    from yuanmeng.recommend import rollback
    from yuanmeng.recommend.models import ModelVersion

    found = list(ModelVersion.objects.filter(uid__startswith=uid)[:2])
    if len(found) != 1:
        raise Cannot(
            _("There is no model, or more than one, whose mark begins so. `yuanmeng model` lists them.")
        )
    try:
        rollback.roll_back(found[0], by=Told("cli"), at=timezone.now())
    except Refused as why:
        raise Cannot(str(why)) from why
    words = _("%(model)s serves again. The worker makes all lists anew.") % {"model": str(found[0])}
    return Outcome(lines=[words], facts={"uid": found[0].uid})

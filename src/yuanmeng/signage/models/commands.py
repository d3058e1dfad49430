"""What a device is asked to do now: show who it is, load anew, send a picture."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import models, transaction
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from yuanmeng.core import events
from yuanmeng.core.actors import Actor, key_of
from yuanmeng.core.models import Noun
from yuanmeng.signage.models.device import Device

LIFE = timedelta(minutes=10)


class CommandKind(models.TextChoices):
    IDENTIFY = "identify", _("Show who it is")
    RELOAD = "reload", _("Load anew")
    PICTURE = "picture", _("Send a picture")


class CommandQuerySet(models.QuerySet["Command"]):
    """Phrases about many commands."""

    def waiting(self, device: Device, *, at: datetime) -> CommandQuerySet:
        """What a device has still to do; a command nobody fetched in ten minutes is over."""
        return self.filter(device=device, done_at=None, expires_at__gt=at).order_by("id")


class Command(Noun):
    """One wish to one device. It is done once, or it is over after ten minutes."""

    device = models.ForeignKey(Device, on_delete=models.CASCADE, related_name="commands")
    kind = models.CharField(max_length=10, choices=CommandKind.choices)
    made_at = models.DateTimeField()
    made_by = models.CharField(max_length=80)
    expires_at = models.DateTimeField()
    done_at = models.DateTimeField(null=True, blank=True)

    objects = CommandQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=CommandKind.values), name="command_kind_known"),
        ]

    def __str__(self) -> str:
        return self.kind

    @classmethod
    def give(cls, device: Device, kind: str, *, by: Actor | None, at: datetime) -> Command:
        """Ask a device for something; what waits already is not asked a second time."""
        with transaction.atomic():
            waiting = cls.objects.waiting(device, at=at).filter(kind=kind).first()
            if waiting is not None:
                return waiting
            row = cls.objects.create(
                device=device, kind=kind, made_at=at, made_by=key_of(by), expires_at=at + LIFE
            )
            events.tell("device.commanded", device, by=by, at=at, command=kind)
        return row

    def finish(self, *, at: datetime) -> None:
        """Note that the device has done it; the second time changes nothing."""
        Command.objects.filter(pk=self.pk, done_at=None).update(done_at=at)

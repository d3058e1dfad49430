"""A playlist: approved content in an order."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.db import models, transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from yuanmeng.core import events
from yuanmeng.core.actors import Actor, key_of
from yuanmeng.core.errors import Refused
from yuanmeng.core.models import Noun
from yuanmeng.signage import wording
from yuanmeng.signage.models.content import Content
from yuanmeng.signage.models.version import Version

MOST_ITEMS = 60
# A day and not more: a huge duration has stopped a well-known player for good.
SHORTEST_S, LONGEST_S = 5, 86_400


class Playlist(Noun):
    """Approved content in an order, under a name."""

    name = models.CharField(max_length=60)
    made_at = models.DateTimeField()
    made_by = models.CharField(max_length=80)
    changed_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.name

    @classmethod
    def make(cls, name: str, *, by: Actor, at: datetime) -> Playlist:
        """Begin an empty one."""
        name = wording.line(name, 60, field="name")
        if not name:
            raise Refused(_("Please give the playlist a name."), field="name")
        with transaction.atomic():
            row = cls.objects.create(name=name, made_at=at, made_by=key_of(by), changed_at=at)
            events.tell("playlist.made", row, by=by, at=at)
        return row

    def arrange(
        self, items: Iterable[Content | tuple[Content, int | None]], *, by: Actor, at: datetime
    ) -> None:
        """Put these in, in this order; a pair says for how many seconds. Raises Refused."""
        wanted = [item if isinstance(item, tuple) else (item, None) for item in items]
        if len(wanted) > MOST_ITEMS:
            raise Refused(
                _("A playlist holds %(most)d items. Please make a second one.") % {"most": MOST_ITEMS}
            )
        for _content, seconds in wanted:
            _check_seconds(seconds)
        with transaction.atomic():
            _refuse_unapproved([content for content, _seconds in wanted])
            self.items.all().delete()
            PlaylistItem.objects.bulk_create(
                PlaylistItem(playlist=self, content=content, position=place, seconds=seconds)
                for place, (content, seconds) in enumerate(wanted)
            )
            self.changed_at = at
            self.save(update_fields=["changed_at"])
            events.tell("playlist.arranged", self, by=by, at=at, items=len(wanted))
            Version.bump()

    def rename(self, name: str, *, by: Actor, at: datetime) -> None:
        self.name = wording.line(name, 60, field="name")
        with transaction.atomic():
            self.save(update_fields=["name"])
            events.tell("playlist.renamed", self, by=by, at=at)


class PlaylistItem(models.Model):
    """One content at one place of a playlist."""

    playlist = models.ForeignKey(Playlist, on_delete=models.CASCADE, related_name="items")
    content = models.ForeignKey(Content, on_delete=models.PROTECT, related_name="playlist_items")
    position = models.PositiveSmallIntegerField()
    seconds = models.PositiveIntegerField(null=True, blank=True)

    class Meta:
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["playlist", "position"], name="one_item_at_a_place"),
            models.CheckConstraint(
                condition=Q(seconds=None) | Q(seconds__gte=SHORTEST_S, seconds__lte=LONGEST_S),
                name="item_seconds_within_a_day",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.position}. {self.content}"


def _check_seconds(seconds: int | None) -> None:
    if seconds is not None and (type(seconds) is not int or not SHORTEST_S <= seconds <= LONGEST_S):
        raise Refused(_("An item stays for 5 seconds to 24 hours. Please check its time."), field="seconds")


def _refuse_unapproved(contents: list[Content]) -> None:
    """Asked anew and locked: what is withdrawn at this very moment does not slip in."""
    keys = {content.pk for content in contents}
    good = set(
        Content.objects.placeable().select_for_update().filter(pk__in=keys).values_list("pk", flat=True)
    )
    for content in contents:
        if content.pk not in good:
            words = _("“%(title)s” is not approved. Only approved content goes into a playlist.")
            raise Refused(words % {"title": content}, field="items", code="not_approved")

"""Content: what a window can show. Written by one, approved by another, and never changed while it hangs."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import models, transaction
from django.db.models import F, Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from yuanmeng.core import events
from yuanmeng.core.actors import Actor, key_of
from yuanmeng.core.errors import Refused
from yuanmeng.core.models import Step
from yuanmeng.core.moves import Moving
from yuanmeng.signage.models import version
from yuanmeng.signage.models.media import Media
from yuanmeng.signage.texts import checked

SHORTEST_S, LONGEST_S = 5, 120


class ContentKind(models.TextChoices):
    VACANCIES = "vacancies", gettext_lazy("Vacancy cards")
    PROGRAMME = "programme", gettext_lazy("Month programme")
    COURSES = "courses", gettext_lazy("Courses")
    POLICY = "policy", gettext_lazy("Policy in plain words")
    NOTICE = "notice", gettext_lazy("Notice")
    IMAGE = "image", gettext_lazy("Image")


# How long each kind is read for, in seconds, where nobody says otherwise.
SECONDS = {
    ContentKind.VACANCIES: 20, ContentKind.PROGRAMME: 20, ContentKind.COURSES: 15, ContentKind.POLICY: 15,
    ContentKind.NOTICE: 12, ContentKind.IMAGE: 10,
}  # fmt: skip


class ContentState(models.TextChoices):
    DRAFT = "draft", gettext_lazy("Draft")
    SUBMITTED = "submitted", gettext_lazy("Waiting for approval")
    APPROVED = "approved", gettext_lazy("Approved")
    RETURNED = "returned", gettext_lazy("Returned")
    WITHDRAWN = "withdrawn", gettext_lazy("Taken down")


# Where content may go next. What was approved is never edited: a new version takes its place.
MOVES = {
    ContentState.DRAFT: {ContentState.SUBMITTED, ContentState.WITHDRAWN},
    ContentState.SUBMITTED: {ContentState.APPROVED, ContentState.RETURNED, ContentState.WITHDRAWN},
    ContentState.RETURNED: {ContentState.SUBMITTED, ContentState.WITHDRAWN},
    ContentState.APPROVED: {ContentState.WITHDRAWN},
    ContentState.WITHDRAWN: set(),
}
EDITABLE = (ContentState.DRAFT, ContentState.RETURNED)
COPIED = (
    "title", "title_en", "body", "body_en", "query", "file", "link", "seconds", "valid_from", "valid_until",
)  # fmt: skip


class ContentQuerySet(models.QuerySet["Content"]):
    """Phrases about much content."""

    def placeable(self) -> ContentQuerySet:
        """What may be put into a playlist: approved, and not written for one emergency."""
        return self.filter(state=ContentState.APPROVED, emergency=False)

    def waiting(self) -> ContentQuerySet:
        """What somebody else has to look at, oldest first."""
        return self.filter(state=ContentState.SUBMITTED).order_by("submitted_at", "id")


class Content(Moving):
    """One thing a window can show.

    Texts are plain. `query` holds the filters of the public search (vacancies only), `link` a path of ours
    for the QR. `authors` are all who wrote in it: none of them approves it. `emergency` is the exception.
    """

    MOVES = MOVES

    kind = models.CharField(max_length=10, choices=ContentKind.choices)
    title = models.CharField(max_length=60, blank=True)
    title_en = models.CharField(max_length=120, blank=True)
    body = models.CharField(max_length=600, blank=True)
    body_en = models.CharField(max_length=1200, blank=True)
    query = models.JSONField(default=dict, blank=True)
    file = models.ForeignKey(Media, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    link = models.CharField(max_length=200, blank=True)
    seconds = models.PositiveSmallIntegerField()
    valid_from = models.DateTimeField(null=True, blank=True)
    valid_until = models.DateTimeField(null=True, blank=True)
    state = models.CharField(max_length=10, choices=ContentState.choices, default=ContentState.DRAFT)
    emergency = models.BooleanField(default=False)
    version = models.PositiveSmallIntegerField(default=1)
    replaces = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="later_versions"
    )
    authors = models.JSONField(default=list)
    reviewed_by = models.CharField(max_length=80, blank=True)
    reason = models.CharField(max_length=300, blank=True)
    made_at = models.DateTimeField()
    changed_at = models.DateTimeField()
    submitted_at = models.DateTimeField(null=True, blank=True)
    approved_at = models.DateTimeField(null=True, blank=True)
    returned_at = models.DateTimeField(null=True, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    objects = ContentQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(state__in=ContentState.values), name="content_state_known"),
            models.CheckConstraint(condition=Q(kind__in=ContentKind.values), name="content_kind_known"),
            models.CheckConstraint(
                condition=Q(seconds__gte=SHORTEST_S, seconds__lte=LONGEST_S), name="content_seconds_bounded"
            ),
            models.CheckConstraint(
                condition=Q(valid_from=None) | Q(valid_until=None) | Q(valid_until__gt=F("valid_from")),
                name="content_validity_not_reversed",
            ),
            models.CheckConstraint(
                condition=~Q(state=ContentState.APPROVED) | ~Q(reviewed_by="") | Q(emergency=True),
                name="content_approved_by_somebody",
            ),
        ]
        indexes = [models.Index(fields=["state", "kind"], name="content_by_state")]

    def __str__(self) -> str:
        return self.title or str(self.get_kind_display())

    @classmethod
    def write(cls, kind: str, *, by: Actor, at: datetime, **facts: Any) -> Content:
        """Begin a draft. Raises Refused with the field: too long, HTML, odd filters, no file."""
        if kind not in ContentKind.values:
            raise Refused(_("Please choose what kind of content this is."), field="kind")
        facts.setdefault("seconds", SECONDS[ContentKind(kind)])
        with transaction.atomic():
            row = cls(kind=kind, authors=[key_of(by)], made_at=at, changed_at=at, **checked(kind, facts))
            row._refuse_holes()
            row.save()
            Step.write(row, old="", new=ContentState.DRAFT, by=by, at=at)
            events.tell("content.drafted", row, by=by, at=at, content_kind=kind)
        return row

    def edit(self, *, by: Actor, at: datetime, **facts: Any) -> None:
        """Change a draft, or what was returned; who writes in it does not approve it."""
        if self.state not in EDITABLE:
            raise Refused(_("This content cannot be changed any more. Please make a new version of it."))
        given = checked(self.kind, facts)
        for name, value in given.items():
            setattr(self, name, value)
        self._refuse_holes()
        self.changed_at = at
        with transaction.atomic():
            # Of two who write at once both are authors: the list is read under the lock.
            held = Content.objects.select_for_update().values_list("authors", flat=True).get(pk=self.pk)
            self.authors = sorted({*held, key_of(by)})
            # Who approves meanwhile approves what they have read: the state is in the WHERE.
            columns = {**given, "authors": self.authors, "changed_at": at}
            if not Content.objects.filter(pk=self.pk, state__in=EDITABLE).update(**columns):
                raise Refused(_("Somebody else has just changed this. Please reload the page."))
            events.tell("content.edited", self, by=by, at=at, fields=sorted(facts))

    def revise(self, *, by: Actor, at: datetime, **facts: Any) -> Content:
        """Begin a new version of what is approved; the old one hangs until the new one is approved."""
        if self.state != ContentState.APPROVED or self.emergency:
            raise Refused(_("Only approved content has new versions. Please edit the draft itself."))
        waiting = self.later_versions.exclude(state=ContentState.WITHDRAWN).first()
        if waiting is not None:
            raise Refused(_("A new version is being worked on already. Please go on with that one."))
        kept = {name: getattr(self, name) for name in COPIED}
        row = Content.write(self.kind, by=by, at=at, **{**kept, **facts})
        row.version, row.replaces = self.version + 1, self
        row.save(update_fields=["version", "replaces"])
        return row

    def submit(self, *, by: Actor, at: datetime) -> None:
        """Hand it in for approval."""
        self._refuse_holes()
        self._move(ContentState.SUBMITTED, by=by, at=at, facts=self._about(), reason="")

    def approve(self, *, by: Actor, at: datetime) -> None:
        """Let it be shown; a version before it leaves every playlist in that moment. Never by an author."""
        self._refuse_author(by)
        with transaction.atomic():
            self._move(
                ContentState.APPROVED, by=by, at=at, facts=self._about(), reviewed_by=key_of(by), reason=""
            )
            if self.replaces is not None and self.replaces.state == ContentState.APPROVED:
                self.replaces.playlist_items.update(content=self)
                self.replaces.withdraw(by=by, at=at, reason=_("A new version takes its place."))
            version.Version.bump()

    def send_back(self, *, by: Actor, at: datetime, reason: str) -> None:
        """Return it with a reason the authors can read."""
        self._refuse_author(by)
        if len(reason.strip()) < 4:
            raise Refused(_("Please say why, so that the author knows what to mend."), field="reason")
        facts: dict[str, Any] = {"reviewed_by": key_of(by), "reason": reason.strip()[:300]}
        self._move(ContentState.RETURNED, by=by, at=at, note=reason, facts=self._about(), **facts)

    def withdraw(self, *, by: Actor | None, at: datetime, reason: str = "") -> None:
        """Take it from every window; they let it go when they next ask."""
        with transaction.atomic():
            self._move(ContentState.WITHDRAWN, by=by, at=at, note=reason, facts=self._about())
            version.Version.bump()

    def may_be_approved_by(self, actor: Actor) -> bool:
        """Tell whether somebody is a second hand here."""
        return key_of(actor) not in self.authors

    def _refuse_author(self, by: Actor) -> None:
        if not self.may_be_approved_by(by):
            words = _("Nobody approves what they wrote themselves. Please ask a second person.")
            raise Refused(words, code="second_person")

    def _refuse_holes(self) -> None:
        if self.kind == ContentKind.IMAGE and self.file is None:
            raise Refused(_("Please choose a picture."), field="file")
        if self.kind != ContentKind.IMAGE and not self.title:
            raise Refused(_("Please give it a title."), field="title")
        if self.kind == ContentKind.POLICY and not self.body:
            raise Refused(_("Please say in plain words what the policy gives."), field="body")
        if self.valid_from and self.valid_until and self.valid_until <= self.valid_from:
            raise Refused(
                _("The last moment lies before the first one. Please check both."), field="valid_until"
            )

    def _about(self) -> dict[str, Any]:
        return {"content_kind": self.kind, "version": self.version}

"""What was suggested to whom, why, by which model, and what they said to it."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime

from django.db import models, transaction
from django.db.models import F, OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from yuanmeng.core import events
from yuanmeng.core.actors import Actor
from yuanmeng.core.models import Noun
from yuanmeng.people.models import Consent, Purpose
from yuanmeng.seekers.models import Seeker
from yuanmeng.vacancies.models import Vacancy

# So many are kept of each seeker and of each vacancy: a row goes when it is crowded out on both sides.
KEPT_PER_SEEKER = 10
KEPT_PER_VACANCY = 12


class Answer(models.TextChoices):
    NONE = "", _("No answer yet")
    AGREED = "agreed", _("Interested")
    DECLINED = "declined", _("Not for me")


class DeclineReason(models.TextChoices):
    """Why somebody does not want a suggestion: each names what the engine weighed too lightly."""

    WORK = "work", _("Other kind of work wanted")
    PAY = "pay", _("Pay too low")
    COMMUTE = "commute", _("Too far away")
    HOURS = "hours", _("Hours do not suit")
    EMPLOYER = "employer", _("Not this employer")
    OTHER = "other", _("Other reason")


class ModelVersion(Noun):
    """One build of the engine. The newest serves; its folder lies in the data folder under its uid."""

    made_at = models.DateTimeField(db_index=True)
    people = models.PositiveIntegerField()
    jobs = models.PositiveIntegerField()
    seconds = models.FloatField()
    weights = models.JSONField(default=dict)
    figures = models.JSONField(default=dict)

    class Meta:
        get_latest_by = ["made_at", "id"]

    def __str__(self) -> str:
        return f"{timezone.localtime(self.made_at):%Y-%m-%d %H:%M} ({self.uid[:6]})"


class SuggestionQuerySet(models.QuerySet["Suggestion"]):
    """Phrases about many suggestions."""

    def live_on(self, day: date) -> SuggestionQuerySet:
        """Of seekers who want suggestions, for vacancies that are open; not between those who are hidden."""
        open_ones = Vacancy.objects.open_on(day)
        looking = Seeker.objects.may_be_suggested()
        hidden = Seeker.hidden_organisations.through.objects.filter(
            seeker=OuterRef("seeker"), organisation=OuterRef("vacancy__organisation")
        )
        return self.filter(~models.Exists(hidden), vacancy__in=open_ones, seeker__in=looking)

    def for_employers(self, at: datetime) -> SuggestionQuerySet:
        """Of people who agreed to be shown to employers without a name, and whose consent stands."""
        agreed = Consent.objects.filter(
            Q(withdrawn_at=None) | Q(withdrawn_at__gt=at),
            purpose=Purpose.SUGGESTED_TO_EMPLOYERS,
            given_at__lte=at,
        )
        return self.filter(seeker__person__in=agreed.values("person"))

    def unanswered(self) -> SuggestionQuerySet:
        return self.filter(answer=Answer.NONE)

    def best_first(self) -> SuggestionQuerySet:
        return self.order_by("-score", "id")

    def drop_crowded_out(self, *, seekers: Collection[int] = (), vacancies: Collection[int] = ()) -> None:
        """Delete the unanswered rows that are among the best of neither their seeker nor their vacancy."""
        of_these = Q(seeker__in=seekers) | Q(vacancy__in=vacancies)
        crowded = (
            self.unanswered()
            .filter(of_these)
            .annotate(before_seeker=_better_ones("seeker"), before_vacancy=_better_ones("vacancy"))
        )
        gone = crowded.filter(before_seeker__gte=KEPT_PER_SEEKER, before_vacancy__gte=KEPT_PER_VACANCY)
        Suggestion.objects.filter(pk__in=list(gone.values_list("pk", flat=True))).delete()


def _better_ones(side: str) -> models.Subquery:
    """How many rows of the same seeker or vacancy have a higher score; NULL: none."""
    better = Suggestion.objects.filter(score__gt=OuterRef("score"), **{side: OuterRef(side)}).order_by()
    return models.Subquery(better.values(side).annotate(n=models.Count("pk")).values("n"))


class Suggestion(Noun):
    """A vacancy suggested to a seeker (and the seeker to it), with score and reasons of that time.

    `reasons` are the engine's facts, `[{"kind", "facts", "contribution"}]`; `words` makes sentences of them
    for each reader. The score orders; it rejects nobody.
    """

    seeker = models.ForeignKey(Seeker, on_delete=models.CASCADE, related_name="suggestions")
    vacancy = models.ForeignKey(Vacancy, on_delete=models.CASCADE, related_name="suggestions")
    score = models.FloatField()
    reasons = models.JSONField(default=list)
    model_version = models.ForeignKey(ModelVersion, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    shown_at = models.DateTimeField(null=True, blank=True)
    answer = models.CharField(max_length=10, choices=Answer.choices, blank=True, default=Answer.NONE)
    answer_reason = models.CharField(max_length=20, choices=DeclineReason.choices, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)

    objects = SuggestionQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["seeker", "vacancy"], name="one_suggestion_per_pair"),
            models.CheckConstraint(condition=Q(answer__in=Answer.values), name="suggestion_answer_known"),
        ]
        indexes = [
            models.Index(F("seeker"), F("score").desc(), name="suggestion_of_seeker"),
            models.Index(F("vacancy"), F("score").desc(), name="suggestion_of_vacancy"),
        ]

    def __str__(self) -> str:
        return f"{self.seeker} · {self.vacancy}"

    def agree(self, *, by: Actor, at: datetime) -> None:
        """The seeker would like this one."""
        self._answer(Answer.AGREED, "", by=by, at=at)

    def decline(self, *, by: Actor, at: datetime, reason: str = "") -> None:
        """The seeker does not want this one; it is not suggested again."""
        self._answer(Answer.DECLINED, reason, by=by, at=at)

    def _answer(self, answer: str, reason: str, *, by: Actor, at: datetime) -> None:
        if (self.answer, self.answer_reason) == (answer, reason):
            return  # a second tap is the first one's answer
        self.answer, self.answer_reason, self.answered_at = answer, reason, at
        with transaction.atomic():
            self.save(update_fields=["answer", "answer_reason", "answered_at"])
            events.tell(f"suggestion.{answer}", self, by=by, at=at, reason=reason)


class Likeness(models.Model):
    """Vacancies like a vacancy, best first: uids, kept beside it. No person plays a part."""

    vacancy = models.OneToOneField(Vacancy, on_delete=models.CASCADE, related_name="+")
    others = models.JSONField(default=list)
    made_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"like {self.vacancy}"

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
from yuanmeng.recommend.records import with_a_place_left
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


class PassReason(models.TextChoices):
    """Why an employer does not want somebody suggested for a vacancy. A closed list without free text.

    Nothing in it speaks of sex, age, health, origin or the like, so nothing of the kind can be said.
    """

    SKILLS = "skills", _("Skills asked for are missing")
    EXPERIENCE = "experience", _("Too little experience")
    HOURS = "hours", _("Hours do not fit")
    PAY = "pay", _("Pay expected does not fit")
    PLACE = "place", _("Place of work does not fit")
    OTHER = "other", _("Other reason")


class ModelState(models.TextChoices):
    SERVING = "serving", _("serves")
    RETIRED = "retired", _("served before")
    REFUSED = "refused", _("refused")


class ModelVersionQuerySet(models.QuerySet["ModelVersion"]):
    """Phrases about builds of the engine."""

    def serving(self) -> ModelVersion | None:
        """The one that makes the lists of now; None before the first build."""
        return self.filter(state=ModelState.SERVING).first()

    def newest_first(self) -> ModelVersionQuerySet:
        return self.order_by("-made_at", "-id")

    def good(self) -> ModelVersionQuerySet:
        """Those that serve or served: refused ones never do."""
        return self.exclude(state=ModelState.REFUSED)


class ModelVersion(Noun):
    """One build of the engine. One serves; its folder lies in the data folder under its uid.

    `verdict` holds the figures by which it was let in or refused, next to its `parent`, the one it was to
    replace; `words.verdict` says them.
    """

    made_at = models.DateTimeField(db_index=True)
    people = models.PositiveIntegerField()
    jobs = models.PositiveIntegerField()
    seconds = models.FloatField()
    weights = models.JSONField(default=dict)
    figures = models.JSONField(default=dict)
    state = models.CharField(max_length=10, choices=ModelState.choices, default=ModelState.RETIRED)
    parent = models.ForeignKey("self", null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    verdict = models.JSONField(default=dict)

    objects = ModelVersionQuerySet.as_manager()

    class Meta:
        get_latest_by = ["made_at", "id"]
        constraints = [
            models.UniqueConstraint(fields=["state"], condition=Q(state="serving"), name="one_model_serves"),
        ]

    def __str__(self) -> str:
        return f"{timezone.localtime(self.made_at):%Y-%m-%d %H:%M} ({self.uid[:6]})"

    def serve(self) -> None:
        """Take the place of the one that serves."""
        with transaction.atomic():
            ModelVersion.objects.filter(state=ModelState.SERVING).update(state=ModelState.RETIRED)
            self.state = ModelState.SERVING
            self.save()


class SuggestionQuerySet(models.QuerySet["Suggestion"]):
    """Phrases about many suggestions."""

    def live_on(self, day: date) -> SuggestionQuerySet:
        """Of seekers who want suggestions, for vacancies that are open; not between those who are hidden."""
        open_ones = with_a_place_left(Vacancy.objects.open_on(day))
        looking = Seeker.objects.may_be_suggested()
        hidden = Seeker.hidden_organisations.through.objects.filter(
            seeker=OuterRef("seeker"), organisation=OuterRef("vacancy__organisation")
        )
        return self.filter(~models.Exists(hidden), vacancy__in=open_ones, seeker__in=looking)

    def for_employers(self, at: datetime) -> SuggestionQuerySet:
        """Of people who agreed to be shown to employers without a name, and whose consent stands."""
        return self.filter(seeker__person__in=_agreed(at))

    def not_passed_over(self) -> SuggestionQuerySet:
        """Without those to whom the employer said "not for us"."""
        return self.filter(~models.Exists(_passed_over()))

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
    """How many rows of the same seeker or vacancy have a higher score; NULL: none.

    Whom the employer passed over takes no place in the vacancy's list: the next one moves up.
    """
    better = Suggestion.objects.filter(score__gt=OuterRef("score"), **{side: OuterRef(side)}).order_by()
    if side == "vacancy" and PassedOver.objects.exists():
        better = better.not_passed_over()
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

    def take_back(self, *, by: Actor, at: datetime) -> None:
        """As if nothing had been said: it may be suggested again, and weighs on no list any more."""
        self._answer(Answer.NONE, "", by=by, at=at)

    def _answer(self, answer: str, reason: str, *, by: Actor, at: datetime) -> None:
        if (self.answer, self.answer_reason) == (answer, reason):
            return  # a second tap is the first one's answer
        self.answer, self.answer_reason, self.answered_at = answer, reason, at if answer else None
        with transaction.atomic():
            self.save(update_fields=["answer", "answer_reason", "answered_at"])
            events.tell(f"suggestion.{answer or 'taken_back'}", self, by=by, at=at, reason=reason)


class PassedOverQuerySet(models.QuerySet["PassedOver"]):
    def may_be_shown(self, at: datetime) -> PassedOverQuerySet:
        """Of people who still look, want suggestions, and agree to be shown to employers without a name."""
        return self.filter(seeker__in=Seeker.objects.may_be_suggested(), seeker__person__in=_agreed(at))


class PassedOver(Noun):
    """An employer's "not for us, because …" about a person suggested for one vacancy.

    The person is not told, and their own list does not know of it. Kept 180 days; gone at once when the
    person switches recommendation off. See `passing`.
    """

    seeker = models.ForeignKey(Seeker, on_delete=models.CASCADE, related_name="+")
    vacancy = models.ForeignKey(Vacancy, on_delete=models.CASCADE, related_name="+")
    reason = models.CharField(max_length=20, choices=PassReason.choices)
    at = models.DateTimeField(db_index=True)

    objects = PassedOverQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["vacancy", "seeker"], name="one_passing_over_per_pair"),
            models.CheckConstraint(condition=Q(reason__in=PassReason.values), name="passing_reason_known"),
        ]

    def __str__(self) -> str:
        return f"{self.vacancy} – {self.seeker}"


def _agreed(at: datetime) -> models.QuerySet[Consent, int]:
    """Persons whose consent to be shown to employers without a name stands."""
    consents = Consent.objects.filter(
        Q(withdrawn_at=None) | Q(withdrawn_at__gt=at),
        purpose=Purpose.SUGGESTED_TO_EMPLOYERS,
        given_at__lte=at,
    )
    return consents.values_list("person", flat=True)


def _passed_over() -> PassedOverQuerySet:
    """The no about a pair, to ask of rows that name seeker and vacancy."""
    return PassedOver.objects.filter(vacancy=OuterRef("vacancy"), seeker=OuterRef("seeker"))


class Likeness(models.Model):
    """Vacancies like a vacancy, best first: uids, kept beside it. No person plays a part."""

    vacancy = models.OneToOneField(Vacancy, on_delete=models.CASCADE, related_name="+")
    others = models.JSONField(default=list)
    made_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"like {self.vacancy}"


class Where(models.TextChoices):
    """The lists in which somebody was shown a vacancy that suits."""

    OWN = "own", _("own page")
    API = "api", _("programming interface")
    DESK = "desk", _("at the counter")
    KIOSK = "kiosk", _("at the kiosk")


class Impression(models.Model):
    """Somebody was shown a vacancy, once per list: what learning needs of it and no more.

    Kept 180 days; gone at once when the person switches recommendation off.
    """

    seeker = models.ForeignKey(Seeker, on_delete=models.CASCADE, related_name="+")
    vacancy = models.ForeignKey(Vacancy, on_delete=models.CASCADE, related_name="+")
    where = models.CharField(max_length=6, choices=Where.choices)
    position = models.PositiveSmallIntegerField()  # in the list, from 1
    model_version = models.ForeignKey(ModelVersion, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(db_index=True)
    opened_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["seeker", "vacancy", "where"], name="one_impression_per_list"),
        ]

    def __str__(self) -> str:
        return f"{self.vacancy} · {self.where} {self.position}"


class Sharing(Noun):
    """How strongly attention is shared out, 0–100 %, and what each vacancy is charged for being asked for.

    The newest row is in force; older ones say what was in force when. `prices` are taken off the scores of
    lists (vacancy uid → points); `figures` are what it cost and won when it was set.
    """

    strength = models.PositiveSmallIntegerField()
    prices = models.JSONField(default=dict)
    figures = models.JSONField(default=dict)
    set_at = models.DateTimeField(db_index=True)
    set_by = models.CharField(max_length=80)

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(strength__lte=100), name="sharing_in_percent")]

    def __str__(self) -> str:
        return f"{self.strength} %"

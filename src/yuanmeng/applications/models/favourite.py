"""The favourite: a vacancy somebody keeps for later, by their own hand and for nobody else's eyes."""

from __future__ import annotations

from datetime import date, datetime

from django.db import models
from django.db.models import Exists, OuterRef

from yuanmeng.applications.models.application import Application
from yuanmeng.seekers.models import Seeker
from yuanmeng.vacancies.models import Vacancy


class FavouriteQuerySet(models.QuerySet["Favourite"]):
    def to_show(self, day: date) -> FavouriteQuerySet:
        """Newest first, each with `is_open` on this day and `is_applied`; closed ones are not lost."""
        sent = Application.objects.still_open().filter(seeker=OuterRef("seeker"), vacancy=OuterRef("vacancy"))
        is_open = Exists(Vacancy.objects.open_on(day).filter(pk=OuterRef("vacancy")))
        rows = self.annotate(is_open=is_open, is_applied=Exists(sent))
        return rows.select_related("vacancy__organisation", "vacancy__place").order_by("-made_at", "-pk")


class Favourite(models.Model):
    """One vacancy that one person keeps.

    No news is told of it and no step written: taken back, nothing says that it ever was. It works with
    recommendations off; learning reads it only of those who have them on (recommend.labels).
    """

    seeker = models.ForeignKey(Seeker, on_delete=models.CASCADE, related_name="favourites")
    vacancy = models.ForeignKey(Vacancy, on_delete=models.CASCADE, related_name="+")
    made_at = models.DateTimeField()

    objects = FavouriteQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["seeker", "vacancy"], name="one_favourite_per_pair"),
        ]

    def __str__(self) -> str:
        return f"{self.seeker} · {self.vacancy}"

    @classmethod
    def keep(cls, seeker: Seeker, vacancy: Vacancy, *, at: datetime) -> None:
        """Keep a vacancy; a second tap keeps the first one's time."""
        cls.objects.get_or_create(seeker=seeker, vacancy=vacancy, defaults={"made_at": at})

    @classmethod
    def take_back(cls, seeker: Seeker, vacancy: Vacancy) -> None:
        """Keep it no longer; nothing where it was not kept."""
        cls.objects.filter(seeker=seeker, vacancy=vacancy).delete()

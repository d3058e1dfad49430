"""What the house has done by the clock."""

from __future__ import annotations

from django.db import models


class DutyRun(models.Model):
    """One duty on one local day: done once, however many workers look at the clock."""

    duty = models.CharField(max_length=60)
    local_date = models.DateField()
    began_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)
    result = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["duty", "local_date"], name="one_run_of_a_duty_a_day"),
        ]

    def __str__(self) -> str:
        return f"{self.duty} {self.local_date}"

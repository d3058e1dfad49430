"""Code tables: industries (GB/T 4754-2017) and occupations (职业分类大典 2022)."""

from __future__ import annotations

from django.db import models


class Industry(models.Model):
    """A section (A…T) or a two-digit division of GB/T 4754-2017."""

    code = models.CharField(max_length=4, primary_key=True)
    name = models.CharField(max_length=80)
    name_en = models.CharField(max_length=120, blank=True)
    section = models.CharField(max_length=1)
    sector = models.PositiveSmallIntegerField(default=3)

    def __str__(self) -> str:
        return self.name


class Occupation(models.Model):
    """A major (4), medium (4-03), minor or detailed group of the 2022 occupation code."""

    code = models.CharField(max_length=12, primary_key=True)
    name = models.CharField(max_length=120)
    name_en = models.CharField(max_length=160, blank=True)
    level = models.PositiveSmallIntegerField()

    def __str__(self) -> str:
        return self.name

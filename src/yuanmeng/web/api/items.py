"""Vacancies as the public JSON tells them; no contact is among it."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.utils import timezone

from yuanmeng.occupations.classify import occupation_name
from yuanmeng.places.distance import said_minutes
from yuanmeng.vacancies.facets import industry_label
from yuanmeng.web.shared import jobposting, saying

if TYPE_CHECKING:
    from yuanmeng.vacancies.models import Vacancy


def item_of(vacancy: Vacancy, minutes: int | None = None) -> dict[str, Any]:
    """This will be one vacancy in a list; needs organisation and place read along."""
    lon, lat = vacancy.place.point or (None, None) if vacancy.place else (None, None)
    published = vacancy.published_at
    return {
        "uid": vacancy.uid,
        "title": vacancy.title,
        "organisation": vacancy.organisation.name,
        "organisation_uid": vacancy.organisation.uid,
        "pay": saying.pay(vacancy),
        "pay_min_fen": vacancy.pay_min_fen,
        "pay_max_fen": vacancy.pay_max_fen,
        "pay_unit": vacancy.pay_unit,
        "place": saying.place(vacancy),
        "lon": lon,
        "lat": lat,
        "walk_minutes": None if minutes is None else said_minutes(minutes),
        "openings": vacancy.openings or 1,
        "openings_stated": vacancy.openings is not None,
        "employment_type": vacancy.employment_type,
        "education": saying.education_floor(vacancy),
        "education_rank": vacancy.education,
        "experience_min_years": vacancy.experience_min_years,
        "published_on": timezone.localdate(published) if published else None,
        "valid_until": vacancy.valid_until,
        "tags": [str(tag) for tag in vacancy.tags],
        "url": f"/vacancies/{vacancy.uid}/",
    }


def whole_of(vacancy: Vacancy, minutes: int | None, *, at: datetime) -> dict[str, Any]:
    """This will be one vacancy with its words and its JobPosting."""
    code = vacancy.industry_code or vacancy.organisation.industry_code
    return item_of(vacancy, minutes) | {
        "as_of": at,
        "content": vacancy.content,
        "requirements": vacancy.requirements,
        "hours": vacancy.hours,
        "benefits": vacancy.benefits,
        "industry": industry_label(code[:1]) if code[:1].isalpha() else "",
        "occupation": occupation_name(vacancy.occupation_code) if vacancy.occupation_code else "",
        "source": vacancy.source,
        "source_publisher": vacancy.source_publisher,
        "posted_by": vacancy.agency.name if vacancy.agency else "",
        "job_posting": jobposting.job_posting(vacancy),
    }

"""A vacancy as a schema.org JobPosting: one serializer for the page, the API and the feed."""

from __future__ import annotations

from datetime import datetime, time
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.utils import timezone

from yuanmeng.occupations import education
from yuanmeng.vacancies.models import EmploymentType, PayUnit

if TYPE_CHECKING:
    from datetime import date

    from yuanmeng.places.models import Place
    from yuanmeng.vacancies.models import Vacancy

UNITS = {
    PayUnit.HOUR: "HOUR",
    PayUnit.DAY: "DAY",
    PayUnit.MONTH: "MONTH",
    PayUnit.YEAR: "YEAR",
    PayUnit.PIECE: "PIECE",
}


def address_of(vacancy: Vacancy, via: str = "") -> str:
    """This will be the public address of a vacancy, from the setting and never from the Host header."""
    query = f"?via={via}" if via else ""
    return f"{settings.BASE_URL}/vacancies/{vacancy.uid}/{query}"


def job_posting(vacancy: Vacancy) -> dict[str, Any]:
    """This will be the JobPosting; validThrough, baseSalary and totalJobOpenings are always there.

    Pay and openings that a re-posted vacancy does not state are None rather than guessed.
    """
    posting = {
        "@context": "https://schema.org",
        "@type": "JobPosting",
        "identifier": {"@type": "PropertyValue", "name": "yuanmeng", "value": vacancy.uid},
        "url": address_of(vacancy),
        "title": vacancy.title,
        "description": "\n\n".join(part for part in (vacancy.content, vacancy.requirements) if part),
        "datePosted": timezone.localtime(vacancy.published_at or vacancy.made_at).date().isoformat(),
        "validThrough": _end_of(vacancy.valid_until),
        "employmentType": _employment_type(vacancy),
        "hiringOrganization": {"@type": "Organization", "name": vacancy.organisation.name},
        "jobLocation": _location(vacancy.place),
        "baseSalary": _salary(vacancy),
        "totalJobOpenings": vacancy.openings,
        "educationRequirements": education.label(vacancy.education),
        "directApply": True,
        "inLanguage": "zh-CN",
    }
    optional = {
        "workHours": vacancy.hours,
        "jobBenefits": vacancy.benefits,
        "industry": vacancy.industry_code or vacancy.organisation.industry_code,
        "occupationalCategory": vacancy.occupation_code,
        "skills": "、".join(vacancy.skills),
    }
    return posting | {name: value for name, value in optional.items() if value} | _experience(vacancy)


def _end_of(day: date | None) -> str | None:
    if day is None:
        return None
    return datetime.combine(day, time(23, 59, 59), tzinfo=timezone.get_current_timezone()).isoformat()


def _employment_type(vacancy: Vacancy) -> str:
    # Public welfare posts are ours; schema.org knows no word for them.
    return "OTHER" if vacancy.employment_type == EmploymentType.PUBLIC_WELFARE else vacancy.employment_type


def _salary(vacancy: Vacancy) -> dict[str, Any]:
    value: dict[str, Any] = {"@type": "QuantitativeValue", "unitText": UNITS[PayUnit(vacancy.pay_unit)]}
    for name, fen in (("minValue", vacancy.pay_min_fen), ("maxValue", vacancy.pay_max_fen)):
        if fen is not None:
            value[name] = fen // 100 if fen % 100 == 0 else fen / 100
    return {"@type": "MonetaryAmount", "currency": "CNY", "value": value}


def _experience(vacancy: Vacancy) -> dict[str, Any]:
    if not vacancy.experience_min_years:
        return {}
    months = vacancy.experience_min_years * 12
    wanted = {"@type": "OccupationalExperienceRequirements", "monthsOfExperience": months}
    return {"experienceRequirements": wanted}


def _location(place: Place | None) -> dict[str, Any]:
    address: dict[str, Any] = {
        "@type": "PostalAddress",
        "addressCountry": "CN",
        "addressRegion": "上海市",
        "addressLocality": "长宁区",
    }
    location: dict[str, Any] = {"@type": "Place", "address": address}
    if place is None:
        return location
    address["streetAddress"] = place.address or place.name
    if place.point is not None:
        lon, lat = place.point
        location["geo"] = {"@type": "GeoCoordinates", "longitude": lon, "latitude": lat}
    return location

"""Reference files → rows: areas, industries, occupations. Loading again changes nothing that is the same."""

from __future__ import annotations

from yuanmeng.core.reference import reference
from yuanmeng.occupations.models import Industry, Occupation
from yuanmeng.places.models import Area

LEVELS = {"city": 1, "district": 2, "subdistrict": 3, "committee": 4}


def load() -> dict[str, int]:
    """This will bring the code tables up to date and return how many rows each holds."""
    return {"areas": _areas(), "industries": _industries(), "occupations": _occupations()}


def _areas() -> int:
    rows = [
        Area(
            code=item["code"], name=item["zh"], name_en=item["en"] or "", level=LEVELS[item["level"]],
            parent_id=item["parent"],
        )
        for item in reference("areas")["items"]
    ]  # fmt: skip
    # The file names parents before children, so one statement satisfies the foreign key.
    Area.objects.bulk_create(
        rows,
        update_conflicts=True,
        unique_fields=["code"],
        update_fields=["name", "name_en", "level", "parent"],
    )
    return len(rows)


def _industries() -> int:
    rows = [
        Industry(
            code=item["code"], name=item["zh"], name_en=item.get("en", ""), section=section["code"],
            sector=item.get("sector", section["sector"]),
        )
        for section in reference("industries")["items"]
        for item in (section, *section["divisions"])
    ]  # fmt: skip
    Industry.objects.bulk_create(
        rows,
        update_conflicts=True,
        unique_fields=["code"],
        update_fields=["name", "name_en", "section", "sector"],
    )
    return len(rows)


def _occupations() -> int:
    rows = [
        Occupation(code=item["code"], name=item["zh"], name_en=item.get("en", ""), level=level)
        for major in reference("occupations")["items"]
        for level, items in ((1, [major]), (2, major["medium"]))
        for item in items
    ]
    Occupation.objects.bulk_create(
        rows, update_conflicts=True, unique_fields=["code"], update_fields=["name", "name_en", "level"]
    )
    return len(rows)

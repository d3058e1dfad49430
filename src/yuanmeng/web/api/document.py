"""The OpenAPI 3.1 document: generated from the operations, with what ninja cannot know put right."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from ninja import NinjaAPI

from yuanmeng.places.hexes import RADII_M
from yuanmeng.vacancies.models import EmploymentType
from yuanmeng.vacancies.query import LARGEST_PAGE, LONGEST_TEXT, Sort
from yuanmeng.web.api.answers import written

PATH_PREFIX = "api/"


def _parameter(name: str, description: str, **schema: Any) -> dict[str, Any]:
    return {"in": "query", "name": name, "required": False, "description": description, "schema": schema}


def _codes(name: str, description: str) -> dict[str, Any]:
    return _parameter(name, f"{description}; several, comma separated, mean any of them", type="string")


SHORT: dict[str, Any] = {"maxLength": LONGEST_TEXT}
RANKS: dict[str, Any] = {"minimum": 1, "maximum": 9}
HERE: dict[str, Any] = {"examples": ["121.4001,31.2103"]}
FILTERS = [
    _parameter("q", "words that title, firm, address or text hold, all of them", type="string", **SHORT),
    _codes("industry", "GB/T 4754 section (A…T) or division"),
    _codes("occupation", "occupation code (4-03) or a group above it (4)"),
    _codes("employment_type", " · ".join(EmploymentType.values)),
    _codes("area", "area code"),
    _codes("organisation", "uid of an organisation"),
    _codes("tag", "what employers say of a vacancy in a word (50+友好)"),
    _parameter("education", "highest rank of the person (3 primary … 9 doctor)", type="integer", **RANKS),
    _parameter("no_degree", "only what asks for no education", type="string", enum=["0", "1"]),
    _parameter("pay_min", "yuan a month that the stated pay reaches", type="integer", minimum=0),
    _parameter("posted_days", "published within so many days", type="integer", minimum=1, maximum=365),
    _parameter("from", "longitude,latitude (WGS-84) the way is counted from", type="string", **HERE),
    _parameter("minutes", "at most so many minutes from there", type="integer", minimum=1, maximum=240),
    _parameter("ride", "at most so many minutes by bicycle", type="integer", minimum=1, maximum=240),
    _parameter("by", "on foot or by bicycle", type="string", enum=["walk", "ride"], default="walk"),
    _parameter("cell", "one cell of the map: radius:q:r", type="string", examples=["90:1:0"]),
    _parameter("lang", "language of labels and sentences", type="string", enum=["zh-Hans", "en"]),
]  # fmt: skip
PAGING = [
    _parameter("sort", "order; best is title before text", type="string", enum=[str(sort) for sort in Sort]),
    _parameter("page", "", type="integer", minimum=1, default=1),
    _parameter("size", "", type="integer", minimum=1, maximum=LARGEST_PAGE, default=20),
]
RADIUS = _parameter(
    "radius", "metres from the middle of a cell to its corners", type="integer", enum=list(RADII_M)
)
X_DEVICE: dict[str, Any] = {
    "in": "header", "name": "X-Device", "required": False, "schema": {"type": "string"},
    "description": "uid of the device; needed where the token comes as a cookie",
}  # fmt: skip
CRS = _parameter("crs", "coordinates as WGS-84 or GCJ-02", type="string", enum=["wgs84", "gcj02"])


def document_of(api: NinjaAPI) -> dict[str, Any]:
    """This will be the document as a plain dictionary; errors are problems, whoever wrote them."""
    document = dict(api.get_openapi_schema(path_prefix=PATH_PREFIX))
    for operations in document["paths"].values():
        for operation in operations.values():
            for status, answer in operation["responses"].items():
                content = answer.get("content", {})
                if int(status) >= 400 and "application/json" in content:
                    content["application/problem+json"] = content.pop("application/json")
    return document


def view_of(api: NinjaAPI) -> Any:
    """This will be the view that serves the document."""

    def document(request: HttpRequest) -> HttpResponse:
        return HttpResponse(written(document_of(api)), content_type="application/json")

    return document

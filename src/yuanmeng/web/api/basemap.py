"""What lies under the employment map."""

from typing import Any

from django.http import HttpResponse
from ninja import Router

from yuanmeng.web.api.answers import written
from yuanmeng.web.api.document import CRS
from yuanmeng.web.api.operations import EVERYBODY, operation
from yuanmeng.web.api.reading import crs_named
from yuanmeng.web.shared import maps

router = Router(tags=["figures"])


@operation(
    router, "GET", "/basemap", access=EVERYBODY, scope="public", response={200: dict[str, Any]},
    extra={"parameters": [CRS]},
)  # fmt: skip
def basemap(request: Any) -> HttpResponse:
    """The map's ground as GeoJSON with whom to name for it, and the tiles under it if any."""
    asked = request.GET.get("crs", "")
    body = maps.ground(crs_named(asked) if asked else "")
    return HttpResponse(written(body), content_type="application/geo+json")

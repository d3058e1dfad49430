"""What the wall keeps on its own machine, so that it starts without a network.

The worker answers for the whole address, because the map's own worker lies below /static/ and asks for files
too; of pages it keeps the wall alone.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.urls import reverse
from django.views.decorators.http import require_safe

from yuanmeng.web.shared import offline
from yuanmeng.web.shared.rights import for_everybody

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

GEO = "geo/tianshan_schematic.geojson"


@for_everybody
@require_safe
def worker(request: HttpRequest) -> HttpResponse:
    """This will give the worker script with the list of files of this build; 404 where nothing was built."""
    return offline.answer(of_the_wall())


def of_the_wall() -> offline.Offline:
    page = reverse("wall:wall")
    return offline.Offline("wall", "src/wall/wall.ts", page, f"^{page}$", scope="/", extra=(GEO,))

"""What a window keeps on its own machine: this build, its own page, and the files of its manifest."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.urls import reverse
from django.views.decorators.http import require_safe

from yuanmeng.web.shared import offline
from yuanmeng.web.shared.rights import for_everybody

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse


@for_everybody
@require_safe
def worker(request: HttpRequest) -> HttpResponse:
    """This will give the worker script with the list of files of this build; 404 where nothing was built."""
    return offline.answer(of_the_windows())


def of_the_windows() -> offline.Offline:
    """The pairing page stands in for pages never kept; a paired window goes on from there to its own."""
    home = reverse("windows:home")
    return offline.Offline(
        "windows", "src/windows/windows.ts", home, rf"^{home}(?:[\w-]+/)?$", scope=home,
        held=f"{home}files/", as_nobody=True,
    )  # fmt: skip

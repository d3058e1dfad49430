"""A wall or a kiosk that is one of the house's devices: what its page needs to beat, obey and be taken over.

Both also work for a browser that is nobody's device; then there is nothing to attach.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

if TYPE_CHECKING:
    from yuanmeng.places.models import Site
    from yuanmeng.web.shared.door import HouseRequest


def attached(request: HouseRequest, kind: str) -> dict[str, Any] | None:
    """This will be the device of this kind that asks, as its page needs it; None for any other browser."""
    device = request.device
    if device is None or device.kind != kind:
        return None
    return {
        "uid": device.uid,
        "name": device.name,
        "site": site_facts(device.site),
        "settings": device.settings,
        "words": attached_words(),
    }


def attached_words() -> dict[str, str]:
    """This will be what an attached screen says by itself."""
    return {"identity": _("Mark {uid}"), "ends": _("Until {time}")}


def site_facts(site: Site | None) -> dict[str, str]:
    """This will be what a screen says of the house when it has nothing else to show."""
    if site is None:
        return {"name": _("Yuanmeng"), "address": "", "hours": "", "phone": ""}
    return {"name": site.name, "address": site.place.address, "hours": site.hours, "phone": site.phone}

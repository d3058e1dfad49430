"""What every employment map says, on the wall, the kiosk and the search page alike."""

from __future__ import annotations

from django.utils.translation import gettext as _


def map_words() -> dict[str, str]:
    """This will be the words of `<ym-map words="…">` for `json_script`; the browser puts the values in."""
    return {
        "label": _("Map of the vacancies around here; the list holds the same vacancies"),
        "legend": _("People wanted per cell"),
        "as_of": _("Data as of {time}"),
        "unplaced": _("{n} more without a place on the map"),
        "cell": _("{n} people wanted, {v} vacancies"),
        "pay": _("usual pay {yuan} yuan a month"),
        "ring": _("about {n} min on foot"),
        "schematic": _("Schematic map, places true within about 150 m"),
        "attribution": _("Drawn by Yuanmeng"),
        "zoom_in": _("Nearer"),
        "zoom_out": _("Farther"),
        "flat": _("Flat"),
        "tall": _("Columns"),
        "no_webgl": _("This device cannot draw the map. The list holds the same vacancies."),
        "no_data": _("The map's data could not be fetched. The list holds the same vacancies."),
    }

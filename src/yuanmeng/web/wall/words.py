"""What the screen and the map say; the browser only puts the values in.

Templates fill `{name}` places in the browser, so these are plain sentences with their own marks.
"""

from __future__ import annotations

from django.utils.translation import gettext as _


def wall_words() -> dict[str, str]:
    """This will be every sentence of the big screen, in the reader's language."""
    return {
        "fresh": _("Data as of {time}"),
        "late": _("Data from {time}, a little old"),
        "offline": _("Offline · showing data from {time}"),
        "waiting": _("Waiting for data"),
        "hero_facts": _(
            "{vacancies} {vacancies:vacancy|vacancies} · {employers} {employers:employer|employers}"
        ),
        "hero_new": _("{n} new {n:vacancy|vacancies} today"),
        "other_industries": _("Other industries"),
        "list_count": _("{n} {n:vacancy|vacancies}"),
        "cell_title": _("On this spot"),
        "page": _("{page} of {pages}"),
        "walk": _("~{n} min walk"),
        "people": _("{n} {n:person|people} wanted"),
        "leaving": _("Back to the beginning in {n} s"),
        "qr_alt": _("Code that opens “{title}” on the phone"),
        "said_basis": _("Counted from {v} of {all_v} vacancies, {n} of {all_n} people"),
        "today": _("Today"),
        "tomorrow": _("Tomorrow"),
        "cancelled": _("cancelled"),
        "filter_show": _("Show"),
        "filter_show_n": _("Show {n} {n:vacancy|vacancies}"),
        "fact_seats": _("Seats"),
        "fact_place": _("Place"),
        "fact_way": _("Way"),
        "fact_openings": _("Wanted"),
        "fact_education": _("Education"),
        "fact_hours": _("Hours"),
        "fact_until": _("Open until"),
    }

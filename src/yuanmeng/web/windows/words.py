"""What a window says by itself; the browser only puts the values in."""

from __future__ import annotations

from django.utils.translation import gettext as _


def window_words() -> dict[str, str]:
    """This will be every sentence of a window, in the language it is set to."""
    return {
        "fresh": _("Data as of {time}"),
        "late": _("Data from {time}, a little old"),
        "offline": _("Offline · showing data from {time}"),
        "waiting": _("Waiting for data"),
        "brand": _("Yuanmeng"),
        "vacancies": _("Vacancies nearby"),
        "walk": _("~{n} min walk"),
        "people": _("{n} {n:person|people} wanted"),
        "scan_vacancy": _("Scan to see and apply"),
        "all_vacancies": _("{n} {n:vacancy|vacancies} in all"),
        "more_vacancies": _("Not the right one? All {n} are on the phone"),
        "scan_all": _("Scan to see them all"),
        "programme": _("What's on"),
        "today": _("Today"),
        "week": _("On this week"),
        "next": _("Coming next"),
        "month": _("The month ahead"),
        "cancelled": _("Cancelled"),
        "more": _("{n} more on the phone"),
        "scan_programme": _("Scan for all dates"),
        "courses": _("Courses"),
        "seats": _("{n} {n:seat|seats}"),
        "more_dates": _("{n} more {n:date|dates}"),
        "scan_course": _("Scan to read more"),
        "policy": _("Policy in plain words"),
        "scan_policy": _("Scan to see whether it fits you"),
        "notice": _("Notice"),
        "scan_more": _("Scan to read more"),
        "emergency": _("Urgent notice"),
        "until": _("Until {day} {time}"),
        "until_today": _("Until today {time}"),
        "address": _("Address"),
        "hours": _("Opening hours"),
        "phone": _("Phone"),
        "invites": _("Come in. We look with you, free of charge."),
        "scan_house": _("Scan to look at jobs"),
        "identity": _("Device {uid}"),
    }

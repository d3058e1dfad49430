"""The form of a placement, and a placement in words."""

from __future__ import annotations

from datetime import time
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.dates import WEEKDAYS_ABBR
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from yuanmeng.places.models import Site
from yuanmeng.signage.models import Device, Placement, Playlist
from yuanmeng.signage.models.placement import EVERY_DAY, HIGHEST
from yuanmeng.web.office.forms import DAY
from yuanmeng.web.shared import once

if TYPE_CHECKING:
    from collections.abc import Sequence

CLOCK = forms.TimeInput(attrs={"type": "time"}, format="%H:%M")
USUAL = 1


def _playlists() -> list[tuple[str, str]]:
    return [(row.uid, row.name) for row in Playlist.objects.order_by("-changed_at")[:200]]


def _priorities() -> list[tuple[int, str]]:
    words = {
        0: _now("0 – fills the gaps"),
        USUAL: _now("1 – as usual"),
        HIGHEST: _now("9 – before all others"),
    }
    return [(n, words.get(n, str(n))) for n in range(HIGHEST + 1)]


class PlacementForm(forms.Form):
    """What hangs where, on which days, at which hours, and how strong."""

    playlist = forms.ChoiceField(label=_("Playlist"), choices=_playlists)
    devices = forms.MultipleChoiceField(
        label=_("Screens"), required=False, widget=forms.CheckboxSelectMultiple,
        help_text=_("None ticked: all display windows of the site chosen below"),
    )  # fmt: skip
    site = forms.ModelChoiceField(
        label=_("Site"), queryset=Site.objects.order_by("id"), required=False, to_field_name="code",
        empty_label=_("all"),
    )  # fmt: skip
    from_on = forms.DateField(label=_("First day"), widget=DAY)
    to_on = forms.DateField(label=_("Last day"), widget=DAY)
    weekdays = forms.TypedMultipleChoiceField(
        label=_("On these days of the week"), coerce=int, choices=[(n, WEEKDAYS_ABBR[n]) for n in range(7)],
        widget=forms.CheckboxSelectMultiple, initial=list(range(7)),
    )  # fmt: skip
    starts = forms.TimeField(label=_("From (time)"), widget=CLOCK, initial=time(0))
    ends = forms.TimeField(
        label=_("To (time)"), widget=CLOCK, initial=time(0),
        help_text=_(
            "The same time in both: the whole day. Earlier than the beginning: over midnight, and the night "
            "belongs to the day it begins on – Friday 21:00 to 2:00 ends on Saturday morning."
        ),
    )  # fmt: skip
    priority = forms.TypedChoiceField(
        label=_("Priority"), coerce=int, choices=_priorities, initial=USUAL,
        help_text=_("Where two overlap, the higher one is shown; equal ones take turns"),
    )  # fmt: skip
    once = forms.CharField(widget=forms.HiddenInput, required=False, max_length=80)

    def __init__(self, data: Any = None, *, screens: Sequence[Device], initial: dict[str, Any]) -> None:
        super().__init__(data, initial={"once": once.new_key(), **initial})
        self.screens = {row.uid: row for row in screens}
        named = [(uid, f"{row} · {row.site or row.get_kind_display()}") for uid, row in self.screens.items()]
        self.fields["devices"].choices = named  # type: ignore[attr-defined]

    def facts(self) -> dict[str, Any]:
        """This will be what Placement.put_up takes."""
        said = self.cleaned_data
        plain = ("from_on", "to_on", "starts", "ends", "priority", "site")
        return {
            **{name: said[name] for name in plain},
            "playlist": Playlist.objects.get(uid=said["playlist"]),
            "weekdays": sum(1 << day for day in said["weekdays"]),
            "devices": [self.screens[uid] for uid in said["devices"]],
        }


def hours(row: Placement) -> str:
    """This will say the hours in words: a night belongs to the day it begins on."""
    if row.starts == row.ends:
        return _now("the whole day") if row.starts == time(0) else _overnight(row)
    if row.ends == time(0):
        return _now("%(from)s to midnight") % {"from": f"{row.starts:%H:%M}"}
    return _overnight(row) if row.ends < row.starts else f"{row.starts:%H:%M}–{row.ends:%H:%M}"


def _overnight(row: Placement) -> str:
    return _now("%(from)s to %(to)s of the next day") % {
        "from": f"{row.starts:%H:%M}", "to": f"{row.ends:%H:%M}",
    }  # fmt: skip


def weekdays(bits: int) -> str:
    """This will name the days of the week."""
    if bits == EVERY_DAY:
        return _now("every day")
    return " ".join(str(WEEKDAYS_ABBR[n]) for n in range(7) if bits >> n & 1)


def where(row: Placement) -> str:
    """This will name the screens."""
    named = [device.name for device in row.devices.all()]
    if named:
        return " · ".join(named)
    if row.site:
        return _now("all windows of %(site)s") % {"site": row.site}
    return _now("all windows")

"""What is filled in about series and sessions."""

from __future__ import annotations

from datetime import date, datetime, time
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from yuanmeng.places.models import Room, Site
from yuanmeng.programme.days import span
from yuanmeng.programme.models import WEEKDAYS, Event, Kind, Session
from yuanmeng.web.office.forms import DAY
from yuanmeng.web.shared import once

CLOCK = forms.TimeInput(attrs={"type": "time", "step": "300"}, format="%H:%M")
AREA = forms.Textarea(attrs={"rows": "2"})
USUAL, OUTSIDE = "usual", "outside"


def _rooms(site: Site) -> list[tuple[str, str]]:
    rows = Room.objects.filter(site=site).order_by("id")
    return [(row.uid, f"{row} · {row.capacity}") for row in rows]


class _Somewhere(forms.Form):
    """A room of the space, or a place outside it."""

    site: Site

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        if said.get("room") == OUTSIDE and not said.get("place"):
            self.add_error("place", _now("Please write where outside it takes place."))
        return said

    def somewhere(self) -> dict[str, Any]:
        """This will be room and place as the rows hold them; {} leaves them as usual."""
        chosen = self.cleaned_data["room"]
        if chosen == USUAL:
            return {}
        room = Room.objects.filter(site=self.site, uid=chosen).first()
        return {"room": room, "place": "" if room else self.cleaned_data["place"]}


class SessionForm(_Somewhere):
    """One session. What stays empty in a new one is as usual for its series."""

    event = forms.ChoiceField(label=_("Series"))
    day = forms.DateField(label=_("Date"), widget=DAY)
    begins = forms.TimeField(label=_("Begins"), required=False, widget=CLOCK)
    ends = forms.TimeField(
        label=_("Ends"),
        required=False,
        widget=CLOCK,
        help_text=_("Not after the begin: it ends the next day"),
    )
    room = forms.ChoiceField(label=_("Room"))
    place = forms.CharField(label=_("Place outside"), required=False, max_length=120)
    seats = forms.IntegerField(label=_("Seats"), required=False, min_value=1, max_value=9999)
    title = forms.CharField(
        label=_("Title of this session"), required=False, max_length=60,
        help_text=_("Only where it differs from the series"),
    )  # fmt: skip
    title_en = forms.CharField(label=_("The same in English"), required=False, max_length=120)
    note = forms.CharField(
        label=_("Note for colleagues"), required=False, max_length=300, widget=AREA,
        help_text=_("Stands on no screen"),
    )  # fmt: skip
    once = forms.CharField(widget=forms.HiddenInput, required=False, max_length=80)

    def __init__(
        self, data: Any = None, *, site: Site, row: Session | None = None, day: date | None = None
    ) -> None:
        super().__init__(data, initial=_written(row) if row else {"day": day})
        self.site, self.row = site, row
        self.initial["once"] = once.new_key()
        self.events = {one.uid: one for one in Event.objects.running().filter(site=site)}
        usual = [] if row else [(USUAL, _("As usual for the series"))]
        self._choices("room", [*usual, *_rooms(site), (OUTSIDE, _("Outside our rooms"))])
        if row is None:
            self._choices("event", [(uid, str(one)) for uid, one in self.events.items()])
        else:
            del self.fields["event"]
            self.fields["begins"].required = self.fields["ends"].required = True

    def _choices(self, name: str, choices: list[Any]) -> None:
        self.fields[name].choices = choices  # type: ignore[attr-defined]

    @property
    def event_chosen(self) -> Event:
        return self.row.event if self.row else self.events[self.cleaned_data["event"]]

    def span(self) -> tuple[datetime, datetime]:
        """This will be the moments meant; an empty time is the usual one."""
        said, event = self.cleaned_data, self.event_chosen
        return span(said["day"], said["begins"] or event.begins, said["ends"] or event.ends)

    def facts(self) -> dict[str, Any]:
        """This will be everything but the span; a new one's empty seats are the usual ones."""
        said = self.cleaned_data
        words = {name: said[name] for name in ("title", "title_en", "note")}
        seats = {} if self.row is None and said["seats"] is None else {"seats": said["seats"]}
        return {**words, **seats, **self.somewhere()}


def _written(row: Session) -> dict[str, Any]:
    begin, end = timezone.localtime(row.starts_at), timezone.localtime(row.ends_at)
    return {
        "day": row.day, "begins": _clock(begin), "ends": _clock(end), "place": row.place, "seats": row.seats,
        "room": row.room.uid if row.room else OUTSIDE, "title": row.title, "title_en": row.title_en,
        "note": row.note,
    }  # fmt: skip


def _clock(moment: datetime) -> time:
    return moment.time().replace(second=0, microsecond=0)


class SeriesForm(_Somewhere):
    """A series: its words, its usual time and room, its weekly rule."""

    kind = forms.ChoiceField(label=_("Kind"), choices=Kind.choices)
    title = forms.CharField(label=_("Title"), max_length=60)
    title_en = forms.CharField(label=_("Title in English"), required=False, max_length=120)
    summary = forms.CharField(label=_("In one sentence"), required=False, max_length=300, widget=AREA)
    summary_en = forms.CharField(
        label=_("The sentence in English"), required=False, max_length=500, widget=AREA
    )
    organiser = forms.CharField(label=_("Organised by"), required=False, max_length=120)
    audience = forms.CharField(label=_("For whom"), required=False, max_length=120)
    room = forms.ChoiceField(label=_("Usual room"))
    place = forms.CharField(label=_("Place outside"), required=False, max_length=120)
    begins = forms.TimeField(label=_("Begins"), widget=CLOCK)
    ends = forms.TimeField(label=_("Ends"), widget=CLOCK)
    seats = forms.IntegerField(label=_("Seats"), required=False, min_value=1, max_value=9999)
    weekdays = forms.MultipleChoiceField(
        label=_("Every week on"), required=False, choices=WEEKDAYS, widget=forms.CheckboxSelectMultiple,
        help_text=_("Copying a month follows these days; none for single dates"),
    )  # fmt: skip
    once = forms.CharField(widget=forms.HiddenInput, required=False, max_length=80)

    def __init__(self, data: Any = None, *, site: Site, row: Event | None = None) -> None:
        super().__init__(data, initial=_series(row) if row else {})
        self.site = site
        self.initial["once"] = once.new_key()
        rooms = [*_rooms(site), (OUTSIDE, _("Outside our rooms"))]
        self.fields["room"].choices = rooms  # type: ignore[attr-defined]

    def facts(self) -> dict[str, Any]:
        said = {name: value for name, value in self.cleaned_data.items() if name not in {"once", "room"}}
        return {**said, "weekdays": "".join(sorted(said["weekdays"])), **self.somewhere()}


def _series(row: Event) -> dict[str, Any]:
    names = (
        "kind", "title", "title_en", "summary", "summary_en", "organiser", "audience", "place", "begins",
        "ends", "seats",
    )  # fmt: skip
    written = {name: getattr(row, name) for name in names}
    return {**written, "weekdays": list(row.weekdays), "room": row.room.uid if row.room else OUTSIDE}

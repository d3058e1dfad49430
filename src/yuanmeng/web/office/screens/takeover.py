"""Emergency: one notice on every screen, for a time that is said beforehand. The manager alone may."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from django import forms
from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST

from yuanmeng.core.errors import Refused
from yuanmeng.signage import emergency
from yuanmeng.signage.models import Content, ContentKind, Device, DeviceKind, Placement
from yuanmeng.web.office.screens.forms import complain
from yuanmeng.web.office.screens.running import running_takeovers, with_counts
from yuanmeng.web.office.who import TAKEOVER
from yuanmeng.web.shared import once
from yuanmeng.web.shared.rights import open_to

if TYPE_CHECKING:
    from django.http import HttpResponse

    from yuanmeng.web.shared.door import MemberRequest

MINUTES = (15, 30, 60, 120, 240, emergency.LONGEST_MINUTES)
OWN_WORDS = ""


def _lengths() -> list[tuple[int, str]]:
    return [(n, _hours(n) if n >= 60 else _now("%(n)d minutes") % {"n": n}) for n in MINUTES]


def _hours(minutes: int) -> str:
    return _now("%(n)d h") % {"n": minutes // 60}


class TakeoverForm(forms.Form):
    """What is shown alone, on which screens, for how long."""

    notice = forms.ChoiceField(label=_("Notice"), required=False, widget=forms.RadioSelect)
    title = forms.CharField(label=_("What people have to know"), required=False, max_length=60)
    body = forms.CharField(
        label=_("More, in one or two sentences"), required=False, max_length=600,
        widget=forms.Textarea(attrs={"rows": "3"}),
    )  # fmt: skip
    minutes = forms.TypedChoiceField(label=_("For how long"), coerce=int, choices=_lengths, initial=30)
    devices = forms.MultipleChoiceField(
        label=_("On which screens"), required=False, widget=forms.CheckboxSelectMultiple,
        help_text=_("None ticked: on all of them. Kiosks in use are left alone."),
    )  # fmt: skip
    once = forms.CharField(widget=forms.HiddenInput, required=False, max_length=80)

    def __init__(self, data: Any = None, *, at: datetime) -> None:
        super().__init__(data, initial={"once": once.new_key(), "minutes": 30, "notice": OWN_WORDS})
        self.notices = {row.uid: row for row in _prepared(at)}
        self.screens = {row.uid: row for row in _screens()}
        own = (OWN_WORDS, _now("My own words"))
        choices = [own, *((uid, str(row)) for uid, row in self.notices.items())]
        self.fields["notice"].choices = choices  # type: ignore[attr-defined]
        screens = [
            (uid, f"{row} · {row.site or row.get_kind_display()}") for uid, row in self.screens.items()
        ]
        self.fields["devices"].choices = screens  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        if not said.get("notice") and not said.get("title"):
            self.add_error("title", _now("Please write what people have to know."))
        return said

    @property
    def words(self) -> tuple[str, str]:
        """This will be title and text as they stand on the screens."""
        chosen = self.notices.get(self.cleaned_data["notice"])
        if chosen is not None:
            return chosen.title, chosen.body
        return self.cleaned_data["title"], self.cleaned_data["body"]

    @property
    def chosen(self) -> list[Device]:
        return [self.screens[uid] for uid in self.cleaned_data["devices"]]


def _prepared(at: datetime) -> list[Content]:
    rows = Content.objects.placeable().filter(kind__in=[ContentKind.NOTICE, ContentKind.POLICY])
    return [
        row for row in rows.order_by("-approved_at")[:50] if row.valid_until is None or row.valid_until > at
    ]


def _screens() -> list[Device]:
    return list(Device.objects.for_board().paired().filter(kind__in=[DeviceKind.WINDOW, DeviceKind.WALL]))


@open_to(*TAKEOVER)
@require_http_methods(["GET", "HEAD", "POST"])
def show(request: MemberRequest) -> HttpResponse:
    """This will say what runs, and take a notice: first it is shown large, then it goes out."""
    form = TakeoverForm(request.POST or None, at=request.at)
    if request.method == "POST" and form.is_valid():
        if not request.POST.get("sure"):
            return _ask(request, form)
        try:
            return redirect(once.per_form(request, lambda: _take_over(request, form)))
        except Refused as refusal:
            complain(form, refusal)
    facts = {"form": form, "running": with_counts(running_takeovers(request.at), request.at)}
    return render(request, "office/screens/takeover.html", facts, status=422 if form.errors else 200)


def _ask(request: MemberRequest, form: TakeoverForm) -> HttpResponse:
    title, body = form.words
    until = request.at + timedelta(minutes=form.cleaned_data["minutes"])
    facts = {
        "title": title, "body": body, "until": until, "chosen": form.chosen, "all": len(form.screens),
        "sent": [(name, value) for name in form.fields for value in request.POST.getlist(name)],
    }  # fmt: skip
    return render(request, "office/screens/takeover_sure.html", facts)


def _take_over(request: MemberRequest, form: TakeoverForm) -> str:
    said = form.cleaned_data
    chosen = form.notices.get(said["notice"])
    emergency.takeover(
        chosen or said["title"], body="" if chosen else said["body"], minutes=said["minutes"],
        by=request.viewer, at=request.at, devices=form.chosen,
    )  # fmt: skip
    messages.success(request, _now("It is going out. Screens show it within a few seconds."))
    return reverse("office:takeover")


@open_to(*TAKEOVER)
@require_POST
def end(request: MemberRequest, uid: str) -> HttpResponse:
    """This will give the screens back at once."""
    row = Placement.objects.filter(uid=uid, interrupt=True).first()
    if row is None:
        raise Http404
    emergency.end_takeover(row, by=request.viewer, at=request.at)
    messages.success(request, _now("Ended. The screens go back to what they showed."))
    return redirect("office:takeover")

"""What is filled in about devices."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from yuanmeng.core.errors import Refused
from yuanmeng.places.models import Site
from yuanmeng.signage.models import Device, DeviceKind, Orientation, Theme
from yuanmeng.signage.models.device import FARTHEST_M, NEAREST_M
from yuanmeng.web.shared.forms import CodeField

KINDS = [(kind.value, kind.label) for kind in (DeviceKind.WINDOW, DeviceKind.WALL, DeviceKind.KIOSK)]


def complain(form: forms.Form, refusal: Refused) -> None:
    """This will write a refusal beside the field it is about, or above the form."""
    form.add_error(refusal.field if refusal.field in form.fields else None, str(refusal))


class SettingsForm(forms.Form):
    """How and where a device shows."""

    name = forms.CharField(
        label=_("Name of the screen"),
        max_length=60,
        help_text=_("So that people find it: “Window by the door”"),
    )
    site = forms.ModelChoiceField(
        label=_("Site"), queryset=Site.objects.order_by("id"), required=False, to_field_name="code",
        empty_label=_("none"),
    )  # fmt: skip
    orientation = forms.ChoiceField(label=_("Orientation"), choices=Orientation.choices)
    viewing_m = forms.FloatField(
        label=_("Viewing distance (metres)"), min_value=NEAREST_M, max_value=FARTHEST_M, initial=2,
        help_text=_("Letters grow with it"), widget=forms.NumberInput(attrs={"step": "0.5"}),
    )  # fmt: skip
    theme = forms.ChoiceField(label=_("Colours"), choices=Theme.choices, initial=Theme.AUTO)
    elder = forms.BooleanField(label=_("Large print"), required=False)
    columns = forms.IntegerField(
        label=_("Panels side by side"), min_value=1, max_value=12, initial=1,
        help_text=_("More than one: no line of text crosses a seam"),
    )  # fmt: skip
    rows = forms.IntegerField(label=_("Panels one above the other"), min_value=1, max_value=12, initial=1)
    gap_px = forms.IntegerField(label=_("Seam (pixels)"), min_value=0, max_value=200, initial=0)

    def facts(self) -> dict[str, Any]:
        """This will be the settings as signage takes them."""
        said = self.cleaned_data
        names = ("site", "orientation", "viewing_m", "theme", "elder")
        return {**{name: said[name] for name in names}, "seams": self._seams()}

    def _seams(self) -> dict[str, int] | None:
        seams = {name: self.cleaned_data[name] for name in ("columns", "rows", "gap_px")}
        return seams if seams["columns"] * seams["rows"] > 1 else None


class PairingForm(SettingsForm):
    """The code a screen shows, and what it shall be."""

    code = CodeField(label=_("Code on the screen"), help_text=_("Six digits; they hold for ten minutes"))
    kind = forms.ChoiceField(label=_("Kind"), choices=KINDS)
    field_order = ("code", "kind", "name")


class CodeForm(forms.Form):
    """The code alone: the device is known already and keeps its settings."""

    code = CodeField(label=_("Code on the screen"), help_text=_("Six digits; they hold for ten minutes"))


class DeviceForm(SettingsForm):
    """The settings of a device that is here, with the network it may call from."""

    address_range = forms.CharField(
        label=_("Only from this network"), required=False, max_length=50,
        help_text=_("Like 192.168.10.0/24; empty: from anywhere"),
    )  # fmt: skip

    def facts(self) -> dict[str, Any]:
        return {**super().facts(), "address_range": self.cleaned_data["address_range"].strip()}


def written(device: Device) -> dict[str, Any]:
    """This will be a device's settings as the form shows them."""
    names = ("name", "orientation", "viewing_m", "theme", "elder", "address_range")
    seams = device.seams or {"columns": 1, "rows": 1, "gap_px": 0}
    site = device.site.code if device.site else None
    return {**{name: getattr(device, name) for name in names}, **seams, "site": site}

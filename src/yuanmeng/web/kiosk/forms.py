"""What is filled in at the machine: as little as an application needs, never an identity number."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from yuanmeng.occupations.education import CHOICES
from yuanmeng.web.shared import once
from yuanmeng.web.shared.applying import Applicant
from yuanmeng.web.shared.forms import CodeField, PhoneField

OLDEST, YOUNGEST = 90, 16
# Nothing the browser offers to fill in may come from the person before.
OFF = {"autocomplete": "off", "autocapitalize": "off", "spellcheck": "false", "inputmode": "none"}


class PhoneForm(forms.Form):
    """The phone that will get a code."""

    phone = PhoneField(widget=forms.TextInput(attrs={**OFF, "maxlength": "13", "data-testid": "kiosk-phone"}))


class CodeForm(forms.Form):
    """The six digits."""

    code = CodeField(widget=forms.TextInput(attrs={**OFF, "maxlength": "6", "data-testid": "kiosk-code"}))


class KioskApplyForm(forms.Form):
    """Who is known says yes; who is new says a name, a year and an education first."""

    name = forms.CharField(
        label=_("Name"), max_length=40, widget=forms.TextInput(attrs={**OFF, "data-keys": "name"})
    )
    birth_year = forms.IntegerField(
        label=_("Birth year"),
        help_text=_("Four digits, such as 1974"),
        widget=forms.TextInput(attrs={**OFF, "maxlength": "4", "data-keys": "digits"}),
    )
    education = forms.TypedChoiceField(label=_("Education"), coerce=int)
    consent = forms.BooleanField(label=_("I have read this and agree"))
    once = forms.CharField(widget=forms.HiddenInput, required=False, max_length=80)

    def __init__(self, *args: Any, known: bool, education: int | None, this_year: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.this_year = this_year
        self.initial.setdefault("once", once.new_key())
        self.fields["education"].choices = [("", _("Please choose")), *CHOICES]  # type: ignore[attr-defined]
        for name in ("name", "birth_year") if known else ():
            del self.fields[name]
        if education:
            del self.fields["education"]

    def clean_birth_year(self) -> int:
        year: int = self.cleaned_data["birth_year"]
        if not self.this_year - OLDEST <= year <= self.this_year - YOUNGEST:
            raise forms.ValidationError(_now("Please enter a year such as 1974. We register people from 16."))
        return year

    def applicant(self, *, name: str, birth_year: int, education: int) -> Applicant:
        """This will be what was said, completed by what is known."""
        said = {"name": name, "birth_year": birth_year, "education": education, **self.cleaned_data}
        return Applicant(name=said["name"], birth_year=said["birth_year"], education=said["education"])

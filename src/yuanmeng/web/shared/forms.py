"""Forms more than one surface uses. Each field is whole for readers: label, hint, keyboard, complaint."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from yuanmeng.core.errors import Refused
from yuanmeng.people.phones import phone_of

DIGITS = {"inputmode": "numeric", "autocomplete": "one-time-code", "maxlength": "6", "pattern": "[0-9]{6}"}
PHONE = {"inputmode": "tel", "autocomplete": "tel", "maxlength": "20"}


class PhoneField(forms.CharField):
    """Eleven digits however they are written; cleans to the form in which they are stored."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("label", _("Mobile number"))
        kwargs.setdefault("max_length", 20)
        kwargs.setdefault("widget", forms.TextInput(attrs=PHONE))
        super().__init__(**kwargs)

    def clean(self, value: Any) -> str:
        written = super().clean(value)
        try:
            return phone_of(written) if written else ""
        except Refused as bad:
            raise forms.ValidationError(str(bad)) from bad


class CodeField(forms.CharField):
    """The six digits from an SMS or an authenticator."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("label", _("Code"))
        kwargs.setdefault("max_length", 6)
        kwargs.setdefault("min_length", 6)
        kwargs.setdefault("widget", forms.TextInput(attrs=DIGITS))
        super().__init__(**kwargs)


class PasswordLoginForm(forms.Form):
    """Name, password and, for staff, the second factor."""

    username = forms.CharField(
        label=_("User name"), max_length=80, widget=forms.TextInput(attrs={"autocomplete": "username"})
    )
    password = forms.CharField(
        label=_("Password"),
        max_length=128,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )
    totp = forms.CharField(
        label=_("Code of your authenticator"),
        max_length=10,
        required=False,
        help_text=_("Staff and agencies: six digits, or one of your recovery codes. Others leave it empty."),
        widget=forms.TextInput(attrs={"autocomplete": "one-time-code", "inputmode": "text"}),
    )


class PhoneForm(forms.Form):
    """The number a code is to be sent to."""

    phone = PhoneField()


class PhoneCodeForm(forms.Form):
    """The number and the code that was sent to it."""

    phone = PhoneField(widget=forms.HiddenInput)
    code = CodeField(help_text=_("Six digits; good for 10 minutes."))

"""What the office fills in."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from yuanmeng.intake.models import Kind
from yuanmeng.organisations.models import Duty, Organisation, Role
from yuanmeng.organisations.powers import may_give
from yuanmeng.organisations.viewer import Viewer
from yuanmeng.vacancies.models import Source
from yuanmeng.vacancies.screen import RULES, Finding
from yuanmeng.web.office.wording import ACTIONS, NOUNS, RESULTS
from yuanmeng.web.shared import once

DAY = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


def _area(rows: int) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": str(rows)})


class UploadForm(forms.Form):
    """A file, what its rows are, and who sends such files."""

    file = forms.FileField(
        label=_("File"),
        help_text=_("XLSX or CSV, up to 20 MB; titles above the column names are no problem"),
        widget=forms.ClearableFileInput(attrs={"accept": ".xlsx,.csv"}),
    )  # fmt: skip
    kind = forms.ChoiceField(label=_("What the rows are"), choices=Kind.choices)
    source = forms.CharField(
        label=_("Source"),
        max_length=40,
        help_text=_("Who sends this list; the same name again finds the same rows"),
    )
    vacancy_source = forms.ChoiceField(label=_("Where the vacancies come from"), choices=Source.choices)
    source_publisher = forms.CharField(
        label=_("First published by"), required=False, max_length=120, help_text=_("For re-posted vacancies")
    )


class VerifyForm(forms.Form):
    """Until when the verification holds."""

    until = forms.DateField(label=_("Valid until"), required=False, widget=DAY)


class WordsForm(forms.Form):
    """What has to be mended, in words the other side can act on."""

    words = forms.CharField(label=_("What is to be mended"), min_length=4, max_length=300, widget=_area(3))


def _reasons() -> list[tuple[str, Any]]:
    """The reasons of the rejection list: one line for each rule, and those no machine can see."""
    lines = {rule.reason: rule.label for rule in RULES.values()}
    return [*lines.items(), ("fake", _("Untrue")), ("other", _("Something else"))]


class RejectForm(forms.Form):
    """Why a vacancy is not accepted, by the list of reasons, and in words."""

    reason = forms.ChoiceField(label=_("Reason"), choices=_reasons)
    words = forms.CharField(label=_("In words"), min_length=4, max_length=250, widget=_area(2))


class LiftForm(forms.Form):
    """Lifting one block: only on a ground named for its rule, with the reason written down."""

    ground = forms.ChoiceField(label=_("Ground"), widget=forms.RadioSelect)
    reason = forms.CharField(label=_("Reason"), min_length=4, max_length=200, widget=_area(2))

    def __init__(self, data: Any = None, *, finding: Finding, prefix: str) -> None:
        super().__init__(data, prefix=prefix)
        choices = [(ground.code, ground.words) for ground in RULES[finding.rule].grounds]
        self.fields["ground"].choices = choices  # type: ignore[attr-defined]


class AccountForm(forms.Form):
    """A new account; its secrets are made by the house and shown once."""

    username = forms.CharField(label=_("User name"), min_length=3, max_length=40)
    display_name = forms.CharField(label=_("Name"), max_length=40)
    once = forms.CharField(widget=forms.HiddenInput, required=False, max_length=80)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial.setdefault("once", once.new_key())


class MembershipForm(forms.Form):
    """For whom somebody acts, and as what."""

    organisation = forms.CharField(
        label=_("Organisation"), max_length=120, widget=forms.TextInput(attrs={"list": "organisations"}),
        help_text=_("Full name or credit code"),
    )  # fmt: skip
    power = forms.ChoiceField(label=_("Acts as"))

    def __init__(self, data: Any = None, *, viewer: Viewer) -> None:
        super().__init__(data)
        named = [*((r.value, r.label) for r in Role if r != Role.STAFF), *Duty.choices]
        allowed = [(code, label) for code, label in named if may_give(code, viewer)]
        self.fields["power"].choices = allowed  # type: ignore[attr-defined]

    def clean_organisation(self) -> Organisation:
        said = str(self.cleaned_data["organisation"]).strip()
        found = (
            Organisation.objects.filter(name=said).first()
            or Organisation.objects.filter(uscc=said.upper()).first()
        )
        if found is None or not said:
            raise forms.ValidationError(_("No organisation of this name or code is known here."))
        return found


class RecordsForm(forms.Form):
    """Filters over the audit chain. Every one may stay empty."""

    who = forms.CharField(label=_("Who"), required=False, max_length=80)
    action = forms.ChoiceField(label=_("Act"), required=False, choices=[("", _("Any")), *ACTIONS.items()])
    noun = forms.ChoiceField(label=_("About"), required=False, choices=[("", _("Anything")), *NOUNS.items()])
    result = forms.ChoiceField(label=_("Result"), required=False, choices=[("", _("Any")), *RESULTS.items()])
    from_on = forms.DateField(label=_("From"), required=False, widget=DAY)
    to_on = forms.DateField(label=_("To"), required=False, widget=DAY)

    def days(self) -> tuple[date | None, date | None]:
        """This will be the span asked for; a senseless one asks for nothing."""
        said = self.cleaned_data if self.is_valid() else {}
        return said.get("from_on"), said.get("to_on")

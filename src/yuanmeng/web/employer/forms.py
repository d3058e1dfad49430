"""What an employer fills in. A draft may be incomplete: what is missing the gate says, clause by clause."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from typing import Any

from django import forms
from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from yuanmeng.applications.models import Reason
from yuanmeng.core.checks_cn import uscc_ok
from yuanmeng.occupations.education import CHOICES as EDUCATION
from yuanmeng.organisations.models import Credential, Organisation
from yuanmeng.vacancies.models import EmploymentType, PayUnit, Source, Vacancy
from yuanmeng.vacancies.posting import address_of
from yuanmeng.web.shared import once
from yuanmeng.web.shared.forms import PHONE

NUMBER = {"inputmode": "numeric"}
HIGHEST_PAY_YUAN = 500_000
UNITS = [
    (PayUnit.MONTH, pgettext_lazy("pay", "a month")),
    (PayUnit.DAY, pgettext_lazy("pay", "a day")),
    (PayUnit.HOUR, pgettext_lazy("pay", "an hour")),
    (PayUnit.YEAR, pgettext_lazy("pay", "a year")),
    (PayUnit.PIECE, pgettext_lazy("pay", "a piece")),
]
# Plain fields, named as the vacancy names them.
SAME = (
    "title", "openings", "content", "requirements", "employment_type", "pay_unit", "pay_months",
    "experience_min_years", "hours", "benefits", "valid_until", "contact_name", "contact_phone", "source",
    "source_publisher",
)  # fmt: skip
# Findings of the gate that belong to a field of another name.
FIELD_OF = {"pay": "pay_min_yuan", "place": "address", "organisation": ""}


def _area(rows: int) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": str(rows)})


class VacancyForm(forms.Form):
    """One vacancy, in the order people think of it: what, how many, for how much, where, until when."""

    title = forms.CharField(label=_("Job title"), max_length=100)
    openings = forms.IntegerField(
        label=_("Number of people wanted"), required=False, min_value=1, max_value=10_000,
        widget=forms.TextInput(attrs=NUMBER),
    )  # fmt: skip
    content = forms.CharField(
        label=_("What is done every day"), required=False, max_length=10_000, widget=_area(4)
    )
    requirements = forms.CharField(
        label=_("What a person must bring"), required=False, max_length=10_000, widget=_area(3),
        help_text=_("Skills, certificates, times. Not: sex, age, marriage, household registration."),
    )  # fmt: skip
    education = forms.TypedChoiceField(
        label=_("Education"), required=False, coerce=int, empty_value=None,
        choices=[("", _("No degree needed")), *EDUCATION],
    )  # fmt: skip
    experience_min_years = forms.IntegerField(
        label=_("Years of experience"), required=False, min_value=0, max_value=40,
        widget=forms.TextInput(attrs=NUMBER), help_text=_("0 if none is needed"),
    )  # fmt: skip
    pay_min_yuan = forms.DecimalField(
        label=_("Lowest pay"), required=False, min_value=1, max_value=HIGHEST_PAY_YUAN, decimal_places=2,
        widget=forms.TextInput(attrs=NUMBER), help_text=_("Yuan before tax"),
    )  # fmt: skip
    pay_max_yuan = forms.DecimalField(
        label=_("Highest pay"), required=False, min_value=1, max_value=HIGHEST_PAY_YUAN, decimal_places=2,
        widget=forms.TextInput(attrs=NUMBER),
    )  # fmt: skip
    pay_unit = forms.ChoiceField(label=_("Paid"), choices=UNITS)
    pay_months = forms.IntegerField(
        label=_("Months paid a year"), required=False, min_value=12, max_value=24,
        widget=forms.TextInput(attrs=NUMBER), help_text=_("Only where it is more than 12"),
    )  # fmt: skip
    address = forms.CharField(
        label=_("Where the work is done"), required=False, max_length=300,
        help_text=_("Street and number, such as 娄山关路500号"),
    )  # fmt: skip
    employment_type = forms.ChoiceField(label=_("Kind of employment"), choices=EmploymentType.choices)
    hours = forms.CharField(
        label=_("Working hours and rest days"), required=False, max_length=120,
        help_text=_("Such as: early shift 7:00–15:30, two days off a week"),
    )  # fmt: skip
    benefits = forms.CharField(label=_("Benefits"), required=False, max_length=500)
    valid_until = forms.DateField(
        label=_("Last day to apply"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    contact_name = forms.CharField(label=_("Contact person"), required=False, max_length=60)
    contact_phone = forms.CharField(
        label=_("Contact phone"), required=False, max_length=20, widget=forms.TextInput(attrs=PHONE),
        help_text=_("Shown only to people you invite"),
    )  # fmt: skip
    source = forms.ChoiceField(label=_("Where this vacancy comes from"), choices=Source.choices)
    source_publisher = forms.CharField(
        label=_("First published by"), required=False, max_length=120,
        help_text=_("Only for a vacancy taken over from somebody else"),
    )  # fmt: skip
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    once = forms.CharField(widget=forms.HiddenInput, required=False, max_length=80)

    def __init__(self, data: Any = None, *, vacancy: Vacancy | None = None, at_address: str = "") -> None:
        written = vacancy is not None and vacancy.pk is not None
        start = _start(vacancy) if vacancy is not None and written else _fresh(at_address)
        super().__init__(data, initial={**start, "once": once.new_key()})
        if vacancy is not None and vacancy.agency is not None:
            # Where it comes from is known: the client entrusted it to the agency.
            del self.fields["source"], self.fields["source_publisher"]

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        low, high = said.get("pay_min_yuan"), said.get("pay_max_yuan")
        if low is not None and high is not None and high < low:
            self.add_error("pay_max_yuan", _now("The highest pay is lower than the lowest."))
        return said

    def facts(self) -> dict[str, Any]:
        """This will be what was said, in the columns of a vacancy; the address goes apart."""
        said = self.cleaned_data
        own = {name: said[name] for name in SAME if name in said}
        return own | {
            "education": said.get("education"),
            "pay_min_fen": _fen(said.get("pay_min_yuan")),
            "pay_max_fen": _fen(said.get("pay_max_yuan")),
        }


def _start(vacancy: Vacancy) -> dict[str, Any]:
    same = {name: getattr(vacancy, name) for name in SAME}
    return same | {
        "education": vacancy.education, "address": address_of(vacancy), "version": vacancy.version,
        "pay_min_yuan": _yuan(vacancy.pay_min_fen), "pay_max_yuan": _yuan(vacancy.pay_max_fen),
    }  # fmt: skip


def _fresh(address: str) -> dict[str, Any]:
    """What most postings want: the employer's own address, a month and a half to apply."""
    until = timezone.localdate() + timedelta(days=45)
    return {"address": address, "valid_until": until, "pay_unit": PayUnit.MONTH, "source": Source.OWN}


def _fen(yuan: Decimal | None) -> int | None:
    return int(yuan * 100) if yuan is not None else None


def _yuan(fen: int | None) -> str:
    return "" if fen is None else f"{fen // 100}" if fen % 100 == 0 else f"{fen / 100:.2f}"


class InviteForm(forms.Form):
    """When and where to meet."""

    meeting_at = forms.DateTimeField(
        label=_("Day and time"),
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
    )
    meeting_place = forms.CharField(label=_("Place of the interview"), max_length=200)


# What an employer may say; the other reasons are the seeker's or the clock's.
DECLINE = [
    Reason.SKILL, Reason.EXPERIENCE, Reason.FILLED, Reason.PAY, Reason.DISTANCE, Reason.HOURS,
    Reason.NO_REPLY, Reason.OTHER,
]  # fmt: skip


class DeclineForm(forms.Form):
    """No, with a reason: people learn from it, and so do our suggestions."""

    reason = forms.ChoiceField(
        label=_("Reason"), choices=[(one.value, one.label) for one in DECLINE], widget=forms.RadioSelect
    )
    words = forms.CharField(
        label=_("A word to the applicant"), required=False, max_length=500, widget=_area(2)
    )
    shared = forms.BooleanField(label=_("Show the reason to the applicant"), required=False, initial=True)


class OrganisationForm(forms.Form):
    """What the public reads about an employer, and whom we may call."""

    size = forms.CharField(
        label=_("Size"), required=False, max_length=30, help_text=_("Such as: 20–99 people")
    )
    nature = forms.CharField(label=_("Legal form"), required=False, max_length=40)
    about = forms.CharField(label=_("About us"), required=False, max_length=2000, widget=_area(4))
    contact_name = forms.CharField(label=_("Contact person"), required=False, max_length=60)
    contact_phone = forms.CharField(
        label=_("Contact phone"), required=False, max_length=20, widget=forms.TextInput(attrs=PHONE),
        help_text=_("For us; never on a public page"),
    )  # fmt: skip

    def __init__(self, data: Any = None, *, organisation: Organisation) -> None:
        super().__init__(data, initial={name: getattr(organisation, name) for name in self.base_fields})


class PapersForm(forms.Form):
    """Numbers and dates of the papers the law wants to see (人力资源市场暂行条例 26)."""

    uscc = forms.CharField(label=_("Unified social credit code"), max_length=18)
    licence_until = forms.DateField(
        label=_("Business licence valid until"), required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"), help_text=_("Empty: without end"),
    )  # fmt: skip
    agent = forms.CharField(
        label=_("Who acts for the organisation"), max_length=60, help_text=_("Name as on the identity paper")
    )
    mandate = forms.CharField(label=_("Number of the letter of authority"), max_length=60)
    brief = forms.CharField(label=_("Number of the recruitment brief"), max_length=60)
    hr_licence = forms.CharField(label=_("HR service licence number"), required=False, max_length=60)
    hr_scope = forms.CharField(
        label=_("Scope of the licence"), required=False, max_length=200,
        help_text=_("It must cover recruiting on the internet"),
    )  # fmt: skip
    hr_until = forms.DateField(
        label=_("HR service licence valid until"), required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )  # fmt: skip

    def __init__(self, *args: Any, organisation: Organisation, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.organisation = organisation
        if organisation.kind != "hr_agency":
            for name in ("hr_licence", "hr_scope", "hr_until"):
                del self.fields[name]

    def clean_uscc(self) -> str:
        code = str(self.cleaned_data["uscc"]).strip().upper()
        if not uscc_ok(code, demo=settings.DEMO_MODE):
            raise forms.ValidationError(
                _now("The code does not pass its check digit. Please compare it with the licence.")
            )
        if Organisation.objects.filter(uscc=code).exclude(pk=self.organisation.pk).exists():
            raise forms.ValidationError(
                _now("This code belongs to another organisation here. Please ask our counter.")
            )
        return code

    def given(self) -> list[tuple[str, str, str, Any]]:
        """This will list the papers as (kind, number, scope, valid until)."""
        said, paper = self.cleaned_data, Credential.Paper
        rows = [
            (paper.BUSINESS_LICENCE, said["uscc"], "", said.get("licence_until")),
            (paper.AGENT_ID, said["agent"], "", None),
            (paper.MANDATE, said["mandate"], "", None),
            (paper.RECRUITMENT_BRIEF, said["brief"], "", None),
        ]
        if said.get("hr_licence"):
            rows.append((paper.HR_LICENCE, said["hr_licence"], said["hr_scope"], said["hr_until"]))
        return [(str(kind), number, scope, until) for kind, number, scope, until in rows]

"""What a citizen fills in. At most six required fields to apply, and no identity number anywhere."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from yuanmeng.occupations.education import CHOICES as EDUCATION
from yuanmeng.seekers.models import Intention, Seeker
from yuanmeng.vacancies.models import EmploymentType
from yuanmeng.web.shared import once
from yuanmeng.web.shared.applying import Applicant
from yuanmeng.web.shared.forms import CodeField, PhoneField

OLDEST, YOUNGEST = 90, 16
REPORT_REASONS = [
    ("fee", _("They ask for money or keep papers")),
    ("false", _("The job is not as described")),
    ("discrimination", _("It shuts people out unfairly")),
    ("gone", _("The job is already filled")),
    ("fraud", _("I think it is a fraud")),
    ("other", _("Something else")),
]


class NameField(forms.CharField):
    """One field for the whole name, as it stands on papers."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("label", _("Name"))
        kwargs.setdefault("max_length", 40)
        kwargs.setdefault("widget", forms.TextInput(attrs={"autocomplete": "name"}))
        super().__init__(**kwargs)


class BirthYearField(forms.IntegerField):
    """A year of birth; people from 16 may register."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("label", _("Birth year"))
        attrs = {"inputmode": "numeric", "autocomplete": "bday-year", "maxlength": "4"}
        kwargs.setdefault("widget", forms.TextInput(attrs=attrs))
        super().__init__(**kwargs)

    def clean(self, value: Any) -> Any:
        year = super().clean(value)
        this_year = date.today().year  # noqa: DTZ011 - the year of the wall clock is what is meant
        if year is not None and not this_year - OLDEST <= year <= this_year - YOUNGEST:
            raise forms.ValidationError(_now("Please enter a year such as 1974. We register people from 16."))
        return year


class EducationField(forms.TypedChoiceField):
    """The highest education somebody has, as a rank."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("label", _("Education"))
        super().__init__(choices=[("", _("Please choose")), *EDUCATION], coerce=int, **kwargs)


class ApplyForm(forms.Form):
    """Applying for one vacancy. Who is logged in and known fills in only the last three."""

    name = NameField()
    birth_year = BirthYearField(help_text=_("Four digits, such as 1974"))
    education = EducationField()
    phone = PhoneField(help_text=_("The employer sees it only once they invite you to an interview."))
    code = CodeField(help_text=_("The six digits we send to this number"))
    resume = forms.CharField(
        label=_("What you can do (optional)"),
        required=False,
        max_length=4000,
        help_text=_("A few sentences are enough: what you worked as, for how long, what you are good at."),
        widget=forms.Textarea(attrs={"rows": "4"}),
    )
    consent = forms.BooleanField(label=_("I have read this and agree"))
    once = forms.CharField(widget=forms.HiddenInput, required=False, max_length=80)
    via = forms.CharField(widget=forms.HiddenInput, required=False, max_length=12)

    def __init__(self, *args: Any, seeker: Seeker | None, logged_in: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial.setdefault("once", once.new_key())
        for name in self._not_needed(seeker, logged_in):
            del self.fields[name]
        if seeker is not None:
            self.initial.setdefault("education", seeker.education)
            self.initial.setdefault("resume", seeker.resume.text if seeker.resume else "")

    def _not_needed(self, seeker: Seeker | None, logged_in: bool) -> list[str]:
        known = ["name", "birth_year"] if seeker is not None else []
        return known + (["phone", "code"] if logged_in else [])

    def applicant(self, seeker: Seeker | None) -> Applicant:
        """This will be what was said, completed by what is known."""
        said = self.cleaned_data
        return Applicant(
            name=seeker.person.name if seeker else said["name"],
            birth_year=(seeker.person.birth_year or 0) if seeker else said["birth_year"],
            education=said["education"],
            resume=said["resume"],
        )


class StartForm(forms.Form):
    """The first visit after log-in: who somebody is, and whether the counter knows them already."""

    name = NameField()
    birth_year = BirthYearField(help_text=_("Four digits, such as 1974"))
    education = EducationField()
    known = forms.BooleanField(
        label=_("I have registered at the counter before"),
        required=False,
        help_text=_("We look for your file by this phone, your name and birth year."),
    )


class ProfileForm(forms.Form):
    """What one can do and wants. Every field may stay empty; empty ones only make suggestions vaguer."""

    education = EducationField(required=False)
    school = forms.CharField(label=_("School"), required=False, max_length=80)
    major = forms.CharField(label=_("Major"), required=False, max_length=60)
    last_job = forms.CharField(label=_("Last job"), required=False, max_length=200)
    years_experience = forms.IntegerField(
        label=_("Years of work"), required=False, min_value=0, max_value=60,
        widget=forms.TextInput(attrs={"inputmode": "numeric"}),
    )  # fmt: skip
    skills = forms.CharField(
        label=_("Skills"), required=False, max_length=400, help_text=_("Separated by commas or spaces")
    )
    certificates = forms.CharField(
        label=_("Certificates"), required=False, max_length=400, help_text=_("Separated by commas")
    )
    wanted_text = forms.CharField(label=_("Work you want"), required=False, max_length=200)
    intention = forms.ChoiceField(
        label=_("What you look for"), required=False, choices=[("", _("Not decided")), *Intention.choices]
    )
    pay_floor_yuan = forms.IntegerField(
        label=_("Lowest pay you would take"), required=False, min_value=0, max_value=200_000,
        help_text=_("Yuan a month, before tax"), widget=forms.TextInput(attrs={"inputmode": "numeric"}),
    )  # fmt: skip
    employment_types = forms.MultipleChoiceField(
        label=_("Kind of employment"), required=False, choices=EmploymentType.choices,
        widget=forms.CheckboxSelectMultiple,
    )  # fmt: skip
    commute_max_minutes = forms.IntegerField(
        label=_("Longest way to work"), required=False, min_value=5, max_value=180,
        help_text=_("Minutes, one way"), widget=forms.TextInput(attrs={"inputmode": "numeric"}),
    )  # fmt: skip


class ResumeForm(forms.Form):
    """A new version of the résumé; earlier ones stay as they were sent."""

    text = forms.CharField(
        label=_("Résumé"), max_length=20_000, widget=forms.Textarea(attrs={"rows": "12"}),
        help_text=_("Please leave out identity numbers; employers may not ask for them here."),
    )  # fmt: skip


class ReportForm(forms.Form):
    """举报: what is wrong with a posting. Nobody has to give a name."""

    reason = forms.ChoiceField(label=_("What is wrong?"), choices=REPORT_REASONS, widget=forms.RadioSelect)
    words = forms.CharField(
        label=_("In your words"), required=False, max_length=1000, widget=forms.Textarea(attrs={"rows": "4"})
    )
    once = forms.CharField(widget=forms.HiddenInput, required=False, max_length=80)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial.setdefault("once", once.new_key())


class CodeForm(forms.Form):
    """A fresh code before something that cannot be undone."""

    code = CodeField(help_text=_("Six digits; good for 10 minutes."))

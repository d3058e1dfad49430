"""What is filled in at the desk. Every form is short: somebody waits on the other side of the counter."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from yuanmeng.counsel.models import (
    Channel,
    ContactResult,
    FollowUp,
    FollowUpKind,
    RetentionResult,
    ServiceKind,
)
from yuanmeng.occupations.education import CHOICES as EDUCATION
from yuanmeng.seekers.models import Intention
from yuanmeng.web.shared import once
from yuanmeng.web.shared.forms import CodeField, PhoneField

if TYPE_CHECKING:
    from collections.abc import Sequence

OLDEST, YOUNGEST = 90, 16
DIGITS = {"inputmode": "numeric"}
# Services a counsellor renders in a talk, with the minutes they usually take; each feeds the 1131 counters.
TALKS: dict[str, int] = {
    ServiceKind.CONTACT: 5, ServiceKind.GUIDANCE: 30, ServiceKind.POLICY_TALK: 15, ServiceKind.TRAINING: 10,
    ServiceKind.TRAINEESHIP: 10, ServiceKind.STARTUP: 20, ServiceKind.ASSISTANCE: 20,
}  # fmt: skip
NEXT = [
    ("", pgettext_lazy("next contact", "No date")),
    ("1", _("Tomorrow")),
    ("3", _("3 days")),
    ("7", _("1 week")),
    ("30", _("1 month")),
]


class OnceForm(forms.Form):
    """A form that is sent once, however often the button is pressed."""

    once = forms.CharField(widget=forms.HiddenInput, required=False, max_length=80)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial.setdefault("once", once.new_key())


class ContactForm(OnceForm):
    """A talk, in as few touches as possible: how, what came of it, what was said, when again."""

    channel = forms.ChoiceField(label=_("How"), choices=Channel.choices, widget=forms.RadioSelect)
    result = forms.ChoiceField(label=_("Result"), choices=[], widget=forms.RadioSelect)
    words = forms.CharField(
        label=_("What was said"),
        required=False,
        max_length=500,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    next_in = forms.ChoiceField(
        label=_("Next contact"), required=False, choices=NEXT, widget=forms.RadioSelect
    )
    kind = forms.ChoiceField(
        label=_("Kind of service"),
        required=False,
        choices=[(kind, ServiceKind(kind).label) for kind in TALKS],
    )
    settles = forms.MultipleChoiceField(
        label=_("This settles"), required=False, choices=[], widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args: Any, waiting: Sequence[FollowUp], today: date, **kwargs: Any) -> None:
        kwargs["initial"] = {
            "channel": Channel.PHONE, "next_in": "", "kind": ServiceKind.CONTACT,
            "settles": [todo.uid for todo in waiting if todo.due_on <= today], **kwargs.get("initial", {}),
        }  # fmt: skip
        super().__init__(*args, auto_id="contact_%s", **kwargs)
        self.waiting, self.today = list(waiting), today
        settles, result = self.fields["settles"], self.fields["result"]
        assert isinstance(settles, forms.MultipleChoiceField) and isinstance(result, forms.ChoiceField)
        settles.choices = [(todo.uid, _settled(todo)) for todo in waiting]
        result.choices = self._results()

    def _results(self) -> list[tuple[str, Any]]:
        """A retention check has answers of its own; they come first when one is due."""
        retention = any(t.kind == FollowUpKind.RETENTION and t.due_on <= self.today for t in self.waiting)
        return [*(RetentionResult.choices[:2] if retention else []), *ContactResult.choices]

    def facts(self) -> dict[str, Any]:
        """This will be what counsel.contact.record wants to know."""
        said = self.cleaned_data
        kind = said["kind"] or ServiceKind.CONTACT
        days = int(said["next_in"] or 0)
        return {
            "channel": said["channel"], "result": said["result"], "words": said["words"].strip(),
            "kind": "" if kind == ServiceKind.CONTACT else kind, "minutes": TALKS[kind],
            "next_due_on": self.today + timedelta(days=days) if days else None,
            "settles": [todo for todo in self.waiting if todo.uid in said["settles"]],
        }  # fmt: skip


def _settled(todo: FollowUp) -> str:
    about = f" · {todo.vacancy}" if todo.vacancy else ""
    return f"{todo.get_kind_display()}{about}"


class ReminderForm(OnceForm):
    """A to-do by hand."""

    words = forms.CharField(label=_("What is to be done"), max_length=200)
    due_on = forms.DateField(
        label=_("By when"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )


class CorrectionForm(OnceForm):
    """What is true beside what was written."""

    result = forms.ChoiceField(label=_("Result"), choices=[])
    words = forms.CharField(label=_("What was said"), required=False, max_length=500)

    def __init__(self, *args: Any, results: Sequence[tuple[str, Any]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["result"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [*results, ("mistaken", _("Entered by mistake, does not count"))]


class WalkInForm(OnceForm):
    """Somebody at the counter registers: four facts, and the rest in a talk."""

    name = forms.CharField(
        label=_("Name"), max_length=40, widget=forms.TextInput(attrs={"autocomplete": "off"})
    )
    phone = PhoneField(
        widget=forms.TextInput(attrs={"inputmode": "tel", "autocomplete": "off", "maxlength": "20"})
    )
    birth_year = forms.IntegerField(
        label=_("Birth year"), help_text=_("Four digits, such as 1974"),
        widget=forms.TextInput(attrs={**DIGITS, "maxlength": "4"}),
    )  # fmt: skip
    education = forms.TypedChoiceField(
        label=_("Education"), coerce=int, choices=[("", _("Please choose")), *EDUCATION]
    )
    wanted_text = forms.CharField(label=_("Work wanted"), required=False, max_length=200)
    agreed = forms.BooleanField(label=_("The person has read the notice and agrees to be registered"))
    new_anyway = forms.BooleanField(required=False, widget=forms.HiddenInput)

    def clean_birth_year(self) -> int:
        year: int = self.cleaned_data["birth_year"]
        this_year = date.today().year  # noqa: DTZ011 - the year on the wall calendar is what is meant
        if not this_year - OLDEST <= year <= this_year - YOUNGEST:
            raise forms.ValidationError(_now("Please enter a year such as 1974. We register people from 16."))
        return year


class WishesForm(forms.Form):
    """What somebody can do and wants, as told at the counter."""

    wanted_text = forms.CharField(label=_("Work wanted"), required=False, max_length=200)
    pay_floor_yuan = forms.IntegerField(
        label=_("Lowest pay they would take"), required=False, min_value=0, max_value=200_000,
        help_text=_("Yuan a month, before tax"), widget=forms.TextInput(attrs=DIGITS),
    )  # fmt: skip
    commute_max_minutes = forms.IntegerField(
        label=_("Longest way to work"), required=False, min_value=5, max_value=180,
        help_text=_("Minutes, one way"), widget=forms.TextInput(attrs=DIGITS),
    )  # fmt: skip
    intention = forms.ChoiceField(
        label=_("What they look for"), required=False, choices=[("", _("Not decided")), *Intention.choices]
    )
    education = forms.TypedChoiceField(
        label=_("Education"), coerce=int, required=False, empty_value=None,
        choices=[("", _("Please choose")), *EDUCATION],
    )  # fmt: skip
    years_experience = forms.IntegerField(
        label=_("Years of work"),
        required=False,
        min_value=0,
        max_value=60,
        widget=forms.TextInput(attrs=DIGITS),
    )
    last_job = forms.CharField(label=_("Last job"), required=False, max_length=200)
    skills = forms.CharField(
        label=_("Skills"), required=False, max_length=400, help_text=_("Separated by commas or spaces")
    )
    certificates = forms.CharField(
        label=_("Certificates"), required=False, max_length=400, help_text=_("Separated by commas")
    )


WAYS = [
    ("in_person", _("Agrees here in front of me")),
    ("code", _("Agrees by a code on the phone")),
    ("ask_first", _("Not asked yet: propose it and ask later")),
]


class ConsentForm(OnceForm):
    """How somebody agreed that their file goes to one employer. Nothing is sent without."""

    way = forms.ChoiceField(label=_("How did the person agree?"), choices=WAYS, widget=forms.RadioSelect)
    evidence = forms.CharField(
        label=_("How was it explained?"),
        required=False,
        max_length=120,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    code = CodeField(required=False, label=_("The code they read out"))
    note = forms.CharField(label=_("Words to the employer (optional)"), required=False, max_length=300)

    def __init__(self, *args: Any, may_ask_later: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        way = self.fields["way"]
        assert isinstance(way, forms.ChoiceField)
        way.choices = WAYS if may_ask_later else WAYS[:2]
        self.initial.setdefault(
            "evidence", _now("Explained at the counter; the person agreed by word of mouth.")
        )

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        if said.get("way") == "in_person" and len((said.get("evidence") or "").strip()) < 4:
            self.add_error("evidence", _now("Please say in a few words how it was explained and agreed."))
        if said.get("way") == "code" and not said.get("code"):
            self.add_error("code", _now("Please send a code and enter the six digits the person reads out."))
        return said


class HiredForm(OnceForm):
    """Somebody was hired, with the evidence."""

    started_on = forms.DateField(
        label=_("First day of work"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    evidence = forms.CharField(
        label=_("Evidence"), max_length=200, help_text=_("Contract seen, telephone call with the employer, …")
    )

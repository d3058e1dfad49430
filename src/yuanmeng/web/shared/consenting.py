"""The separate consent before a résumé goes out (PIPL 23): who receives what, for what, and how."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

if TYPE_CHECKING:
    from yuanmeng.vacancies.models import Vacancy

# Raise it whenever the words below change: each consent keeps the version it was given in.
VERSION = "2026-11"


@dataclass(frozen=True)
class ConsentSheet:
    """What somebody reads before agreeing; `text` is what is kept as agreed."""

    receiver: str
    contact: str
    purpose: str
    way: str
    fields: list[str]

    @property
    def fields_said(self) -> str:
        """This will be the fields as one list in the reader's language."""
        return _(", ").join(self.fields)

    @property
    def text(self) -> str:
        """This will be the sheet as one text in the language it was read in."""
        return _(
            "I agree that my %(fields)s are sent to %(receiver)s (contact: %(contact)s). "
            "Purpose: %(purpose)s. Way: %(way)s."
        ) % {
            "fields": self.fields_said,
            "receiver": self.receiver,
            "contact": self.contact,
            "purpose": self.purpose,
            "way": self.way,
        }


def to_school(school: str) -> str:
    """This will be the words somebody agrees to when the own school may follow the search."""
    return _(
        "I agree that %(school)s sees my masked name, education and major, and counts whether I still look "
        "for work, have applied or work. I can take this back at any time."
    ) % {"school": school}


def sheet_for(vacancy: Vacancy) -> ConsentSheet:
    """This will be the sheet of one vacancy. The phone is not on it: it opens on invitation only."""
    organisation = vacancy.agency or vacancy.organisation
    return ConsentSheet(
        receiver=vacancy.receiver,
        contact=vacancy.contact_name
        or organisation.contact_name
        or _("personnel office, through our counter"),
        purpose=_("to judge your application for “%(title)s” and to answer you") % {"title": vacancy.title},
        way=_("shown in the employer's account here; the phone number only once they invite you"),
        fields=[
            _("name"),
            _("birth year"),
            _("education"),
            _("skills and experience"),
            _("résumé, if you wrote one"),
        ],
    )

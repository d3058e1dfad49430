"""What is written for the windows, kind by kind."""

from __future__ import annotations

from typing import Any

from django import forms
from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from yuanmeng.signage.models import Content, ContentKind, Media
from yuanmeng.signage.models.content import LONGEST_S, SECONDS, SHORTEST_S
from yuanmeng.vacancies.facets import industry_label

MOMENT = forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")
SECTIONS = "ABCDEFGHIJKLMNOPQRST"
TEXTS, FILTERS = (
    ("body", "body_en", "link"),
    ("q", "industry", "minutes", "pay_min", "posted_days", "no_degree"),
)
# Which fields a kind has beside its title, its time and its validity.
OWN = {
    ContentKind.NOTICE: TEXTS, ContentKind.POLICY: TEXTS, ContentKind.IMAGE: ("file", "link"),
    ContentKind.VACANCIES: FILTERS, ContentKind.PROGRAMME: (), ContentKind.COURSES: (),
}  # fmt: skip
HINTS: dict[ContentKind, Any] = {
    ContentKind.NOTICE: _("A sentence or two people read in passing."),
    ContentKind.POLICY: _("What somebody gets, from whom and where, in plain words."),
    ContentKind.IMAGE: _("A poster as PNG, JPEG or WebP, up to 10 MB."),
    ContentKind.VACANCIES: _("Open vacancies by a search; they are fetched anew all the time."),
    ContentKind.PROGRAMME: _("What takes place this month, as published."),
    ContentKind.COURSES: _("The courses of this month, as published."),
}


def _area(rows: int) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": str(rows)})


def _industries() -> list[tuple[str, str]]:
    return [("", "–"), *((code, industry_label(code)) for code in SECTIONS)]


class ContentForm(forms.Form):
    """One content of one kind; fields of other kinds are not there."""

    title = forms.CharField(label=_("Headline"), max_length=60)
    title_en = forms.CharField(label=_("Headline in English"), required=False, max_length=120)
    body = forms.CharField(label=_("Text"), required=False, max_length=600, widget=_area(4))
    body_en = forms.CharField(label=_("Text in English"), required=False, max_length=1200, widget=_area(3))
    file = forms.FileField(
        label=_("Picture"), required=False,
        help_text=_("PNG, JPEG or WebP, up to 10 MB; 16:9 fills the window"),
        widget=forms.FileInput(attrs={"accept": "image/png,image/jpeg,image/webp"}),
    )  # fmt: skip
    link = forms.CharField(
        label=_("Where its QR code leads"), required=False, max_length=200,
        help_text=_("A page of ours, like /vacancies/; empty: no code"),
    )  # fmt: skip
    q = forms.CharField(label=_("Words in the vacancy"), required=False, max_length=80)
    industry = forms.ChoiceField(label=_("Industry"), required=False, choices=_industries)
    minutes = forms.IntegerField(
        label=_("Minutes on foot from here, at most"), required=False, min_value=1, max_value=60
    )
    pay_min = forms.IntegerField(
        label=_("Monthly pay from (yuan)"), required=False, min_value=0, max_value=100_000
    )
    posted_days = forms.IntegerField(
        label=_("Published in the last … days"), required=False, min_value=1, max_value=90
    )
    no_degree = forms.BooleanField(label=_("Only without a degree"), required=False)
    seconds = forms.IntegerField(
        label=_("Seconds on the screen"), min_value=SHORTEST_S, max_value=LONGEST_S,
        help_text=_("5 to 120; people read about four characters a second"),
    )  # fmt: skip
    valid_from = forms.DateTimeField(label=_("Shown from"), required=False, widget=MOMENT)
    valid_until = forms.DateTimeField(
        label=_("Shown until"), required=False, widget=MOMENT,
        help_text=_("Then it vanishes from every screen, also without network"),
    )  # fmt: skip

    def __init__(self, data: Any = None, files: Any = None, *, kind: str, row: Content | None = None) -> None:
        self.kind = ContentKind(kind)
        super().__init__(data, files, initial=written(row) if row else {"seconds": SECONDS[self.kind]})
        for name in {*TEXTS, *FILTERS, "file"} - set(OWN[self.kind]):
            del self.fields[name]
        if self.kind == ContentKind.POLICY:
            self.fields["body"].required = True
        if self.kind == ContentKind.IMAGE:
            self.fields["title"].label = _("What the picture shows")
            self.fields["file"].required = row is None

    def facts(self, media: Media | None) -> dict[str, Any]:
        """This will be the fields as signage takes them; `media` is the picture that was handed in."""
        said = self.cleaned_data
        plain = {
            "title",
            "title_en",
            "seconds",
            "valid_from",
            "valid_until",
            *(set(OWN[self.kind]) & {*TEXTS}),
        }
        facts = {name: said[name] for name in plain}
        if self.kind == ContentKind.VACANCIES:
            facts["query"] = self._query()
        return facts | ({"file": media} if media else {})

    def _query(self) -> dict[str, Any]:
        said = {name: self.cleaned_data[name] for name in FILTERS}
        query = {name: str(value) for name, value in said.items() if value not in ("", None, False, True)}
        if said["no_degree"]:
            query["no_degree"] = "1"
        if said["minutes"]:
            query["from"] = "{},{}".format(*settings.HERE)
        return query


def written(row: Content) -> dict[str, Any]:
    """This will be a content as the form shows it."""
    names = ("title", "title_en", "body", "body_en", "link", "seconds")
    query = {name: _one(value) for name, value in row.query.items() if name in FILTERS}
    moments = {name: _local(getattr(row, name)) for name in ("valid_from", "valid_until")}
    return {**{name: getattr(row, name) for name in names}, **query, **moments}


def _one(value: Any) -> Any:
    return value[0] if isinstance(value, list) else value


def _local(moment: Any) -> Any:
    return timezone.localtime(moment) if moment else None


class ReasonForm(forms.Form):
    """Why something goes back, or is taken down."""

    reason = forms.CharField(label=_("Why"), min_length=4, max_length=300, widget=_area(2))

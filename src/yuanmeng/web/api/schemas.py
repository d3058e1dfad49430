"""The shapes of the public JSON. Money is fen, coordinates are WGS-84, days and moments are ISO 8601.

Properties that are about a person carry `x-pii` (L1 public … L4 sensitive, S secret) in the document.
"""

from datetime import date, datetime
from typing import Annotated, Any, Literal

from ninja import Schema
from pydantic import ConfigDict, Field

Uid = Annotated[str, Field(pattern=r"^[0-9a-f]{32}$", examples=["0f8fad5bd9cb469fa16570867728950e"])]
Fen = Annotated[int, Field(ge=0, le=100_000_000_00)]
PERSONAL: dict[str, Any] = {"x-pii": "L3"}
SECRET: dict[str, Any] = {"x-pii": "S"}


class Input(Schema):
    """What comes in holds nothing but what is asked for: an unknown field is refused."""

    model_config = ConfigDict(extra="forbid", str_strip_whitespace=True)


class Problem(Schema):
    """application/problem+json (RFC 9457). `code` is stable; `detail` is a sentence for the reader."""

    type: str = "about:blank"
    title: str
    status: int
    code: str
    detail: str
    field: str | None = None
    errors: list[dict[str, str]] | None = None
    findings: list["FindingOut"] | None = None
    conflicting_id: str | None = None


class FindingOut(Schema):
    """What the posting gate has to say about one place in the text."""

    rule: str
    act: str = Field(description="block or warn")
    field: str
    start: int
    end: int
    text: str
    clause: str
    suggestion: str


class Item(Schema):
    """A vacancy in a list."""

    uid: Uid
    title: str
    organisation: str
    organisation_uid: Uid
    pay: str = Field(description="in words, with unit and basis")
    pay_min_fen: int | None
    pay_max_fen: int | None
    pay_unit: str
    place: str
    lon: float | None
    lat: float | None
    walk_minutes: int | None = Field(description="from the point asked from, on foot or by=ride; about")
    openings: int = Field(description="1 where the vacancy does not say")
    openings_stated: bool
    employment_type: str
    education: str = Field(description="in words")
    education_rank: int | None
    experience_min_years: int | None
    published_on: date | None
    valid_until: date | None
    tags: list[str]
    url: str


class VacancyOut(Item):
    """A vacancy with its words, and as schema.org JobPosting."""

    as_of: datetime
    content: str
    requirements: str
    hours: str
    benefits: str
    industry: str
    occupation: str
    source: str
    source_publisher: str
    posted_by: str = Field(
        description="the agency that posts it under a mandate; empty when the employer does"
    )
    job_posting: dict[str, Any]


class ChoiceOut(Schema):
    code: str
    label: str
    count: int


class FacetsOut(Schema):
    """The figure beside a choice is the total one would get after taking it."""

    industry: list[ChoiceOut]
    occupation: list[ChoiceOut]
    education: list[ChoiceOut]
    employment_type: list[ChoiceOut]
    area: list[ChoiceOut]
    pay: list[ChoiceOut]


class VacanciesOut(Schema):
    as_of: datetime
    total: int
    openings: int
    page: int
    pages: int
    size: int
    facets: FacetsOut
    items: list[Item] = Field(max_length=100)
    close: list[Item] = Field(max_length=10)


class IndustryOut(Schema):
    code: str
    label: str
    vacancies: int
    openings: int
    pay_median_fen: int | None


class FiguresOut(Schema):
    """What is open now. The industries' figures sum to the totals."""

    as_of: datetime
    open_vacancies: int
    openings: int
    employers: int
    unplaced_vacancies: int
    unplaced_openings: int
    new_today: int
    new_this_week: int
    pay_median_fen: int | None
    pay_median_fen_by_industry: dict[str, int | None]
    industries: list[IndustryOut]
    newest: list[Item] = Field(max_length=12)


class PieceOut(Schema):
    """A run of words of a sentence, or a figure in it."""

    text: str
    is_figure: bool


class NarrationOut(Schema):
    """What stands out on the map, in sentences counted from the figures; no model writes them."""

    as_of: datetime
    vacancies: int
    openings: int
    whole_vacancies: int
    whole_openings: int
    sentences: list[list[PieceOut]] = Field(max_length=6)


class MapOut(Schema):
    """Columns of the map's cells. Cells + elsewhere + unplaced sum to the totals."""

    as_of: datetime
    radius_m: int
    origin: tuple[float, float]
    q: list[int]
    r: list[int]
    n: list[int] = Field(description="openings")
    v: list[int] = Field(description="vacancies")
    pay: list[int | None] = Field(description="median pay, yuan a month")
    total_openings: int
    total_vacancies: int
    elsewhere_openings: int
    elsewhere_vacancies: int
    unplaced_openings: int
    unplaced_vacancies: int


class EventSessionOut(Schema):
    """One evening or lesson of the programme, in the reader's language."""

    uid: Uid
    event_uid: Uid
    kind: str = Field(description="night_market, salon, lecture, course or other")
    kind_label: str
    title: str
    starts_at: datetime
    ends_at: datetime
    place: str = Field(description="the space, or the place outside it")
    room: str = Field(description="empty where it is not in one of our rooms")
    summary: str
    seats: int | None
    url: str
    state: str = Field(description="published or cancelled")


class ProgrammeOut(Schema):
    """What takes place from a day to a day, both included, earliest first."""

    as_of: datetime
    from_: date = Field(alias="from")
    to: date
    sessions: list[EventSessionOut]


class NoticeOut(Schema):
    """One notice or policy in plain words."""

    uid: Uid
    kind: Literal["notice", "policy"]
    title: str
    body: str
    valid_until: datetime | None


class NoticesOut(Schema):
    """What holds now, the newest first."""

    as_of: datetime
    items: list[NoticeOut]


class SessionIn(Input):
    """Name and password with the digits of the second factor, or phone and code."""

    username: str = Field("", max_length=80)
    password: str = Field("", max_length=128, json_schema_extra=SECRET)
    totp: str = Field("", max_length=20, json_schema_extra=SECRET)
    phone: str = Field("", max_length=30, json_schema_extra=PERSONAL)
    code: str = Field("", max_length=10, json_schema_extra=SECRET)


class SessionOut(Schema):
    """Who is asking. `csrf_token` goes into the header X-CSRFToken of each unsafe call."""

    signed_in: bool
    roles: list[str]
    duties: list[str]
    name: str = Field(json_schema_extra=PERSONAL)
    organisations: list[str]
    csrf_token: str = Field(json_schema_extra=SECRET)


class VacancyIn(Input):
    """A posting from outside, found again by (source, external_ref)."""

    source: str = Field(min_length=1, max_length=40, pattern=r"^[\w.-]+$")
    external_ref: str = Field(min_length=1, max_length=120)
    organisation: Uid | None = Field(
        None, description="which of one's own; needed where there are several. An agency names its client"
    )
    title: str = Field(min_length=1, max_length=100)
    openings: int | None = Field(None, ge=1, le=10_000)
    content: str = Field("", max_length=10_000)
    requirements: str = Field("", max_length=10_000)
    occupation_code: str = Field("", max_length=12, pattern=r"^(\d(-\d{2}){0,3})?$")
    industry_code: str = Field("", max_length=4, pattern=r"^([A-T]|\d{2,4})?$")
    address: str = Field("", max_length=300)
    employment_type: str = Field("FULL_TIME", max_length=20)
    pay_min_fen: Fen | None = None
    pay_max_fen: Fen | None = None
    pay_unit: str = Field("month", max_length=8)
    pay_months: int | None = Field(None, ge=12, le=24)
    education: int | None = Field(None, ge=1, le=9)
    experience_min_years: int | None = Field(None, ge=0, le=50)
    hours: str = Field("", max_length=120)
    benefits: str = Field("", max_length=500)
    tags: list[Annotated[str, Field(max_length=30)]] = Field([], max_length=20)
    valid_from: date | None = None
    valid_until: date | None = None
    submit: bool = Field(True, description="hand it in for review once nothing blocks it")


class UpsertOut(Schema):
    """What became of the posting. It goes out after a reviewer has looked at it."""

    uid: Uid
    state: str
    created: bool
    changed: bool
    version: int
    findings: list[FindingOut]


class ApplicationIn(Input):
    """One application of oneself; the consent names its receiver on the page that shows it."""

    vacancy: Uid
    consent: bool = Field(
        description="agreed to the consent sheet of this vacancy (GET /vacancies/{uid}/consent)"
    )
    name: str = Field("", max_length=60, json_schema_extra=PERSONAL)
    birth_year: int | None = Field(None, ge=1900, le=2100, json_schema_extra=PERSONAL)
    education: int | None = Field(None, ge=1, le=9, json_schema_extra=PERSONAL)
    resume: str = Field("", max_length=20_000, json_schema_extra=PERSONAL)


class ConsentOut(Schema):
    """The consent sheet of a vacancy: who receives what, for what."""

    version: str
    text: str


class ApplicationOut(Schema):
    """One's own application and where it stands."""

    uid: Uid
    number: str = Field(json_schema_extra=PERSONAL)
    vacancy: Uid
    title: str
    organisation: str
    state: str = Field(json_schema_extra=PERSONAL)
    state_label: str
    submitted_at: datetime = Field(json_schema_extra=PERSONAL)
    answered_at: datetime | None = Field(json_schema_extra=PERSONAL)


class ApplicationsOut(Schema):
    as_of: datetime
    total: int
    page: int
    pages: int
    items: list[ApplicationOut] = Field(max_length=100)


class SuggestionOut(Schema):
    """A vacancy suggested to oneself, with the reasons in words. The score only orders."""

    uid: Uid
    vacancy: Uid
    title: str
    organisation: str
    reasons: list[str] = Field(json_schema_extra=PERSONAL)
    made_at: datetime
    answer: str = Field(json_schema_extra=PERSONAL)


class SuggestionsOut(Schema):
    """`recommendations_on` false means: switched off by oneself, the list is empty on purpose."""

    as_of: datetime
    recommendations_on: bool
    items: list[SuggestionOut] = Field(max_length=100)

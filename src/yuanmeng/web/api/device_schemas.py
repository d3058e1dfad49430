"""The shapes of what devices and the house say to each other."""

from datetime import datetime
from typing import Annotated, Literal

from ninja import Schema
from pydantic import AwareDatetime, Field

from yuanmeng.web.api.schemas import SECRET, Input, Uid

Hash = Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]
ClientId = Annotated[
    str, Field(max_length=40, description="a UUID the device drew; the same fact keeps it when sent again")
]
Skew = Annotated[
    int, Field(ge=-(10**13), le=10**13, description="the device's clock less ours, in milliseconds")
]
MOST_PLAYS, MOST_FAULTS = 200, 100


class PairingIn(Input):
    """Nothing is asked: `{}`."""


class PairingOut(Schema):
    code: str = Field(description="six digits to show", json_schema_extra=SECRET)
    secret: str = Field(description="to claim with", json_schema_extra=SECRET)
    expires_at: datetime


class ClaimIn(Input):
    secret: str = Field(max_length=80, json_schema_extra=SECRET)


class WaitingOut(Schema):
    state: Literal["waiting"]


class ClaimedOut(Schema):
    """The token comes along as the cookie `device`."""

    device: Uid
    kind: str
    path: str


class SiteOut(Schema):
    name: str
    address: str
    hours: str
    phone: str


class SeamsOut(Schema):
    """A mosaic of panels."""

    columns: int
    rows: int
    gap_px: int


class SettingsOut(Schema):
    orientation: Literal["landscape", "portrait"]
    viewing_m: float
    theme: Literal["auto", "day", "night"]
    elder: bool
    seams: SeamsOut | None


class CommandOut(Schema):
    id: Uid
    kind: Literal["identify", "reload", "picture"]
    at: datetime


class HashOut(Schema):
    manifest_hash: Hash


class BeatOut(HashOut):
    """What is to be done, and the hash of the manifest of now."""

    commands: list[CommandOut]


class DeviceOut(BeatOut):
    uid: Uid
    kind: str
    name: str
    site: SiteOut
    settings: SettingsOut


class ItemOut(Schema):
    """One content. Texts are plain; `source` is fetched by the device."""

    id: Uid
    kind: Literal["vacancies", "programme", "courses", "policy", "notice", "image"]
    seconds: int = Field(ge=5, le=86_400)
    title: str
    body: str
    title_en: str
    body_en: str
    file: Hash | None
    source: str | None
    valid_from: datetime | None
    valid_until: datetime | None
    qr: str | None


class EntryOut(Schema):
    """A stretch of time. Interrupts win, then the higher priority; equals follow each other."""

    from_: datetime = Field(alias="from")
    to: datetime
    priority: int = Field(ge=0, le=9)
    interrupt: bool
    placement: Uid
    items: list[ItemOut]


class FileOut(Schema):
    sha256: Hash
    url: str
    bytes: int
    type: str


class ManifestOut(Schema):
    """A pure function of what was placed and of the local day; `hash` is over everything else."""

    schema_: Literal["yuanmeng.manifest/1"] = Field(alias="schema")
    device: Uid
    hash: Hash
    from_: datetime = Field(alias="from")
    until: datetime
    settings: SettingsOut
    house: SiteOut
    entries: list[EntryOut]
    files: list[FileOut]


class AckIn(Input):
    hash: Hash
    at: AwareDatetime


class BeatIn(Input):
    """How the device is. Everything but the hash may be left out."""

    hash: str = Field("", max_length=64, pattern=r"^([0-9a-f]{64})?$")
    build: str = Field("", max_length=80)
    item: str | None = Field(None, max_length=40)
    fps: float | None = Field(None, ge=0, le=1000)
    heap_mb: float | None = Field(None, ge=0, le=1_000_000)
    nodes: int | None = Field(None, ge=0, le=10**9)
    listeners: int | None = Field(None, ge=0, le=10**9)
    viewport: tuple[int, int] | None = None
    skew_ms: Skew = 0
    storage_mb: float | None = Field(None, ge=0, le=10**9)
    fault: str | None = Field(None, max_length=20)
    picture: str = Field("", max_length=81_000, description="PNG of at most 60 kB as a data URL")


class DoneIn(Input):
    """Nothing is asked: `{}`."""


class PlayIn(Input):
    """One showing of one item, by the device's own clock."""

    client_id: ClientId
    seq: int = Field(ge=0, le=1 << 53)
    placement: str = Field(max_length=40)
    item: str = Field(max_length=40)
    started_at: AwareDatetime
    skew_ms: Skew = 0
    shown_ms: int = Field(ge=0, le=86_400_000)
    result: Literal["shown", "cut", "failed"]


class PlaysIn(Input):
    plays: list[PlayIn] = Field(max_length=MOST_PLAYS)


class FaultIn(Input):
    client_id: ClientId
    code: str = Field(max_length=20)
    at: AwareDatetime
    detail: str = Field("", max_length=2_000)


class FaultsIn(Input):
    faults: list[FaultIn] = Field(max_length=MOST_FAULTS)


class AnsweredOut(Schema):
    client_id: str
    state: Literal["new", "known", "refused"]
    why: str | None = None


class AnswersOut(Schema):
    answers: list[AnsweredOut]

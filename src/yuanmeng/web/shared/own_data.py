"""The rights of a person over their own file: everything of mine as one archive, and everything gone.

PIPL 44-50. The archive holds all of mine and nothing of others; officers stand in it by their role.
"""

from __future__ import annotations

import io
import json
import zipfile
from typing import TYPE_CHECKING, Any

from django.db import connection, transaction
from django.utils import timezone

from yuanmeng.core import audit, events
from yuanmeng.core.models import AuditEntry, Step
from yuanmeng.people import sessions
from yuanmeng.people.models import Consent, Purpose
from yuanmeng.recommend import impressions
from yuanmeng.seekers.models import State as SeekerState

if TYPE_CHECKING:
    from datetime import datetime

    from yuanmeng.applications.models import Application
    from yuanmeng.people.models import Person, User
    from yuanmeng.seekers.models import Seeker

SEEKER_FIELDS = (
    "education", "school", "major", "graduates_on", "skills", "certificates", "last_job", "years_experience",
    "intention", "wanted_text", "wanted_occupation_codes", "pay_floor_fen", "employment_types", "shifts",
    "commute_max_minutes", "home_area_code", "channel", "recommendations_on", "made_at", "state",
)  # fmt: skip
SUGGESTED_FIELDS = ("vacancy__title", "shown_at", "answer", "answer_reason", "answered_at")
PERSON_FIELDS = (
    "name", "phone", "email", "birth_year", "birth_on", "sex", "id_number", "committee_name", "address",
    "made_at",
)  # fmt: skip


def everything_of(person: Person) -> dict[str, Any]:
    """This will be all that is kept about a person, as plain JSON."""
    seeker: Seeker | None = getattr(person, "seeker", None)
    return _plain(
        {
            "person": {name: getattr(person, name) for name in PERSON_FIELDS},
            "registration": {name: getattr(seeker, name) for name in SEEKER_FIELDS} if seeker else None,
            "resumes": list(seeker.resumes.values("version", "text", "made_at")) if seeker else [],
            "applications": [_application(row) for row in _applications(seeker)],
            "referrals": list(seeker.referrals.values("vacancy__title", "state", "reasons", "proposed_at"))
            if seeker
            else [],
            "favourites": list(seeker.favourites.values("vacancy__title", "made_at")) if seeker else [],
            "suggested": list(seeker.suggestions.values(*SUGGESTED_FIELDS)) if seeker else [],
            "shown": impressions.of_seeker(seeker) if seeker else [],
            "passed_over": impressions.passed_over(seeker) if seeker else [],
            "hidden_from": list(seeker.hidden_organisations.values_list("name", flat=True)) if seeker else [],
            "consents": list(
                person.consents.values("purpose", "receiver", "fields", "channel", "given_at", "withdrawn_at")
            ),
            "services": list(person.services.values("kind", "channel", "at", "result", "next_due_on")),
            "who_saw_me": who_saw(person),
        }
    )


def archive_of(person: Person, *, by: User, at: datetime) -> bytes:
    """This will be a ZIP of data.json and each résumé as text, and a line in the audit chain."""
    data = everything_of(person)
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("data.json", json.dumps(data, ensure_ascii=False, indent=1))
        for resume in data["resumes"]:
            archive.writestr(f"resume-{resume['version']}.txt", resume["text"])
    audit.write("export", by=by, at=at, about=person, fields="own data", count=1)
    return out.getvalue()


def receivers_of(person: Person) -> list[Consent]:
    """This will list who was sent something of mine, newest first."""
    sent = person.consents.filter(purpose__in=[Purpose.SEND_TO_EMPLOYER, Purpose.REFERRAL, Purpose.SCHOOL])
    return list(sent.order_by("-given_at"))


def who_saw(person: Person) -> list[dict[str, Any]]:
    """This will list looks at my file by others: when, in which role, what for. No names of officers."""
    nouns = [person.uid]
    seeker = getattr(person, "seeker", None)
    if seeker is not None:
        nouns += [seeker.uid, *seeker.applications.values_list("uid", flat=True)]
    own = person.user.actor_key if getattr(person, "user", None) else ""
    rows = AuditEntry.objects.filter(object_uid__in=nouns).exclude(actor=own).order_by("-seq")[:200]
    return [dict(row) for row in rows.values("at", "action", "membership", "fields", "reason")]


def erase(person: Person, *, by: User, at: datetime) -> None:
    """This will remove everything personal; what the law keeps stays without a name.

    1. open applications are taken back; 2. what was sent, the résumés and the profile are emptied; 3. the
    person loses name and numbers, the account its phone and all sessions; 4. the freed pages leave the disk.
    """
    with transaction.atomic():
        seeker: Seeker | None = getattr(person, "seeker", None)
        if seeker is not None:
            _erase_seeker(seeker, by, at)
        person.consents.filter(withdrawn_at=None).update(withdrawn_at=at)
        person.follow_ups.update(words="")
        person.follow_ups.filter(state="open").update(state="dropped")
        _erase_person(person, at)
        _erase_account(by)
        audit.write("erase", by=by, at=at, about=person)
    _leave_the_disk()


def _erase_seeker(seeker: Seeker, by: User, at: datetime) -> None:
    for row in seeker.applications.still_open():
        row.withdraw(by=by, at=at)
    for row in seeker.applications.all():
        kept = {name: row.snapshot.get(name) for name in ("receiver", "vacancy")}
        seeker.applications.filter(pk=row.pk).update(
            snapshot=kept, resume=None, recruiter_note="", words="", answer_words="", meeting_place=""
        )
    seeker.referrals.update(note="", reasons=[])
    impressions.forget(seeker)
    seeker.favourites.all().delete()
    seeker.resumes.all().delete()
    seeker.hidden_organisations.clear()
    if seeker.may_move(SeekerState.WITHDRAWN):
        seeker.withdraw(by=by, at=at)
    empty: dict[str, Any] = {
        "recommendations_on": False,
        "home_lon": None,
        "home_lat": None,
        "home_area_code": "",
        "owner": None,
    }
    for name in ("school", "major", "last_job", "wanted_text", "last_occupation_code", "intention"):
        empty[name] = ""
    for name in ("skills", "certificates", "wanted_occupation_codes", "employment_types", "shifts"):
        empty[name] = []
    for name in ("education", "graduates_on", "years_experience", "pay_floor_fen", "commute_max_minutes"):
        empty[name] = None
    seeker.change(by=by, at=at, **empty)
    events.tell("seeker.erased", seeker, by=by, at=at)


def _erase_person(person: Person, at: datetime) -> None:
    person.set_phone("")
    person.set_id_number("")
    person.name = person.email = person.address = person.committee_code = person.committee_name = ""
    person.source = person.external_id = ""
    person.birth_on = person.birth_year = None
    person.sex, person.erased_at = "0", at
    person.save()


def _erase_account(user: User) -> None:
    user.set_phone("")
    user.set_unusable_password()
    user.person, user.display_name, user.is_active = None, "", False
    user.save()
    sessions.end_all(user.pk)


def _leave_the_disk() -> None:
    """SQLite keeps freed pages in its log until a checkpoint; secure_delete does the rest."""
    if connection.vendor == "sqlite" and not connection.in_atomic_block:
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def _applications(seeker: Seeker | None) -> list[Application]:
    if seeker is None:
        return []
    return list(
        seeker.applications.select_related("vacancy__organisation", "consent").order_by("submitted_at")
    )


def _application(row: Application) -> dict[str, Any]:
    return {
        "number": row.number, "vacancy": row.vacancy.title, "employer": row.vacancy.organisation.name,
        "state": row.state, "via": row.via, "submitted_at": row.submitted_at, "sent": row.snapshot,
        "consent": row.consent.text, "reason": row.reason if row.reason_shared else "",
        "words": row.words, "answer": row.answer_words,
        "steps": list(Step.of(row).values("new", "at")),
    }  # fmt: skip


def _plain(data: Any) -> Any:
    """Dates as ISO text in local time, everything else as JSON knows it."""
    if isinstance(data, dict):
        return {key: _plain(value) for key, value in data.items()}
    if isinstance(data, list):
        return [_plain(value) for value in data]
    if hasattr(data, "tzinfo"):
        return timezone.localtime(data).isoformat(timespec="seconds")
    return data.isoformat() if hasattr(data, "isoformat") else data

"""What the house knows of rows like these: by their key in the source, and by being alike."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db.models import Q

from yuanmeng.intake.digests import digest_of, normal_of
from yuanmeng.intake.models import BatchRow, Kind, RowAction, SourceKey
from yuanmeng.intake.sift import Known, key_of
from yuanmeng.organisations.models import Organisation
from yuanmeng.people.models import Person, phone_index_of
from yuanmeng.vacancies.models import State as VacancyState
from yuanmeng.vacancies.models import Vacancy

# Over and done: a new posting of the same work is a new vacancy, not a duplicate.
_OVER = (VacancyState.CLOSED, VacancyState.ARCHIVED, VacancyState.REJECTED)


def remembered(kind: str, source: str, rows: Iterable[Any]) -> list[Known]:
    """Return what was taken before under the keys of these rows. One query."""
    keys = {key_of(row) for row in rows}
    found = SourceKey.objects.filter(kind=kind, source=source, key__in=keys).order_by("id")
    return [Known(row.key, row.digest, row.object_uid, row.waiting) for row in found]


def remember(batch_kind: str, source: str, rows: Iterable[BatchRow], *, waiting: bool = False) -> None:
    """Keep the keys and words of rows just taken in, or put in quarantine."""
    SourceKey.objects.bulk_create(
        [
            SourceKey(
                kind=batch_kind,
                source=source,
                key=row.key,
                digest=row.digest,
                object_uid="" if waiting else row.object_uid,
                waiting=waiting,
                row_uid=row.uid,
            )
            for row in rows
        ],
        ignore_conflicts=True,
    )


def forget_words(kind: str, source: str, rows: Iterable[BatchRow]) -> None:
    """Drop what was remembered under the keys of changed rows: their new words take its place."""
    changed = [row for row in rows if row.action == RowAction.UPDATE]
    keys, uids = {row.key for row in changed}, {row.object_uid for row in changed}
    old = SourceKey.objects.filter(kind=kind, source=source, key__in=keys, object_uid__in=uids)
    old.filter(waiting=False).delete()


def alike_vacancies(rows: list[Any]) -> dict[str, str]:
    """Return likeness → uid for vacancies of the house with the same firm and title. One query."""
    firms = {row.organisation_normal for row in rows}
    titles = {row.title_normal for row in rows}
    found = (
        Vacancy.objects.filter(organisation__name_normal__in=firms, title_normal__in=titles)
        .exclude(state__in=_OVER)
        .values_list(
            "uid", "organisation__name_normal", "title_normal", "content", "requirements", "place__area_code"
        )
    )
    alike: dict[str, str] = {}
    for uid, firm, title, content, requirements, area in found.iterator():
        text = digest_of(normal_of(f"{content}\n{requirements}")) if content or requirements else ""
        for word in (text, (area or "")[:6]):
            alike.setdefault(digest_of(firm, title, word), uid)
    return alike


def same_organisations(rows: list[Any]) -> list[Known]:
    """Return the organisations that rows mean without a key of ours: by credit code, else by name."""
    by_code, by_name = organisations_by(
        {row.uscc for row in rows if row.uscc}, {row.name_normal for row in rows}
    )
    known = []
    for row in rows:
        found = by_code.get(row.uscc) or by_name.get(row.name_normal)
        if found and not (row.uscc and found.uscc and row.uscc != found.uscc):
            known.append(Known(key_of(row), "", found.uid))
    return known


def alike_organisations(rows: list[Any]) -> dict[str, str]:
    """Return likeness → uid for organisations with the same name (and, as it is asked last, another code)."""
    _, by_name = organisations_by(set(), {row.name_normal for row in rows})
    return {digest_of(name): organisation.uid for name, organisation in by_name.items()}


def organisations_by(
    codes: set[str], names: set[str]
) -> tuple[dict[str, Organisation], dict[str, Organisation]]:
    """Return organisations by credit code and by normal name; of two namesakes the older one."""
    found = Organisation.objects.filter(Q(uscc__in=codes) | Q(name_normal__in=names)).order_by("-id")
    rows = list(found)
    return {row.uscc: row for row in rows if row.uscc}, {row.name_normal: row for row in rows}


def same_persons(rows: list[Any]) -> list[Known]:
    """Return the persons that rows mean without a key of ours: by ID number, or by phone and name."""
    by_id, by_phone = _persons_by(rows)
    known = []
    for row in rows:
        found = by_id.get(_id_index(row)) or next(
            (
                p
                for p in by_phone.get(phone_index_of(row.phone), ())
                if normal_of(p.name) == normal_of(row.name)
            ),
            None,
        )
        if found:
            known.append(Known(key_of(row), "", found.uid))
    return known


def alike_persons(rows: list[Any]) -> dict[str, str]:
    """Return likeness → uid for persons who share a telephone with a row."""
    _, by_phone = _persons_by(rows)
    indexed = {phone_index_of(row.phone): row for row in rows}
    return {indexed[index].likeness(): people[0].uid for index, people in by_phone.items()}


def _persons_by(rows: list[Any]) -> tuple[dict[str, Person], dict[str, list[Person]]]:
    digests = {_id_index(row) for row in rows} - {""}
    phones = {phone_index_of(row.phone) for row in rows}
    found = Person.objects.filter(Q(id_digest__in=digests) | Q(phone_index__in=phones)).filter(erased_at=None)
    by_phone: dict[str, list[Person]] = {}
    by_id: dict[str, Person] = {}
    for person in found.order_by("id"):
        by_phone.setdefault(person.phone_index, []).append(person)
        if person.id_digest:
            by_id[person.id_digest] = person
    return by_id, {index: people for index, people in by_phone.items() if index in phones}


def _id_index(row: Any) -> str:
    from yuanmeng.core.fields import blind_index

    return blind_index(row.id_number)


def nouns_of(kind: str) -> str:
    """Return the word for what the rows of a kind become."""
    return {Kind.VACANCIES: "vacancy", Kind.SEEKERS: "person", Kind.ORGANISATIONS: "organisation"}[Kind(kind)]

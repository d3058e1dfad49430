from __future__ import annotations

from datetime import datetime
from typing import Any

import pytest
from cryptography.exceptions import InvalidTag
from django.db import connection

from tests import factories
from yuanmeng.core.fields import blind_index
from yuanmeng.people.models import Person, phone_index_of

PHONE = "12098761234"
ID_NUMBER = "319999198003150011"


@pytest.fixture
def person(db: Any, at: datetime) -> Person:
    row = factories.person("甲", at=at, phone=PHONE)
    row.set_id_number(ID_NUMBER)
    row.save()
    return row


def test_it_reads_back_what_was_written(person: Person) -> None:
    again = Person.objects.get(pk=person.pk)
    assert (again.phone, again.id_number) == (PHONE, ID_NUMBER)


def test_the_database_file_holds_neither_number(person: Person) -> None:
    if connection.vendor != "sqlite":
        pytest.skip("PostgreSQL's files cannot be read from here; the cell is looked at instead")
    held = connection.connection.serialize()
    assert "甲".encode() in held
    assert PHONE.encode() not in held
    assert ID_NUMBER.encode() not in held


def test_the_cell_holds_no_plain_text(person: Person) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT phone, id_number FROM people_person WHERE id = %s", [person.pk])
        cells = [bytes(cell) for cell in cursor.fetchone()]
    assert all(len(cell) > 28 for cell in cells)
    assert PHONE.encode() not in cells[0]
    assert ID_NUMBER.encode() not in cells[1]


def test_a_cell_copied_to_another_row_does_not_open(person: Person, at: datetime) -> None:
    other = factories.person("乙", at=at)
    _swap("UPDATE people_person SET phone = (SELECT phone FROM people_person WHERE id = %s) WHERE id = %s",
          person.pk, other.pk)  # fmt: skip
    with pytest.raises(InvalidTag):
        _ = Person.objects.get(pk=other.pk).phone


def test_a_cell_copied_to_another_column_does_not_open(person: Person) -> None:
    _swap("UPDATE people_person SET email = phone WHERE id = %s", person.pk)
    with pytest.raises(InvalidTag):
        _ = Person.objects.get(pk=person.pk).email


def test_equal_numbers_are_sealed_differently_but_found_alike(person: Person, at: datetime) -> None:
    other = factories.person("乙", at=at, phone=PHONE)
    with connection.cursor() as cursor:
        cursor.execute("SELECT phone FROM people_person WHERE id IN (%s, %s)", [person.pk, other.pk])
        first, second = (bytes(row[0]) for row in cursor.fetchall())
    assert first != second
    assert set(Person.objects.filter(phone_index=phone_index_of("+86 120 9876 1234"))) == {person, other}


def test_the_index_needs_the_key(settings: Any) -> None:
    from yuanmeng.core.keys import Keyring

    before = blind_index(PHONE)
    settings.KEYS = Keyring.from_phrase("another house")
    assert blind_index(PHONE) != before


def test_a_bulk_update_of_a_sealed_field_is_refused(person: Person) -> None:
    with pytest.raises(TypeError, match="sealed per row"):
        Person.objects.filter(pk=person.pk).update(phone="12000000000")


def test_saving_a_row_whose_seal_was_not_opened_keeps_it(person: Person) -> None:
    again = Person.objects.get(pk=person.pk)
    again.name = "甲改"
    again.save()
    assert Person.objects.get(pk=person.pk).phone == PHONE


def _swap(statement: str, *values: int) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)

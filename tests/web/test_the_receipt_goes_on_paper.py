"""The receipt as a PDF: the number and the officer, no name and no phone, and only for whom it concerns."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pypdfium2
import pytest
from django.test import Client
from django.utils import timezone

from tests.web.phones import logged_in, sent_by
from yuanmeng.applications.models import Application
from yuanmeng.counsel.models import Shift
from yuanmeng.web.shared import paper

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _now(monkeypatch: pytest.MonkeyPatch, at: datetime) -> None:
    monkeypatch.setattr(timezone, "now", lambda: at)


@pytest.fixture
def phone(li: Any, at: datetime) -> Client:
    return logged_in(li, at)


@pytest.fixture
def sent(phone: Client, li: Any, barista: Any, at: datetime) -> Application:
    return sent_by(li, barista, at=at)


def words(answer: Any) -> tuple[int, str]:
    """Return how many pages a PDF has and all that is written on it, without spaces."""
    assert (answer.status_code, answer["Content-Type"]) == (200, "application/pdf")
    document = pypdfium2.PdfDocument(answer.content)
    said = "".join(page.get_textpage().get_text_bounded() for page in document)
    return len(document), "".join(said.split())


def test_it_names_the_number_the_vacancy_and_the_officer(
    phone: Client, sent: Application, li: Any, chen: Any, operator: Any, at: datetime
) -> None:
    Shift.objects.create(user=chen, starts_at=at - timedelta(hours=1), ends_at=at + timedelta(hours=3))
    address = f"/me/applications/{sent.uid}/receipt.pdf"
    assert address in phone.get(f"/me/applications/{sent.uid}/").content.decode()
    answer = phone.get(address)
    pages, said = words(answer)
    assert pages == 1
    for expected in (sent.number, sent.vacancy.title, sent.vacancy.organisation.name, str(chen)):
        assert "".join(expected.split()) in said
    assert li.person.name not in said and li.person.phone not in said
    assert "no-store" in answer["Cache-Control"]


def test_it_comes_in_english(phone: Client, sent: Application) -> None:
    _pages, said = words(phone.get(f"/me/applications/{sent.uid}/receipt.pdf?lang=en"))
    assert "Receiptofyourapplication" in said


def test_nobody_elses(sent: Application, zhou: Any, at: datetime) -> None:
    assert logged_in(zhou, at).get(f"/me/applications/{sent.uid}/receipt.pdf").status_code == 404


def test_the_desk_prints_it_for_those_in_its_care(
    client: Client, sent: Application, li: Any, chen: Any, at: datetime
) -> None:
    client.force_login(chen)
    at_desk = f"/desk/applications/{sent.uid}/receipt.pdf"
    assert client.get(at_desk).status_code == 404
    li.owner = chen
    li.save()
    assert sent.number in words(client.get(at_desk))[1]
    assert at_desk in client.get(f"/desk/people/{li.person.uid}/").content.decode()


def test_a_machine_that_cannot_print_says_why(
    phone: Client, sent: Application, monkeypatch: pytest.MonkeyPatch
) -> None:
    def lacking() -> Any:
        raise paper.CannotPrint("缺少 weasyprint")

    monkeypatch.setattr(paper, "_weasyprint", lacking)
    answer = phone.get(f"/me/applications/{sent.uid}/receipt.pdf")
    assert answer.status_code == 409
    assert "缺少 weasyprint" in answer.content.decode()

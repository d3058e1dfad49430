"""The receipt of an application (回执): what the kiosk shows and prints, and the same as a PDF.

It names the application's number and who looks after it, and neither the name nor the phone of the applicant:
slips are left lying.
"""

from __future__ import annotations

from importlib import resources
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.http import HttpResponse
from django.template.loader import render_to_string

from yuanmeng.counsel import duty
from yuanmeng.counsel.models import FollowUp
from yuanmeng.web.shared import handing_over, paper

if TYPE_CHECKING:
    from datetime import datetime

    from yuanmeng.applications.models import Application


def facts(row: Application, *, at: datetime) -> dict[str, Any]:
    """This will be what shared/_slip.html needs."""
    return {
        "application": row, "officer": officer(row, at=at),
        "qr": handing_over.picture(handing_over.of_application(row.uid)),
    }  # fmt: skip


def officer(row: Application, *, at: datetime) -> str:
    """Who calls if nobody answers: on whose pile it lies, or will when the desk has read the news."""
    todo = FollowUp.objects.filter(application=row).exclude(assigned_to=None).first()
    who = todo.assigned_to if todo else duty.who_looks_after(row.seeker, at=at)
    return str(who) if who else ""


def pdf(row: Application, *, at: datetime) -> bytes:
    """This will be the receipt on one page of A5. Raises paper.CannotPrint."""
    html = render_to_string("shared/receipt.html", facts(row, at=at) | {"demo": settings.DEMO_MODE})
    look = resources.files("yuanmeng.web.shared").joinpath("receipt.css").read_text("utf-8")
    return paper.once_an_hour(html, lambda: paper.written(paper.laid_out(html, look)))


def answer(row: Application, *, at: datetime) -> HttpResponse:
    """This will be the PDF, opened in the browser. Raises paper.CannotPrint."""
    name = f'inline; filename="receipt-{row.number}.pdf"'
    made = pdf(row, at=at)
    return HttpResponse(made, content_type="application/pdf", headers={"Content-Disposition": name})

"""举报: anybody may report a posting, without a name (人力资源市场暂行条例 29)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from yuanmeng.vacancies.models import Report
from yuanmeng.web.citizen import browse
from yuanmeng.web.citizen.forms import ReportForm
from yuanmeng.web.shared import once
from yuanmeng.web.shared.rights import for_everybody

if TYPE_CHECKING:
    from yuanmeng.vacancies.models import Vacancy
    from yuanmeng.web.shared.door import HouseRequest


@for_everybody
@require_http_methods(["GET", "POST"])
def report(request: HouseRequest, uid: str) -> HttpResponse:
    """This will take a report and hand it to the reviewers."""
    vacancy = browse.shown_vacancy(uid)
    form = ReportForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        path = once.per_form(request, lambda: _make(request, vacancy, form))
        messages.success(
            request, _("Thank you. A reviewer looks at it on the next working day at the latest.")
        )
        return HttpResponseRedirect(path)
    status = 200 if request.method == "GET" else 422
    return render(request, "citizen/report.html", {"vacancy": vacancy, "form": form}, status=status)


def _make(request: HouseRequest, vacancy: Vacancy, form: ReportForm) -> str:
    by = request.user if request.user.is_authenticated else None
    said = form.cleaned_data
    Report.make(vacancy, reason=said["reason"], words=said["words"], by=by, at=request.at)
    return reverse("citizen:vacancy", args=[vacancy.uid])

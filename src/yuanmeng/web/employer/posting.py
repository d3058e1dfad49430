"""Writing a vacancy with the gate beside it: each finding names its clause and the better words."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from yuanmeng.vacancies import gate, posting
from yuanmeng.vacancies.screen import Finding, apply_suggestions
from yuanmeng.web.employer import clients
from yuanmeng.web.employer.forms import FIELD_OF, VacancyForm
from yuanmeng.web.employer.who import for_recruiters, own_vacancy
from yuanmeng.web.shared import once

if TYPE_CHECKING:
    from django.http import HttpResponse

    from yuanmeng.organisations.models import Organisation
    from yuanmeng.vacancies.models import Vacancy
    from yuanmeng.web.shared.door import MemberRequest


@dataclass(frozen=True)
class Shown:
    """One finding as the form shows it. `value` is the whole field with the better words in place."""

    finding: Finding
    number: int
    field: str
    field_label: str
    value: str | None


@for_recruiters
@require_http_methods(["GET", "POST"])
def new(request: MemberRequest, organisation: Organisation) -> HttpResponse:
    """This will write a new vacancy."""
    vacancy = clients.begun(organisation, request.GET.get("client", ""), at=request.at)
    if vacancy is None:
        messages.info(request, _("For whom? Choose the client; its mandate has to be active."))
        return redirect("employer:clients")
    place = vacancy.organisation.place
    form = VacancyForm(request.POST or None, vacancy=vacancy, at_address=place.address if place else "")
    return _worked_on(request, vacancy, form)


@for_recruiters
@require_http_methods(["GET", "POST"])
def edit(request: MemberRequest, organisation: Organisation, uid: str) -> HttpResponse:
    """This will go on with a draft or correct what the reviewer returned."""
    vacancy = own_vacancy(organisation, uid)
    if vacancy.state not in posting.EDITABLE:
        return redirect("employer:vacancy", uid)
    return _worked_on(request, vacancy, VacancyForm(request.POST or None, vacancy=vacancy))


@for_recruiters
@require_POST
def check(request: MemberRequest, organisation: Organisation, uid: str = "") -> HttpResponse:
    """This will answer the form while it is being written: only the findings, nothing is saved."""
    begun = clients.begun(organisation, request.GET.get("client", ""), at=request.at)
    vacancy = own_vacancy(organisation, uid) if uid else begun
    if vacancy is None:
        raise Http404
    form = VacancyForm(request.POST, vacancy=vacancy)
    form.is_valid()
    return render(request, "employer/_gate.html", _asked(vacancy, form) | {"form": form})


def _worked_on(request: MemberRequest, vacancy: Vacancy, form: VacancyForm) -> HttpResponse:
    """Show the form, put better words in, save or hand in: one page, four buttons."""
    if request.method == "GET":
        return _page(request, vacancy, form)
    valid = form.is_valid()
    if "use" in request.POST:
        return _page(request, vacancy, _reworded(request, vacancy, form))
    if not valid:
        return _page(request, vacancy, form, status=422)
    handing_in = request.POST.get("do") == "submit"
    try:
        return redirect(once.per_form(request, lambda: _save(request, vacancy, form, handing_in)))
    except gate.Blocked as blocked:
        messages.error(request, str(blocked))
        return _page(request, _as_stored(vacancy), form, status=422)
    except posting.ChangedMeanwhile as stale:
        mine = _with(request, vacancy, version=str(vacancy.version))
        return _page(request, vacancy, mine, status=409, stale=stale, theirs=VacancyForm(vacancy=vacancy))


def _save(request: MemberRequest, vacancy: Vacancy, form: VacancyForm, handing_in: bool) -> str:
    """Both or neither: what the gate holds is not saved as handed in, and stays on the screen."""
    facts, address = form.facts(), form.cleaned_data["address"]
    acts: dict[str, Any] = {"by": request.user, "at": request.at}
    if vacancy.pk is None:
        entrusted = {"agency": vacancy.agency, "source": vacancy.source} if vacancy.agency else {}
        vacancy = posting.draft(vacancy.organisation, address=address, **acts, **facts, **entrusted)
    else:
        version = form.cleaned_data["version"] or 0
        posting.revise(vacancy, address=address, version=version, **acts, **facts)
    if handing_in:
        vacancy.submit(**acts)
        messages.success(request, _("Handed in. A reviewer looks at it, usually on the same day."))
    else:
        messages.success(request, _("Saved as a draft. Nobody else sees it yet."))
    return f"/employer/vacancies/{vacancy.uid}/"


def _as_stored(vacancy: Vacancy) -> Vacancy:
    """The refused transaction was undone; a new vacancy has no row, an old one its old words."""
    if vacancy.pk is None:
        return vacancy
    return Vacancy.objects.select_related("organisation", "place", "agency").filter(uid=vacancy.uid)[0]


def _page(
    request: MemberRequest, vacancy: Vacancy, form: VacancyForm, *, status: int = 200, **more: Any
) -> HttpResponse:
    facts = _asked(vacancy, form) | {"form": form, "vacancy": vacancy, **more}
    facts["lacks"] = clients.lacks(vacancy, at=request.at)
    return render(request, "employer/post.html", facts, status=status)


def _asked(vacancy: Vacancy, form: VacancyForm) -> dict[str, Any]:
    """What the gate says about the form as it stands, before anything is saved."""
    shown = [_shown(found, number, form) for number, found in enumerate(_findings(vacancy, form))]
    return {
        "blocks": [one for one in shown if one.finding.blocks],
        "warnings": [one for one in shown if not one.finding.blocks],
    }


def _findings(vacancy: Vacancy, form: VacancyForm) -> list[Finding]:
    if not form.is_bound and vacancy.pk is None:
        # Nobody likes to be told off before writing the first word.
        return []
    if form.is_bound:
        known = getattr(form, "cleaned_data", {})
        facts = form.facts() if "title" in known else form.facts() | {"title": ""}
        vacancy = posting.sketch(vacancy, facts, address=known.get("address", ""))
    return gate.findings_of(vacancy, on=timezone.localdate())


def _shown(finding: Finding, number: int, form: VacancyForm) -> Shown:
    name = FIELD_OF.get(finding.field, finding.field)
    label = str(form.fields[name].label) if name in form.fields else ""
    text = _text(form, name)
    fits = finding.wording is not None and text[finding.start : finding.end] == finding.text != ""
    return Shown(finding, number, name, label, apply_suggestions(text, [finding]) if fits else None)


def _text(form: VacancyForm, name: str) -> str:
    """The field as the gate read it: what was typed with its ends trimmed, or what is stored."""
    known = form.cleaned_data.get(name) if form.is_bound else form.initial.get(name)
    return str(known or "") if name in form.fields else ""


def _reworded(request: MemberRequest, vacancy: Vacancy, form: VacancyForm) -> VacancyForm:
    """The same form with the better words of one finding, or of all of them, in place."""
    wanted = request.POST["use"]
    chosen = [f for n, f in enumerate(_findings(vacancy, form)) if wanted in {"all", str(n)}]
    names = {finding.field for finding in chosen if finding.field in form.fields}
    better = {
        name: apply_suggestions(_text(form, name), [f for f in chosen if f.field == name]) for name in names
    }
    return _with(request, vacancy, **better)


def _with(request: MemberRequest, vacancy: Vacancy, **values: str) -> VacancyForm:
    """What was sent, with some values in place of what was typed."""
    data = request.POST.copy()
    for name, value in values.items():
        data[name] = value
    form = VacancyForm(data, vacancy=vacancy)
    form.is_valid()
    return form

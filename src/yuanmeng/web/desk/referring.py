"""Referring somebody, or applying on their behalf: pick the vacancy, ask for their word, send."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from yuanmeng.applications.models import AlreadyApplied, Application, Referral, Via
from yuanmeng.core.errors import Refused
from yuanmeng.people import codes
from yuanmeng.recommend import door as recommending
from yuanmeng.vacancies.models import Vacancy
from yuanmeng.vacancies.search import VacancyQuery, search
from yuanmeng.web.desk import seeing
from yuanmeng.web.desk.forms import ConsentForm
from yuanmeng.web.shared import consenting, door, once
from yuanmeng.web.shared.rights import open_to

if TYPE_CHECKING:
    from yuanmeng.web.desk.seeing import File
    from yuanmeng.web.shared.door import MemberRequest

CODE_FOR = "referral"
SHOWN = 12


@open_to("counsellor", "front_desk")
@never_cache
@require_safe
def vacancies(request: MemberRequest, uid: str) -> HttpResponse:
    """This will let one look for any open vacancy for a person, newest first."""
    file = seeing.acting_file(request, uid)
    typed = request.GET.get("q", "").strip()[:60]
    query = VacancyQuery.parse({"q": typed, "size": SHOWN})
    found = search(query, at=request.at, with_facets=False)
    facts = {
        "file": file,
        "typed": typed,
        "found": found,
        "rows": [vacancy for vacancy, _way in found.rows()],
    }
    return render(request, "desk/choose.html", facts)


@dataclass(frozen=True)
class Intent:
    """What is about to be sent: whose file, for which vacancy, as a referral or on their behalf."""

    file: File
    vacancy: Vacancy
    referral: Referral | None
    on_behalf: bool


@open_to("counsellor", "front_desk")
@never_cache
@sensitive_post_parameters("code")
@require_http_methods(["GET", "POST"])
def refer(request: MemberRequest, uid: str, vacancy_uid: str) -> HttpResponse:
    """This will ask for the person's word and send: on their behalf, or as a counsellor's referral."""
    intent = _intent(request, uid, vacancy_uid)
    form = ConsentForm(request.POST or None, may_ask_later=not intent.on_behalf and intent.referral is None)
    if request.method == "GET":
        return _show(request, intent, form)
    if "send_code" in request.POST:
        return _send_code(request, intent)
    return _submit(request, intent, form) if form.is_valid() else _show(request, intent, form, status=422)


def _intent(request: MemberRequest, uid: str, vacancy_uid: str) -> Intent:
    file = seeing.acting_file(request, uid)
    vacancy = Vacancy.objects.select_related("organisation", "place").filter(uid=vacancy_uid).first()
    if vacancy is None or not vacancy.is_open_on(timezone.localdate(request.at)):
        raise Http404
    on_behalf = not request.viewer.has("counsellor") or request.GET.get("as") == "application"
    waiting = file.seeker.referrals.waiting().filter(vacancy=vacancy).first()
    return Intent(file, vacancy, None if on_behalf else waiting, on_behalf)


def _show(
    request: MemberRequest, intent: Intent, form: ConsentForm, *, status: int = 200, sent: bool = False,
    shown: str | None = None,
) -> HttpResponse:  # fmt: skip
    why = recommending.explain(intent.file.seeker, intent.vacancy, at=request.at, reader="officer")
    facts = {
        "intent": intent, "file": intent.file, "vacancy": intent.vacancy, "form": form, "why": why,
        "sheet": consenting.sheet_for(intent.vacancy), "sent": sent, "shown": shown,
    }  # fmt: skip
    return render(request, "desk/refer.html", facts, status=status)


def _send_code(request: MemberRequest, intent: Intent) -> HttpResponse:
    """Send a code whose message says what it agrees to; what was typed stays."""
    phone = intent.file.person.phone
    if not phone:
        raise Refused(
            _("There is no phone number in this file. Please let the person agree in front of you.")
        )
    typed = {name: request.POST.get(name, "") for name in ("evidence", "note", "once")} | {"way": "code"}
    form = ConsentForm(initial=typed, may_ask_later=not intent.on_behalf and intent.referral is None)
    words = _consent_words(request, intent)
    asked = codes.ask(phone, session=door.asker(request), purpose=CODE_FOR, at=request.at, words=words)
    return _show(request, intent, form, sent=True, shown=asked.shown)


def _consent_words(request: MemberRequest, intent: Intent) -> str:
    """The one code people may tell us: the message names officer, receiver and job."""
    words = _(
        "Yuanmeng: %(officer)s would like to send your file to %(receiver)s for “%(title)s”. If you agree, "
        "tell them the code %(code)s, valid for 10 minutes. If not, ignore this; nothing is sent."
    )
    names = {
        "officer": request.user,
        "receiver": intent.vacancy.organisation.name,
        "title": intent.vacancy.title,
    }
    # The code is put in where it is made; percent signs of names must survive until then.
    return words % {**{k: str(v).replace("%", "%%") for k, v in names.items()}, "code": "%(code)s"}


def _submit(request: MemberRequest, intent: Intent, form: ConsentForm) -> HttpResponse:
    said = form.cleaned_data
    try:
        path = once.per_form(
            request, lambda: _act(request, intent, said), first=lambda: _prove(request, intent, said)
        )
    except codes.CodeRefused as refusal:
        form.add_error("code", str(refusal))
        return _show(request, intent, form, status=422, sent=True)
    except AlreadyApplied:
        messages.info(request, _("This person has applied for this vacancy already."))
        return redirect("desk:person", intent.file.uid)
    messages.success(
        request, _("Proposed. We will remind you to ask.") if said["way"] == "ask_first" else _("Sent.")
    )
    return HttpResponseRedirect(path)


def _prove(request: MemberRequest, intent: Intent, said: dict[str, Any]) -> None:
    if said["way"] == "code":
        phone = intent.file.person.phone
        codes.check(phone, said["code"], session=door.asker(request), purpose=CODE_FOR, at=request.at)


def _act(request: MemberRequest, intent: Intent, said: dict[str, Any]) -> str:
    if intent.on_behalf:
        _apply(request, intent, said)
    else:
        _refer(request, intent, said)
    seeing.note_look(request, "provided", about=intent.file.person, fields="application.snapshot")
    return reverse("desk:person", args=[intent.file.uid])


def _apply(request: MemberRequest, intent: Intent, said: dict[str, Any]) -> Application:
    sheet = consenting.sheet_for(intent.vacancy)
    return Application.submit(
        seeker=intent.file.seeker, vacancy=intent.vacancy, via=Via.DESK, by=request.user, at=request.at,
        on_behalf_by=request.user, words=said["note"], consent_text=sheet.text,
        consent_version=consenting.VERSION, evidence=_evidence(request, said),
    )  # fmt: skip


def _refer(request: MemberRequest, intent: Intent, said: dict[str, Any]) -> None:
    """Propose it, and where the person has agreed, send it: all or nothing."""
    by, at = request.user, request.at
    with transaction.atomic():
        row = intent.referral or _propose(intent, said, by=by, at=at)
        if said["way"] == "ask_first":
            return
        if row.state == "proposed":
            row.agree(by=by, at=at)
        sheet = consenting.sheet_for(intent.vacancy)
        row.send(
            by=by, at=at, consent_text=sheet.text, consent_version=consenting.VERSION,
            evidence=_evidence(request, said), words=said["note"],
        )  # fmt: skip


def _propose(intent: Intent, said: dict[str, Any], *, by: Any, at: datetime) -> Referral:
    """Keep score and reasons as they are now: later nobody could say why."""
    why = recommending.explain(intent.file.seeker, intent.vacancy, at=at, reader="officer")
    return Referral.propose(
        officer=by, seeker=intent.file.seeker, vacancy=intent.vacancy, at=at, score=why.score,
        reasons=why.facts, note=said["note"],
    )  # fmt: skip


def _evidence(request: MemberRequest, said: dict[str, Any]) -> str:
    if said["way"] == "code":
        return _("Phone code, asked for by %(officer)s") % {"officer": str(request.user)}
    return f"{said['evidence'].strip()} ({request.user})"[:120]


@open_to("counsellor")
@require_POST
def declined(request: MemberRequest, uid: str) -> HttpResponse:
    """This will note that the person does not want what was proposed; nobody asks again."""
    row = Referral.objects.select_related("seeker__person").filter(uid=uid).first()
    if row is None:
        raise Http404
    file = seeing.acting_file(request, row.seeker.person.uid)
    row.decline(by=request.user, at=request.at, reason=request.POST.get("reason", "")[:40])
    messages.success(request, _("Written down. It will not be proposed again."))
    return redirect("desk:person", file.uid)

"""One person's file: facts, to-dos, what fits, applications, and one timeline."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from yuanmeng.counsel import contact, ledger, timeline
from yuanmeng.counsel.models import FollowUp, FollowUpKind
from yuanmeng.organisations.models import Role
from yuanmeng.recommend import door as recommending
from yuanmeng.recommend.models import Answer, DeclineReason, Suggestion
from yuanmeng.seekers import wishes
from yuanmeng.web.desk import seeing
from yuanmeng.web.desk.forms import ContactForm, ReminderForm, WishesForm
from yuanmeng.web.shared import once
from yuanmeng.web.shared.rights import open_to

if TYPE_CHECKING:
    from yuanmeng.seekers.models import Seeker
    from yuanmeng.web.desk.seeing import File
    from yuanmeng.web.shared.door import MemberRequest

SUGGESTED = 4


@open_to("counsellor", "front_desk")
@never_cache
@require_safe
def person(request: MemberRequest, uid: str) -> HttpResponse:
    """This will show one file as far as the viewer may read it; the look is written down."""
    file = seeing.open_file(request, uid)
    seeing.note_look(request, "read", about=file.person, fields=",".join(sorted(file.seen))[:200])
    return render(request, "desk/person.html", _facts(request, file))


def _facts(request: MemberRequest, file: File, form: ContactForm | None = None) -> dict[str, Any]:
    facts: dict[str, Any] = {
        "file": file,
        "seeker": file.seeker,
        "counsels": request.viewer.has(Role.COUNSELLOR),
    }
    if file.is_open:
        facts |= {"applications": _applications(file.seeker)}
    if file.is_open and facts["counsels"]:
        facts |= _of_counsellor(request, file, form)
    return facts


def _of_counsellor(request: MemberRequest, file: File, form: ContactForm | None) -> dict[str, Any]:
    waiting = _waiting(request, file)
    page = _page(request)
    return {
        "waiting": waiting,
        "form": form or _contact_form(request, waiting),
        "reminder": ReminderForm(auto_id="reminder_%s"),
        "lines": recommending.suggest_vacancies(
            file.seeker, at=request.at, limit=SUGGESTED, reader="officer"
        ),
        "answer_reasons": DeclineReason.choices,
        "missing": recommending.missing_fields(file.seeker, at=request.at),
        "referrals": file.seeker.referrals.waiting().select_related("vacancy__organisation", "officer"),
        "entitlements": ledger.entitlements(file.person, at=request.at),
        "story": timeline.of(file.seeker, page=page),
        "page": page,
        "resume": file.seeker.resume,
        "today": timezone.localdate(request.at),
    }


def _page(request: MemberRequest) -> int:
    asked = request.GET.get("page", "1")
    return min(int(asked), 500) if asked.isdecimal() and int(asked) > 0 else 1


def _applications(seeker: Seeker) -> list[Any]:
    rows = seeker.applications.select_related("vacancy__organisation", "referral", "on_behalf_by")
    return list(rows.order_by("-submitted_at", "-id")[:12])


def _waiting(request: MemberRequest, file: File) -> list[FollowUp]:
    """The to-dos about this person on one's own desk or on the common pile."""
    rows = (
        FollowUp.objects.of(request.user).filter(person=file.person).select_related("vacancy", "application")
    )
    return list(rows.order_by("due_on", "id"))


def _contact_form(request: MemberRequest, waiting: list[FollowUp]) -> ContactForm:
    """The form settles what is due; who came from one to-do of the list means that one too."""
    form = ContactForm(request.POST or None, waiting=waiting, today=timezone.localdate(request.at))
    if request.GET.get("todo"):
        form.initial["settles"].append(request.GET["todo"])
    return form


@open_to("counsellor")
@require_POST
def contacted(request: MemberRequest, uid: str) -> HttpResponse:
    """This will write down a talk. From the to-do list it is one click, one chip and Enter."""
    file = seeing.acting_file(request, uid)
    form = _contact_form(request, _waiting(request, file))
    if not form.is_valid():
        return render(request, "desk/person.html", _facts(request, file, form), status=422)

    def write() -> str:
        contact.record(file.person, by=request.user, at=request.at, **form.facts())
        return reverse("desk:person", args=[uid])

    path = once.per_form(request, write)
    messages.success(request, _("Written down."))
    return HttpResponseRedirect(path)


@open_to("counsellor")
@require_POST
def reminded(request: MemberRequest, uid: str) -> HttpResponse:
    """This will write oneself a to-do about this person."""
    file = seeing.acting_file(request, uid)
    form = ReminderForm(request.POST, auto_id="reminder_%s")
    if not form.is_valid():
        messages.error(request, _("Please say what is to be done, and by when."))
        return redirect("desk:person", uid)
    said = form.cleaned_data

    def write() -> str:
        FollowUp.remind(
            file.person, by=request.user, at=request.at, due_on=said["due_on"], words=said["words"]
        )
        return reverse("desk:person", args=[uid])

    return HttpResponseRedirect(once.per_form(request, write))


@open_to("counsellor")
@require_POST
def visit(request: MemberRequest, uid: str) -> HttpResponse:
    """This will note that the person is here now: the file opens, and the visit waits to be written down."""
    file = seeing.open_file(request, uid)
    if not file.in_care:
        today = timezone.localdate(request.at)
        FollowUp.remind(
            file.person, by=request.user, at=request.at, due_on=today, kind=FollowUpKind.HELP_WANTED
        )
        seeing.note_look(request, "visit", about=file.person, reason="here at the desk")
    return redirect("desk:person", uid)


@open_to("counsellor")
@require_POST
def taken_on(request: MemberRequest, uid: str) -> HttpResponse:
    """This will take a person nobody looks after into one's own caseload."""
    file = seeing.open_file(request, uid)
    if file.seeker.owner_id is not None:
        raise Http404
    file.seeker.change(by=request.user, at=request.at, owner=request.user)
    seeing.note_look(request, "taken_on", about=file.person)
    messages.success(request, _("This person is in your caseload now."))
    return redirect("desk:person", uid)


# --- What somebody can do and wants ----------------------------------------------------------

SAME = ("wanted_text", "commute_max_minutes", "intention", "education", "years_experience", "last_job")


@open_to("counsellor")
@never_cache
@require_http_methods(["GET", "POST"])
def wished(request: MemberRequest, uid: str) -> HttpResponse:
    """This will change what somebody can do and wants; new suggestions follow within seconds."""
    file = seeing.acting_file(request, uid)
    form = WishesForm(request.POST or None, initial=_as_form(file.seeker))
    if request.method == "POST" and form.is_valid():
        file.seeker.change(by=request.user, at=request.at, **_as_facts(form.cleaned_data))
        messages.success(request, _("Saved. New suggestions follow in a few seconds."))
        return redirect("desk:person", uid)
    status = 200 if request.method == "GET" else 422
    return render(request, "desk/wishes.html", {"file": file, "form": form}, status=status)


def _as_form(seeker: Seeker) -> dict[str, Any]:
    floor = seeker.pay_floor_fen
    return {name: getattr(seeker, name) for name in SAME} | {
        "skills": "、".join(seeker.skills),
        "certificates": "、".join(seeker.certificates),
        "pay_floor_yuan": floor // 100 if floor else None,
    }


def _as_facts(said: dict[str, Any]) -> dict[str, Any]:
    floor = said["pay_floor_yuan"]
    return {name: said[name] for name in SAME} | {
        "skills": wishes.parts(said["skills"], by_space=True),
        "certificates": wishes.parts(said["certificates"]),
        "pay_floor_fen": floor * 100 if floor else None,
        "wanted_occupation_codes": wishes.occupations_in(said["wanted_text"]),
    }


@open_to("counsellor")
@require_POST
def not_for_them(request: MemberRequest, uid: str) -> HttpResponse:
    """This will note what the person says no to and why; their list follows at once."""
    rows = Suggestion.objects.select_related("seeker__person", "vacancy")
    row = rows.filter(uid=uid, seeker__recommendations_on=True).first()
    if row is None:
        raise Http404
    file = seeing.acting_file(request, row.seeker.person.uid)
    given = request.POST.get("reason", "")
    reason = given if given in DeclineReason.values else DeclineReason.OTHER
    recommending.answer(row, Answer.DECLINED, by=request.user, at=request.at, reason=reason)
    messages.success(request, _("Written down. What fits was compared anew."))
    return redirect("desk:person", file.uid)

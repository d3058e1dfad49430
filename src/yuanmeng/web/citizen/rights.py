"""My data: switches, consents, hidden employers, receivers, export, deletion."""

from __future__ import annotations

from functools import wraps
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from django.contrib import messages
from django.contrib.auth import logout
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from yuanmeng.core import audit, events
from yuanmeng.core.errors import Refused
from yuanmeng.core.text import normal
from yuanmeng.organisations.models import Organisation
from yuanmeng.people.models import Consent, Purpose
from yuanmeng.recommend import door as recommending
from yuanmeng.recommend import words
from yuanmeng.seekers import schools
from yuanmeng.web.citizen.forms import CodeForm
from yuanmeng.web.citizen.mine import for_me
from yuanmeng.web.shared import consenting, door, limits, own_data, signing_in

if TYPE_CHECKING:
    from collections.abc import Callable

    from yuanmeng.people.models import Person
    from yuanmeng.seekers.models import Seeker
    from yuanmeng.web.shared.door import MemberRequest

    View = Callable[..., HttpResponse]

FOUND_AT_MOST = 10


@for_me
@require_safe
def overview(request: MemberRequest, seeker: Seeker) -> HttpResponse:
    """This will show every right with its button."""
    facts = {
        "seeker": seeker, "person": seeker.person, "receivers": own_data.receivers_of(seeker.person),
        "seen": own_data.who_saw(seeker.person)[:20], "hidden": seeker.hidden_organisations.order_by("name"),
        "consents": _standing(seeker.person), "fresh": signing_in.is_fresh(request),
        "suggested": _suggested_consent(seeker.person) is not None, **_found_employers(request),
        "schools": Organisation.objects.filter(kind="university").order_by("name"),
        "following": _following(seeker.person),
        "leaning": words.leaning(recommending.leaning_of(seeker, at=request.at)),
        "declined": recommending.declined(seeker).count(),
        "tags": words.tags(tags := recommending.tags(seeker, at=request.at)), "chose": "chose_titles" in tags,
    }  # fmt: skip
    return render(request, "citizen/privacy.html", facts)


def _standing(person: Person) -> list[Consent]:
    """Consents of their own; those of applications end with the application, and the switch has its own."""
    other = person.consents.filter(withdrawn_at=None).exclude(
        purpose__in=[Purpose.SEND_TO_EMPLOYER, Purpose.SUGGESTED_TO_EMPLOYERS, Purpose.SERVICE, "school"]
    )
    return list(other.order_by("-given_at"))


def _found_employers(request: MemberRequest) -> dict[str, Any]:
    asked = request.GET.get("employer", "").strip()[:60]
    if not asked:
        return {"asked": "", "employers": []}
    named = Organisation.objects.filter(
        kind__in=["employer", "hr_agency"], name_normal__contains=normal(asked)
    )
    return {"asked": asked, "employers": named.order_by("name")[:FOUND_AT_MOST]}


@for_me
@require_POST
def switch(request: MemberRequest, seeker: Seeker) -> HttpResponse:
    """This will switch personal recommendations on or off (PIPL 24); off means newest and nearest."""
    on = request.POST.get("on") == "1"
    seeker.set_recommendations(on, by=request.user, at=request.at)
    if not on:
        recommending.forget(seeker)
    messages.success(
        request,
        _("Recommendations are on again.")
        if on
        else _(
            "Recommendations are off and what they were made from is deleted. "
            "Lists show the newest and nearest."
        ),
    )
    return _back()


@for_me
@require_POST
def forget_choices(request: MemberRequest, seeker: Seeker) -> HttpResponse:
    """This will no longer count what I applied for or kept so far (算法推荐 17)."""
    seeker.forget_choices(by=request.user, at=request.at)
    messages.success(request, _("Forgotten. Your list is made without what you chose so far."))
    return _back()


@for_me
@require_POST
def suggested_to_employers(request: MemberRequest, seeker: Seeker) -> HttpResponse:
    """This will agree, or agree no longer, to being shown to employers without a name."""
    standing = _suggested_consent(seeker.person)
    if request.POST.get("on") == "1" and standing is None:
        Consent.objects.create(
            person=seeker.person, purpose=Purpose.SUGGESTED_TO_EMPLOYERS, text_version=consenting.VERSION,
            channel="phone_web", given_at=request.at, fields=["education", "skills", "wanted_text"],
        )  # fmt: skip
    elif request.POST.get("on") != "1" and standing is not None:
        standing.withdraw(at=request.at)
    events.tell("seeker.changed", seeker, by=request.user, at=request.at, fields=["consents"])
    messages.success(request, _("Saved."))
    return _back()


def _suggested_consent(person: Person) -> Consent | None:
    return person.consents.filter(purpose=Purpose.SUGGESTED_TO_EMPLOYERS, withdrawn_at=None).first()


@for_me
@require_POST
def school(request: MemberRequest, seeker: Seeker) -> HttpResponse:
    """This will let my school follow how my search goes, or no school any more."""
    chosen = Organisation.objects.filter(kind="university", uid=request.POST.get("school", "")).first()
    if chosen is None:
        schools.stop(seeker, at=request.at)
        messages.success(request, _("No school follows your search any more."))
        return _back()
    schools.share(
        seeker, chosen, by=request.user, at=request.at, channel="phone_web", version=consenting.VERSION,
        text=consenting.to_school(chosen.name),
    )  # fmt: skip
    messages.success(request, _("%(school)s can follow your search now.") % {"school": chosen.name})
    return _back()


def _following(person: Person) -> Consent | None:
    return person.consents.filter(purpose=Purpose.SCHOOL, withdrawn_at=None).first()


@for_me
@require_POST
def withdraw_consent(request: MemberRequest, seeker: Seeker, uid: str) -> HttpResponse:
    """This will take one consent back; everything else works as before."""
    consent = seeker.person.consents.filter(uid=uid).first()
    if consent is None:
        raise Http404
    live = seeker.applications.still_open().filter(consent=consent).first()
    if live is not None:
        live.withdraw(by=request.user, at=request.at)
    consent.withdraw(at=request.at)
    audit.write("withdraw_consent", by=request.user, at=request.at, about=consent)
    messages.success(request, _("Your consent is taken back."))
    return _back()


@for_me
@require_POST
def hide(request: MemberRequest, seeker: Seeker) -> HttpResponse:
    """This will keep me out of one employer's sight."""
    organisation = Organisation.objects.filter(uid=request.POST.get("organisation", "")).first()
    if organisation is None:
        raise Http404
    seeker.hide_from(organisation, by=request.user, at=request.at)
    messages.success(
        request, _("%(employer)s will not be shown your profile.") % {"employer": organisation.name}
    )
    return _back()


@for_me
@require_POST
def show_again(request: MemberRequest, seeker: Seeker, uid: str) -> HttpResponse:
    """This will no longer hide me from an employer."""
    organisation = get_object_or_404(seeker.hidden_organisations, uid=uid)
    seeker.show_again_to(organisation, by=request.user, at=request.at)
    return _back()


def with_fresh_code(view: View) -> View:
    """This will ask for a code on the phone first, unless one was entered in the last ten minutes."""

    @wraps(view)
    def proved(request: MemberRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if signing_in.is_fresh(request):
            return view(request, *args, **kwargs)
        return redirect(reverse("citizen:code") + "?" + urlencode({"next": request.path}))

    return proved


@for_me
@sensitive_post_parameters("code")
@require_http_methods(["GET", "POST"])
def code(request: MemberRequest, seeker: Seeker) -> HttpResponse:
    """This will send a code to my phone and take it: before an export, before a deletion."""
    onward = door.next_path(request, reverse("citizen:privacy"))
    form, shown, sent = CodeForm(request.POST or None), None, False
    if request.method == "POST" and "code" not in request.POST:
        form = CodeForm()
        try:
            shown, sent = signing_in.ask_code(request, request.user.phone, purpose="confirm").shown, True
        except Refused as refusal:
            messages.error(request, str(refusal))
    elif request.method == "POST" and form.is_valid():
        sent = True
        try:
            signing_in.confirm(request, form.cleaned_data["code"])
            return HttpResponseRedirect(onward)
        except Refused as refusal:
            form.add_error("code", str(refusal))
    facts = {"form": form, "shown": shown, "sent": sent or bool(form.errors), "next": onward}
    return render(request, "citizen/code.html", facts)


@for_me
@with_fresh_code
@require_http_methods(["GET", "POST"])
def export(request: MemberRequest, seeker: Seeker) -> HttpResponse:
    """This will hand me everything of mine as one archive."""
    if request.method == "GET":
        return render(request, "citizen/export.html")
    limits.spend(limits.EXPORTS, request)
    archive = own_data.archive_of(seeker.person, by=request.user, at=request.at)
    response = HttpResponse(archive, content_type="application/zip")
    day = timezone.localdate(request.at)
    response.headers["Content-Disposition"] = f'attachment; filename="my-data-{day:%Y%m%d}.zip"'
    return response


@for_me
@with_fresh_code
@require_http_methods(["GET", "POST"])
def deletion(request: MemberRequest, seeker: Seeker) -> HttpResponse:
    """This will delete my account and everything personal, after saying what that means."""
    if request.method == "GET":
        return render(
            request, "citizen/deletion.html", {"open_count": seeker.applications.still_open().count()}
        )
    if request.POST.get("sure") != "yes":
        messages.error(request, _("Please tick the box first."))
        return redirect("citizen:deletion")
    own_data.erase(seeker.person, by=request.user, at=request.at)
    logout(request)
    response = render(request, "citizen/deleted.html")
    response.headers["Clear-Site-Data"] = '"cache", "cookies", "storage"'
    return response


def _back() -> HttpResponse:
    return redirect("citizen:privacy")

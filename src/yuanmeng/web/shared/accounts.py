"""The log-in pages: staff and employers by password, seekers by phone code."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST, require_safe

from yuanmeng.core import audit
from yuanmeng.core.errors import Refused
from yuanmeng.people import sessions
from yuanmeng.web.shared import demo_accounts, door, signing_in
from yuanmeng.web.shared.forms import PasswordLoginForm, PhoneCodeForm, PhoneForm
from yuanmeng.web.shared.navigation import home_of
from yuanmeng.web.shared.rights import for_everybody

if TYPE_CHECKING:
    from yuanmeng.web.shared.door import HouseRequest, MemberRequest


@for_everybody
@never_cache
@sensitive_post_parameters()
def password_login(request: HouseRequest) -> HttpResponse:
    """This will log in staff, employers and partners."""
    form = _as_asked(request) if request.method == "GET" else PasswordLoginForm(request.POST)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            signing_in.by_password(request, given["username"], given["password"], given["totp"])
            return HttpResponseRedirect(door.next_path(request, home_of(request.viewer)))
        except Refused as refusal:
            form.add_error(None, str(refusal))
    accounts = demo_accounts.shown(at=request.at)
    facts = {"form": form, "next": door.next_path(request, ""), "demo_accounts": accounts}
    return render(request, "shared/login.html", facts, status=200 if request.method == "GET" else 422)


def _as_asked(request: HouseRequest) -> PasswordLoginForm:
    """An empty form; in a demonstration, `?as=` fills in one of its accounts."""
    given = demo_accounts.filled(request.GET.get("as", ""), at=request.at)
    form = PasswordLoginForm(initial=given)
    if given:
        form.fields["password"].widget.render_value = True
    return form


@for_everybody
@never_cache
@sensitive_post_parameters("code")
def phone_login(request: HouseRequest) -> HttpResponse:
    """This will ask for a phone, then for the code sent to it, on one address."""
    if request.method == "POST" and "code" in request.POST:
        return _enter(request)
    if request.method == "POST":
        return _send(request)
    return _show(request, PhoneForm())


def _send(request: HouseRequest) -> HttpResponse:
    form = PhoneForm(request.POST)
    if not form.is_valid():
        return _show(request, form, status=422)
    phone = form.cleaned_data["phone"]
    try:
        asked = signing_in.ask_code(request, phone)
    except Refused as refusal:
        form.add_error("phone", str(refusal))
        return _show(request, form, status=422)
    return _show(request, PhoneCodeForm(initial={"phone": phone}), phone=phone, shown=asked.shown)


def _enter(request: HouseRequest) -> HttpResponse:
    form = PhoneCodeForm(request.POST)
    if form.is_valid():
        try:
            signing_in.by_phone(request, form.cleaned_data["phone"], form.cleaned_data["code"])
            return HttpResponseRedirect(door.next_path(request, "/me/"))
        except Refused as refusal:
            form.add_error("code", str(refusal))
    return _show(request, form, phone=str(form.data.get("phone", "")), status=422)


def _show(
    request: HouseRequest, form: PhoneForm | PhoneCodeForm, *, phone: str = "", shown: str | None = None,
    status: int = 200,
) -> HttpResponse:  # fmt: skip
    facts = {"form": form, "phone": phone, "shown": shown, "next": door.next_path(request, "")}
    return render(request, "shared/phone_login.html", facts, status=status)


@for_everybody
@require_POST
def logout(request: HouseRequest) -> HttpResponse:
    """This will end the session and have the browser forget what it kept of it."""
    signing_in.close(request)
    response = HttpResponseRedirect("/")
    response.headers["Clear-Site-Data"] = door.FORGET
    return response


@never_cache
@require_safe
def logged_in(request: MemberRequest) -> HttpResponse:
    """This will list where one is logged in, this browser first."""
    here = request.session.session_key or ""
    mine = sessions.opened_by(request.user.pk, here=here, at=request.at)
    others = sum(not one.is_here for one in mine)
    return render(request, "shared/sessions.html", {"sessions": mine, "others": others})


@require_POST
def end_session(request: MemberRequest, uid: str) -> HttpResponse:
    """This will end one session of mine; anybody else's does not exist."""
    if not sessions.end_one(request.user.pk, uid):
        raise Http404
    audit.write("session.end", by=request.user, at=request.at, about=request.user)
    messages.success(request, _("Logged out there."))
    return redirect("shared:sessions")


@require_POST
def end_other_sessions(request: MemberRequest) -> HttpResponse:
    """This will end every session of mine but this one."""
    ended = sessions.end_all(request.user.pk, but=request.session.session_key or "")
    if ended:
        audit.write("session.end", by=request.user, at=request.at, about=request.user, count=ended)
    words = ngettext("Logged out in %(n)d place.", "Logged out in %(n)d places.", ended) % {"n": ended}
    messages.success(request, words)
    return redirect("shared:sessions")

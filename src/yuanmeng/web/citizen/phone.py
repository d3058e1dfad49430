"""A new phone: a code on the old one, then a code on the new one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from yuanmeng.core.errors import Refused
from yuanmeng.people import login
from yuanmeng.web.citizen.mine import for_me
from yuanmeng.web.citizen.rights import with_fresh_code
from yuanmeng.web.shared import door, signing_in
from yuanmeng.web.shared.forms import PhoneCodeForm, PhoneForm

if TYPE_CHECKING:
    from yuanmeng.seekers.models import Seeker
    from yuanmeng.web.shared.door import MemberRequest


@for_me
@with_fresh_code
@sensitive_post_parameters("code")
@require_http_methods(["GET", "POST"])
def change(request: MemberRequest, seeker: Seeker) -> HttpResponse:
    """This will move my account to another number, once that phone is in my hand."""
    if request.method == "GET":
        return _show(request, PhoneForm())
    if "code" in request.POST:
        return _enter(request)
    form = PhoneForm(request.POST)
    if not form.is_valid():
        return _show(request, form, status=422)
    phone = form.cleaned_data["phone"]
    try:
        asked = signing_in.ask_code(request, phone, purpose="new_phone")
    except Refused as refusal:
        form.add_error("phone", str(refusal))
        return _show(request, form, status=422)
    return _show(request, PhoneCodeForm(initial={"phone": phone}), phone=phone, shown=asked.shown)


def _enter(request: MemberRequest) -> HttpResponse:
    form = PhoneCodeForm(request.POST)
    if form.is_valid():
        given = form.cleaned_data
        try:
            session = door.asker(request)
            login.move_to_phone(request.user, given["phone"], given["code"], session=session, at=request.at)
            messages.success(request, _("Saved. From now on you log in with the new number."))
            return redirect("citizen:privacy")
        except Refused as refusal:
            form.add_error("code", str(refusal))
    return _show(request, form, phone=str(form.data.get("phone", "")), status=422)


def _show(
    request: MemberRequest, form: PhoneForm | PhoneCodeForm, *, phone: str = "", shown: str | None = None,
    status: int = 200,
) -> HttpResponse:  # fmt: skip
    facts = {"form": form, "phone": phone, "shown": shown}
    return render(request, "citizen/phone.html", facts, status=status)

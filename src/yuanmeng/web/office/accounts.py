"""Accounts and what they may do. Secrets are shown once; power is given by one administrator at a time."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Prefetch, Q
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_variables
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from yuanmeng.core.errors import Refused
from yuanmeng.organisations import powers
from yuanmeng.organisations.models import Kind, Membership, Organisation
from yuanmeng.organisations.viewer import Role
from yuanmeng.people import accounts
from yuanmeng.people.models import User
from yuanmeng.web.office.forms import AccountForm, MembershipForm, WordsForm
from yuanmeng.web.office.imports import pager
from yuanmeng.web.office.who import ACCOUNTS
from yuanmeng.web.shared import qr
from yuanmeng.web.shared.rights import open_to

if TYPE_CHECKING:
    from django.db.models import QuerySet
    from django.http import HttpResponse

    from yuanmeng.web.shared.door import MemberRequest

PER_PAGE = 30


@open_to(*ACCOUNTS)
@require_safe
def listed(request: MemberRequest) -> HttpResponse:
    """This will list the accounts that sign in by password, with what they may do."""
    words = request.GET.get("q", "").strip()
    rows = _staff_accounts().order_by("username")
    if words:
        rows = rows.filter(Q(username__icontains=words) | Q(display_name__icontains=words))
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
    facts = {
        "rows": page.object_list,
        "q": words,
        "pager": pager(page),
        "may_open": request.viewer.has(Role.SYSADMIN),
    }
    return render(request, "office/accounts.html", facts)


def _staff_accounts() -> QuerySet[User]:
    """Seekers' accounts are theirs: an administrator sees none of them."""
    live = Membership.objects.live_on(timezone.localdate())
    return User.objects.filter(phone_index="", person=None).prefetch_related(
        Prefetch("memberships", queryset=live, to_attr="live")
    )


@open_to(Role.SYSADMIN)
@sensitive_variables()
@require_http_methods(["GET", "POST"])
def new(request: MemberRequest) -> HttpResponse:
    """This will open an account and show its secrets once."""
    form = AccountForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        try:
            given = accounts.open_account(
                said["username"], said["display_name"], by=request.user, at=request.at
            )
            return _secrets(request, given)
        except Refused as refusal:
            form.add_error("username", str(refusal))
    return render(request, "office/new_account.html", {"form": form}, status=422 if form.errors else 200)


def _secrets(request: MemberRequest, given: accounts.Opened) -> HttpResponse:
    code = mark_safe(qr.svg(given.link).decode())
    return render(request, "office/secrets.html", {"given": given, "code": code})


@open_to(*ACCOUNTS)
@require_safe
def show(request: MemberRequest, uid: str) -> HttpResponse:
    """This will show one account: its memberships, and what may be given and taken."""
    user = account_of(uid)
    form = MembershipForm(viewer=request.viewer)
    facts = {
        "account": user, "own": user.pk == request.user.pk, "may_open": request.viewer.has(Role.SYSADMIN),
        "memberships": [_line(request, row) for row in user.live],  # type: ignore[attr-defined]
        "form": form if form.fields["power"].choices else None, "words": WordsForm(),  # type: ignore[attr-defined]
        "organisations": _named_organisations(),
    }  # fmt: skip
    return render(request, "office/account.html", facts)


def _named_organisations() -> list[str]:
    """The names offered while typing; employers are too many for a list."""
    rows = Organisation.objects.exclude(kind=Kind.EMPLOYER).order_by("name")
    return list(rows.values_list("name", flat=True))


def _line(request: MemberRequest, row: Membership) -> dict[str, Any]:
    may = powers.may_give(powers.held(row), request.viewer) and row.user_id != request.user.pk
    label = row.get_duty_display() if row.duty else row.get_role_display()
    return {"row": row, "label": label, "may_take": may}


def account_of(uid: str) -> User:
    """This will be an account an administrator may see."""
    row = _staff_accounts().filter(uid=uid).first()
    if row is None:
        raise Http404
    return row


@open_to(Role.SYSADMIN)
@require_POST
def suspend(request: MemberRequest, uid: str) -> HttpResponse:
    """This will close an account at once, or open it again."""
    user = account_of(uid)
    if user.is_active:
        words = request.POST.get("words", "").strip()
        if len(words) < 2:
            raise Refused(_("Please write down why."))
        accounts.suspend(user, by=request.user, at=request.at, reason=words[:300])
        messages.success(request, _("Suspended. All open sessions have ended."))
    else:
        accounts.let_back(user, by=request.user, at=request.at)
        messages.success(request, _("Open again."))
    return redirect("office:account", uid)


@open_to(Role.SYSADMIN)
@sensitive_variables()
@require_POST
def renew(request: MemberRequest, uid: str) -> HttpResponse:
    """This will make new secrets for whoever lost theirs, and show them once."""
    user = account_of(uid)
    if user.pk == request.user.pk:
        raise Refused(_("Nobody changes their own power. Please ask a second person."), code="second_person")
    return _secrets(request, accounts.renew_secrets(user, by=request.user, at=request.at))


@open_to(*ACCOUNTS)
@require_POST
def give(request: MemberRequest, uid: str) -> HttpResponse:
    """This will let the owner of an account act for an organisation."""
    user = account_of(uid)
    form = MembershipForm(request.POST, viewer=request.viewer)
    if not form.is_valid():
        raise Refused(" ".join(str(word) for words in form.errors.values() for word in words))
    powers.give(
        user, form.cleaned_data["organisation"], form.cleaned_data["power"], by=request.viewer, at=request.at
    )
    messages.success(request, _("Given. It holds from the next click."))
    return redirect("office:account", uid)


@open_to(*ACCOUNTS)
@require_POST
def take(request: MemberRequest, uid: str, membership: str) -> HttpResponse:
    """This will end a membership; its power is gone at once."""
    rows = Membership.objects.select_related("user", "organisation").filter(user=account_of(uid), to_on=None)
    row = rows.filter(uid=membership).first()
    if row is None:
        raise Http404
    powers.take(row, by=request.viewer, at=request.at)
    messages.success(request, _("Taken. The power is gone at once."))
    return redirect("office:account", uid)

"""What a door reads from a request: who asks, from where, when, and where to go next."""

from __future__ import annotations

import secrets
from typing import TYPE_CHECKING, cast
from urllib.parse import urlsplit

from django.http import HttpRequest
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext_lazy as _

from yuanmeng.organisations.viewer import Viewer, viewer_of
from yuanmeng.signage import models as signage

if TYPE_CHECKING:
    from datetime import datetime

    from django.contrib.sessions.backends.base import SessionBase

    from yuanmeng.people.models import User
    from yuanmeng.signage.models import Device

# Set when a device is paired; HttpOnly, because an EventSource cannot send headers.
DEVICE_COOKIE = "device"
# Clear-Site-Data at the end of a session; its cookie is taken back by itself, language and print size stay.
FORGET = '"cache", "storage"'


# What browsers say of themselves, the more special mark first: nearly all of them also say Safari.
BROWSERS = (
    ("MicroMessenger", _("WeChat")), ("Edg", "Edge"), ("HuaweiBrowser", _("Huawei browser")),
    ("MiuiBrowser", _("Xiaomi browser")), ("QQBrowser", _("QQ browser")), ("UCBrowser", _("UC browser")),
    ("Firefox", "Firefox"), ("Chrome", "Chrome"), ("Safari", "Safari"),
)  # fmt: skip
SYSTEMS = (
    ("HarmonyOS", "HarmonyOS"), ("OpenHarmony", "HarmonyOS"), ("iPhone", "iPhone"), ("iPad", "iPad"),
    ("Android", "Android"), ("Windows", "Windows"), ("Mac OS X", "Mac"), ("Linux", "Linux"),
)  # fmt: skip


class HouseRequest(HttpRequest):
    """A request after the house's middleware: it knows who asks and when."""

    at: datetime
    viewer: Viewer
    device: Device | None
    session: SessionBase
    LANGUAGE_CODE: str


class MemberRequest(HouseRequest):
    """A request of somebody who is logged in."""

    user: User


def viewer(request: HttpRequest) -> Viewer:
    """This will say who asks, from live memberships and the device's token."""
    user = request.user if request.user.is_authenticated else None
    return viewer_of(user, on=timezone.localdate(), device=getattr(request, "device", None))


def user_of(request: HttpRequest) -> User:
    """This will be the account that is logged in. Raises LookupError for a visitor."""
    if not request.user.is_authenticated:
        raise LookupError("nobody is logged in")
    return request.user


def device_of(request: HttpRequest) -> Device | None:
    """This will be the device whose token came as a cookie or `Authorization: Bearer`; never by address."""
    token = token_of(request)
    return signage.device_of(token, address=address_of(request)) if token else None


def token_of(request: HttpRequest) -> str:
    """This will be the token a device sent, right or wrong; "" for none."""
    bearer = request.headers.get("Authorization", "")
    if bearer.startswith("Bearer "):
        return bearer.removeprefix("Bearer ")
    return request.COOKIES.get(DEVICE_COOKIE, "")


def address_of(request: HttpRequest) -> str:
    """This will be the caller's address as the server saw it; forwarded headers are the server's business."""
    return str(request.META.get("REMOTE_ADDR", ""))


def browser_of(request: HttpRequest) -> str:
    """This will name browser and system in two words, for the list of one's own sessions; "" for none."""
    said = request.headers.get("User-Agent", "")
    named = (next((name for mark, name in marks if mark in said), "") for marks in (BROWSERS, SYSTEMS))
    return " · ".join(str(name) for name in named if name)


def asker(request: HttpRequest) -> str:
    """This will be a secret of this browser session that survives log-in; phone codes are bound to it."""
    if "asker" not in request.session:
        request.session["asker"] = secrets.token_hex(16)
    return cast("str", request.session["asker"])


def next_path(request: HttpRequest, default: str = "/") -> str:
    """This will be the page in `next` if it is one of ours, else the default."""
    asked = request.POST.get("next") or request.GET.get("next") or ""
    ours = url_has_allowed_host_and_scheme(asked, allowed_hosts=None) and asked.startswith("/")
    return asked if ours else default


def page_before(request: HttpRequest) -> str | None:
    """This will be the path the form was sent from, or None where the browser does not say."""
    referer = request.headers.get("Referer", "")
    if not url_has_allowed_host_and_scheme(referer, allowed_hosts={request.get_host()}):
        return None
    where = urlsplit(referer)
    return where.path + (f"?{where.query}" if where.query else "")

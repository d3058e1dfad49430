"""The board: how every screen is, the worst first, with the reason in words and what it shows now."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from yuanmeng.core import audit
from yuanmeng.places.models import Site
from yuanmeng.signage import issuing
from yuanmeng.signage.health import Condition, Health, health, takes_manifest
from yuanmeng.signage.models import Command, CommandKind, Content, Device, DeviceKind, FaultCode, Version
from yuanmeng.web.office.screens.forms import KINDS
from yuanmeng.web.office.screens.running import running_takeovers
from yuanmeng.web.office.who import LOOK, NUDGE, PAIR, SCREENS, TAKEOVER
from yuanmeng.web.shared import limits
from yuanmeng.web.shared.rights import open_to
from yuanmeng.web.shared.sheets import sheet

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from django.http import HttpResponse

    from yuanmeng.web.shared.door import MemberRequest

SCREENED = [value for value, _label in KINDS]  # gates and buzzers show no page
# What somebody has to go and see stands first; what was taken out of use stands last.
WORST_FIRST = (
    Condition.FAULTY, Condition.DARK, Condition.STALE, Condition.SLOW, Condition.UNPAIRED, Condition.NORMAL,
    Condition.REVOKED,
)  # fmt: skip
LOOKS = {
    Condition.FAULTY: "bad", Condition.DARK: "bad", Condition.STALE: "warn", Condition.SLOW: "warn",
    Condition.NORMAL: "good",
}  # fmt: skip
MARKS = {
    Condition.FAULTY: "✕", Condition.DARK: "✕", Condition.STALE: "!", Condition.SLOW: "!",
    Condition.NORMAL: "✓",
}  # fmt: skip


@dataclass(frozen=True)
class Line:
    """One device of the board. `same` tells whether it shows the list of now, None where it shows none."""

    device: Device
    health: Health
    shown: str
    same: bool | None

    @property
    def look(self) -> str:
        return LOOKS.get(self.health.condition, "")

    @property
    def mark(self) -> str:
        return MARKS.get(self.health.condition, "")

    @property
    def beat(self) -> dict[str, Any]:
        return self.device.beat

    @property
    def skew_s(self) -> float | None:
        skew = self.beat.get("skew_ms")
        return None if skew is None else round(skew / 1000, 1)

    @property
    def list_words(self) -> str:
        if self.same is None:
            return "–"
        if not self.device.acked_hash:
            return _("not confirmed yet")
        return _("as of now") if self.same else _("an earlier one")

    @property
    def fault(self) -> str:
        code = self.device.fault_code
        return str(FaultCode(code).label) if code in FaultCode.values else code


@open_to(*SCREENS)
@require_safe
def listed(request: MemberRequest) -> HttpResponse:
    """This will show the board; it renews itself."""
    found = lines(_asked(request), at=request.at)
    state = request.GET.get("state", "")
    facts = {
        "lines": [line for line in found if state in {"", line.health.condition.value}],
        "counts": [(one, sum(line.health.condition == one for line in found)) for one in WORST_FIRST],
        "sites": Site.objects.order_by("id"), "kinds": KINDS, "state": state,
        "any": Device.objects.filter(kind__in=SCREENED).exists(), "total": len(found),
        "running": running_takeovers(request.at),
        "may_pair": request.viewer.has(*PAIR), "may_nudge": request.viewer.has(*NUDGE),
        "may_take_over": request.viewer.has(*TAKEOVER),
    }  # fmt: skip
    return render(request, "office/screens/board.html", facts)


def _asked(request: MemberRequest) -> Iterable[Device]:
    rows = Device.objects.for_board().filter(kind__in=SCREENED)
    if site := request.GET.get("site", ""):
        rows = rows.filter(site__code=site)
    if kind := request.GET.get("kind", ""):
        rows = rows.filter(kind=kind)
    return rows


def lines(devices: Iterable[Device], *, at: datetime) -> list[Line]:
    """This will be the lines of these devices, the worst first."""
    rows, mark = list(devices), Version.now()
    titles = titles_of(str(device.beat.get("item") or "") for device in rows)
    found = [line_of(device, titles, at=at, mark=mark) for device in rows]
    return sorted(found, key=lambda line: WORST_FIRST.index(line.health.condition))


def ill(at: datetime) -> int:
    """This will count the screens somebody has to go and see."""
    mark, devices = Version.now(), Device.objects.for_board().paired().filter(kind__in=SCREENED)
    return sum(not health(device, at, mark=mark).is_well for device in devices)


def titles_of(uids: Iterable[str]) -> dict[str, str]:
    """This will name contents by uid, those of emergencies too."""
    wanted = {uid for uid in uids if uid}
    return {row.uid: str(row) for row in Content.objects.filter(uid__in=wanted)} if wanted else {}


def line_of(device: Device, titles: dict[str, str], *, at: datetime, mark: str | None = None) -> Line:
    """This will be one device as the board says it."""
    same = None
    if device.token_hash and device.revoked_at is None and takes_manifest(device):
        same = device.acked_hash == issuing.made_for(device, at=at, mark=mark).hash
    return Line(device, health(device, at, mark=mark), _shown(device, titles), same)


def _shown(device: Device, titles: dict[str, str]) -> str:
    if not device.beat:
        return "–"
    if device.kind != DeviceKind.WINDOW and not device.beat.get("item"):
        return _("its own page")
    return titles.get(str(device.beat.get("item") or ""), _("the house's own card"))


@open_to(*SCREENS)
@require_safe
def export(request: MemberRequest) -> HttpResponse:
    """This will send the board as a file."""
    limits.spend(limits.EXPORTS, request)
    found = lines(_asked(request), at=request.at)
    audit.write("export", by=request.user, at=request.at, fields="devices", count=max(1, len(found)))
    titles = [
        _("Screen"), _("Kind"), _("Site"), _("Condition"), _("Reason"), _("Shown now"), _("Last heard"),
        _("Playing list"), _("Pictures a second"), _("Memory (MB)"), _("Clock off by (s)"), _("Last fault"),
    ]  # fmt: skip
    rows = [
        (line.device.name, line.device.get_kind_display(), line.device.site or "",
         str(line.health.condition.label), line.health.reason, line.shown, _minute(line.device.seen_at),
         line.list_words, line.beat.get("fps"), line.beat.get("heap_mb"), line.skew_s, line.fault)
        for line in found
    ]  # fmt: skip
    return sheet(request.GET.get("as", "xlsx"), f"screens-{timezone.localdate(request.at)}", titles, rows)


def _minute(moment: datetime | None) -> str:
    return f"{timezone.localtime(moment):%Y-%m-%d %H:%M:%S}" if moment else ""


@open_to(*NUDGE)
@require_POST
def nudge(request: MemberRequest, uid: str) -> HttpResponse:
    """This will ask a device to show who it is, to load anew, or for a picture."""
    device, kind = device_of(uid), request.POST.get("kind", "")
    if kind not in CommandKind.values or (kind == CommandKind.PICTURE and not request.viewer.has(*LOOK)):
        raise Http404
    Command.give(device, kind, by=request.user, at=request.at)
    messages.success(
        request, _("“%(name)s” is asked to: %(what)s. It does so within half a minute.")
        % {"name": device.name, "what": CommandKind(kind).label},
    )  # fmt: skip
    if request.POST.get("from") == "device":
        return redirect("office:device", uid)
    return redirect("office:screens")


def device_of(uid: str) -> Device:
    """This will be a device by its uid, or the 404 of a wrong address."""
    device = Device.objects.for_board().filter(uid=uid).first()
    if device is None:
        raise Http404
    return device

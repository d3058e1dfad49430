"""What suits me, at the machine: one's own list after proving a phone, three questions for everybody else."""

from __future__ import annotations

import secrets
from typing import TYPE_CHECKING

from django.http import Http404
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from yuanmeng.recommend import door, words
from yuanmeng.recommend.models import Answer, DeclineReason, Where
from yuanmeng.web.kiosk import asking
from yuanmeng.web.kiosk.asking import Asked
from yuanmeng.web.kiosk.frame import show, visit_of
from yuanmeng.web.kiosk.visit import at_kiosk

if TYPE_CHECKING:
    from django.http import HttpResponse

    from yuanmeng.recommend.models import Suggestion
    from yuanmeng.seekers.models import Seeker
    from yuanmeng.web.shared.door import HouseRequest

MOST, SHOWN_NO = 6, 6


@at_kiosk
@require_safe
def suits(request: HouseRequest) -> HttpResponse:
    """This will list what suits: by their file who proved a phone, a passer-by by what is touched here."""
    seeker = visit_of(request).seeker
    if seeker is not None and "ask" not in request.GET and "work" not in request.GET:
        return _own(request, seeker)
    return _asked(request)


def _own(request: HouseRequest, seeker: Seeker) -> HttpResponse:
    lines = door.suggest_vacancies(seeker, at=request.at, limit=MOST, where=Where.KIOSK)
    facts = {
        "lines": lines, "personal": any(line.is_personal for line in lines), "seeker": seeker,
        "answer_reasons": DeclineReason.choices, "declined": door.declined(seeker)[:SHOWN_NO],
        "leaning": words.leaning(door.leaning_of(seeker, at=request.at)),
    }  # fmt: skip
    return show(request, "suits", facts)


def _asked(request: HouseRequest) -> HttpResponse:
    """The next question, or the list.

    The visit knows that somebody is asked, and no answer: with its end an address that Back brings up again
    leads to the first question.
    """
    visit = visit_of(request)
    if not visit.facts.get("asking"):
        visit.note(at=request.at, asking=secrets.token_hex(4))
    said = Asked.read(request.GET, visit.facts["asking"])
    if said.question:
        return show(request, "ask", {"question": said.question, "tiles": asking.tiles(said)})
    facts = {
        "lines": door.suggest_for(said.answers(), at=request.at, limit=MOST),
        "given": asking.given(said), "wishes": asking.wishes(said),
    }  # fmt: skip
    return show(request, "asked", facts)


@at_kiosk
@require_POST
def answer(request: HouseRequest, uid: str) -> HttpResponse:
    """This will keep an answer to one suggestion: yes leads on to applying, no says why."""
    row = _own_row(request, uid)
    by = visit_of(request).user
    assert by is not None
    if request.POST.get("answer") == Answer.AGREED:
        door.answer(row, Answer.AGREED, by=by, at=request.at)
        return redirect("kiosk:apply", row.vacancy.uid)
    said = request.POST.get("reason", "")
    reason = DeclineReason(said) if said in DeclineReason.values else DeclineReason.OTHER
    door.answer(row, Answer.DECLINED, by=by, at=request.at, reason=reason)
    visit_of(request).note(at=request.at, told=words.after_a_no(reason, row.vacancy.title))
    return redirect("kiosk:suits")


@at_kiosk
@require_POST
def bring_back(request: HouseRequest, uid: str) -> HttpResponse:
    """This will take a no back."""
    by = visit_of(request).user
    assert by is not None or visit_of(request).seeker is None
    row = _own_row(request, uid)
    if row.answer == Answer.DECLINED and by is not None:
        door.bring_back(row, by=by, at=request.at)
        visit_of(request).note(at=request.at, told=_("Brought back. Your list counts it again."))
    return redirect("kiosk:suits")


def _own_row(request: HouseRequest, uid: str) -> Suggestion:
    """Somebody else's suggestion does not exist, nor does any for who has not proved a phone."""
    seeker = visit_of(request).seeker
    row = seeker.suggestions.select_related("vacancy").filter(uid=uid).first() if seeker else None
    if row is None:
        raise Http404
    return row

"""People who would suit a vacancy, without a name: our counsellor is asked to speak to them."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from yuanmeng.applications.relations import seen_by
from yuanmeng.counsel.duty import who_looks_after
from yuanmeng.counsel.models import FollowUp, FollowUpKind
from yuanmeng.occupations import education
from yuanmeng.recommend import door
from yuanmeng.recommend.models import PassReason
from yuanmeng.web.employer.who import for_recruiters, own_vacancy

if TYPE_CHECKING:
    from django.http import HttpResponse

    from yuanmeng.organisations.models import Organisation
    from yuanmeng.recommend.door import Suggested
    from yuanmeng.seekers.models import Seeker
    from yuanmeng.vacancies.models import Vacancy
    from yuanmeng.web.shared.door import MemberRequest

MOST = 20
SUGGESTED = frozenset({"suggested"})
ANSWER_WITHIN = timedelta(days=3)
PASSED = {
    PassReason.SKILLS: gettext_lazy("Gone from this list. Who has no more of the skills stands lower now."),
    PassReason.EXPERIENCE: gettext_lazy("Gone from this list. Who has no more experience stands lower now."),
    PassReason.HOURS: gettext_lazy("Gone from this list. Who fits the hours no better stands lower now."),
    PassReason.PAY: gettext_lazy("Gone from this list. Whom the pay suits no better stands lower now."),
    PassReason.PLACE: gettext_lazy("Gone from this list. Whom the place suits no better stands lower now."),
    PassReason.OTHER: gettext_lazy("Gone from this list. Nothing else changes."),
}


@for_recruiters
@require_safe
def suggested(request: MemberRequest, organisation: Organisation, uid: str) -> HttpResponse:
    """This will list who suits the vacancy, best first, with reasons and no names."""
    vacancy = _employers(organisation, uid)
    found = door.suggest_people(vacancy, at=request.at, limit=MOST)
    asked = _asked(vacancy)
    said_no = door.passed_over(vacancy, at=request.at)[:MOST]
    people = [_shown(request, one.seeker, one, asked) for one in found if one.seeker]
    facts = {
        "vacancy": vacancy, "people": people,
        "is_open": vacancy.is_open_on(timezone.localdate()), "pass_reasons": PassReason.choices,
        "passed": [(row, _pseudonym(request, row.seeker)) for row in said_no],
    }  # fmt: skip
    return render(request, "employer/people.html", facts)


def _employers(organisation: Organisation, uid: str) -> Vacancy:
    """People agreed to be suggested to employers: an agency is not shown them."""
    vacancy = own_vacancy(organisation, uid)
    if vacancy.organisation_id != organisation.pk:
        raise Http404
    return vacancy


def _shown(request: MemberRequest, seeker: Seeker, one: Suggested, asked: set[str]) -> dict[str, Any]:
    seen = seen_by(request.viewer, seeker, at=request.at, also=SUGGESTED)
    return {
        "uid": seeker.uid, "pseudonym": seen["pseudonym"], "reasons": one.reasons,
        "education": education.label(seen["education"]) if seen.get("education") else "",
        "skills": seen.get("skills") or [], "wanted": seen.get("wanted_text") or "",
        "years": seen.get("years_experience"), "asked": _cause(one.vacancy, seeker.uid) in asked,
    }  # fmt: skip


def _pseudonym(request: MemberRequest, seeker: Seeker) -> str:
    return str(seen_by(request.viewer, seeker, at=request.at, also=SUGGESTED)["pseudonym"])


@for_recruiters
@require_POST
def pass_over(request: MemberRequest, organisation: Organisation, uid: str, person: str) -> HttpResponse:
    """This will take a person off our list for this vacancy; the person is not told."""
    vacancy = _employers(organisation, uid)
    given = request.POST.get("reason", "")
    reason = PassReason(given) if given in PassReason.values else PassReason.OTHER
    door.pass_over(_suggested(vacancy, person, request), vacancy, reason, by=request.user, at=request.at)
    messages.success(request, PASSED[reason])
    return redirect("employer:people", uid)


@for_recruiters
@require_POST
def bring_back(request: MemberRequest, organisation: Organisation, uid: str, person: str) -> HttpResponse:
    """This will take our no back: the person may be suggested to us again."""
    vacancy = _employers(organisation, uid)
    row = door.passed_over(vacancy, at=request.at).filter(seeker__uid=person).first()
    if row is None:
        raise Http404
    door.return_to_list(row, by=request.user, at=request.at)
    messages.success(request, _("Brought back. Your list counts it again."))
    return redirect("employer:people", uid)


@for_recruiters
@require_POST
def ask(request: MemberRequest, organisation: Organisation, uid: str, person: str) -> HttpResponse:
    """This will put a to-do on the counsellor's desk: please speak to this person about our vacancy."""
    vacancy = _employers(organisation, uid)
    seeker = _suggested(vacancy, person, request)
    with translation.override(settings.LANGUAGE_CODE):
        words = _("The employer asks for a referral to “%(title)s”.") % {"title": vacancy.title}
    FollowUp.open_once(
        _cause(vacancy, seeker.uid), FollowUpKind.HELP_WANTED, at=request.at, words=words,
        due_on=timezone.localdate(request.at + ANSWER_WITHIN), person=seeker.person, vacancy=vacancy,
        organisation=organisation, assigned_to=who_looks_after(seeker, at=request.at),
    )  # fmt: skip
    messages.success(
        request, _("Asked. Our counsellor speaks to the person; you hear from us only if they agree.")
    )
    return redirect("employer:people", uid)


def _suggested(vacancy: Vacancy, person: str, request: MemberRequest) -> Seeker:
    """Somebody on the list of this vacancy; nobody else can be named. Raises Http404."""
    found = door.suggest_people(vacancy, at=request.at, limit=MOST)
    seeker = next((one.seeker for one in found if one.seeker and one.seeker.uid == person), None)
    if seeker is None:
        raise Http404
    return seeker


def _cause(vacancy: Vacancy, person: str) -> str:
    return f"asked:{vacancy.uid}:{person}"


def _asked(vacancy: Vacancy) -> set[str]:
    return set(
        FollowUp.objects.filter(cause__startswith=f"asked:{vacancy.uid}:").values_list("cause", flat=True)
    )

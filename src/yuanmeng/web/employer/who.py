"""For whom somebody recruits, and which of their rows they may see."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import TYPE_CHECKING, Any

from django.http import Http404

from yuanmeng.organisations.mandates import agencies_of
from yuanmeng.organisations.models import Kind
from yuanmeng.organisations.viewer import Role
from yuanmeng.vacancies.models import Vacancy
from yuanmeng.web.shared.rights import open_to

if TYPE_CHECKING:
    from yuanmeng.organisations.models import Organisation
    from yuanmeng.organisations.viewer import Viewer
    from yuanmeng.web.shared.door import MemberRequest

View = Callable[..., Any]
# Which of several organisations somebody acts for now; a wish, checked against live memberships each time.
ACTING = "acting_for"


def for_recruiters(view: View) -> View:
    """This will give a view the organisation acted for: one's own employer, or one's agency.

    Others get the 404 of a wrong address. `request.acting` is for the frame of the page.
    """

    @open_to(Role.RECRUITER, Role.PARTNER)
    @wraps(view)
    def asked(request: MemberRequest, *args: Any, **kwargs: Any) -> Any:
        organisation = organisation_of(request)
        request.acting = organisation  # type: ignore[attr-defined]
        return view(request, organisation, *args, **kwargs)

    return asked


def for_agencies(view: View) -> View:
    """This will give a view the agency acted for; an employer finds nothing here."""

    @for_recruiters
    @wraps(view)
    def asked(request: MemberRequest, organisation: Organisation, *args: Any, **kwargs: Any) -> Any:
        if not is_agency(organisation):
            raise Http404
        return view(request, organisation, *args, **kwargs)

    return asked


def is_agency(organisation: Organisation) -> bool:
    return organisation.kind == Kind.HR_AGENCY


def posts_for(viewer: Viewer) -> list[Organisation]:
    """This will be the organisations somebody posts for: the employers and the agencies they work for."""
    mine = [*viewer.organisations(Role.RECRUITER), *agencies_of(viewer)]
    return list({one.pk: one for one in mine}.values())


def organisation_of(request: MemberRequest) -> Organisation:
    """This will be the organisation chosen last, as long as the membership holds, else the first."""
    mine = posts_for(request.viewer)
    if not mine:
        raise Http404
    wanted = request.session.get(ACTING)
    return next((one for one in mine if one.uid == wanted), mine[0])


def own_vacancy(organisation: Organisation, uid: str) -> Vacancy:
    """This will be a vacancy of one's own, or one posted for a client; anybody else's does not exist."""
    rows = Vacancy.objects.handled_by(organisation).select_related("organisation", "place", "agency")
    row = rows.filter(uid=uid).first()
    if row is None:
        raise Http404
    return row

"""For whom somebody recruits, and which of their rows they may see."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import TYPE_CHECKING, Any

from django.http import Http404

from yuanmeng.organisations.viewer import Role
from yuanmeng.vacancies.models import Vacancy
from yuanmeng.web.shared.rights import open_to

if TYPE_CHECKING:
    from yuanmeng.organisations.models import Organisation
    from yuanmeng.web.shared.door import MemberRequest

View = Callable[..., Any]
# Which of several organisations somebody acts for now; a wish, checked against live memberships each time.
ACTING = "acting_for"


def for_recruiters(view: View) -> View:
    """This will give a view the organisation acted for; others get the 404 of a wrong address."""

    @open_to(Role.RECRUITER)
    @wraps(view)
    def asked(request: MemberRequest, *args: Any, **kwargs: Any) -> Any:
        return view(request, organisation_of(request), *args, **kwargs)

    return asked


def organisation_of(request: MemberRequest) -> Organisation:
    """This will be the organisation chosen last, as long as the membership holds, else the first."""
    mine = request.viewer.organisations(Role.RECRUITER)
    wanted = request.session.get(ACTING)
    return next((one for one in mine if one.uid == wanted), mine[0])


def own_vacancy(organisation: Organisation, uid: str) -> Vacancy:
    """This will be a vacancy of one's own; anybody else's does not exist."""
    row = Vacancy.objects.of(organisation).select_related("organisation", "place").filter(uid=uid).first()
    if row is None:
        raise Http404
    return row

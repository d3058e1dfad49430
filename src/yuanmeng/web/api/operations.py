"""How an operation is declared: what it does, who may, whose rows, and whether a second call is harmless.

    @operation(router, "GET", "/figures", access=EVERYBODY, scope="public", response=FiguresOut)
    def figures(request): …

The same words check the caller and stand in the OpenAPI document.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.utils.translation import gettext as _
from ninja import Router

from yuanmeng.core.errors import NotYours, Refused
from yuanmeng.web.api.schemas import Problem

EVERYBODY = ("*",)
# A device by its own token, whoever may be signed in beside it in the same browser.
DEVICES = ("kiosk", "screen")
SIGNED_IN = (
    "seeker",
    "recruiter",
    "partner",
    "front_desk",
    "counsellor",
    "manager",
    "auditor",
    "sysadmin",
    "staff",
)
Operation = Callable[..., Any]
PROBLEMS = frozenset({400, 401, 403, 404, 405, 406, 409, 410, 412, 413, 415, 422, 428, 429, 500, 503})


def operation(
    router: Router,
    method: str,
    path: str,
    *,
    access: tuple[str, ...],
    scope: str,
    response: Any,
    idempotent: bool | None = None,
    states: dict[str, Any] | None = None,
    extra: dict[str, Any] | None = None,
    **facts: Any,
) -> Callable[[Operation], Operation]:
    """This will declare one operation; `scope` is public, own, org, assigned or device.

    Nobody signed in gets 401 where somebody might be let in; who is signed in and may not gets the 404 of an
    unknown address.
    """
    document = {
        "x-access": list(access),
        "x-object-scope": scope,
        "x-idempotent": method in {"GET", "PUT", "DELETE"} if idempotent is None else idempotent,
    }
    document |= {"x-states": states} if states else {}
    document |= extra or {}

    def declare(view: Operation) -> Operation:
        answers = response if isinstance(response, dict) else {200: response}
        declared = router.api_operation(
            [method], path, response={**answers, PROBLEMS: Problem}, openapi_extra=document,
            auth=None if access == EVERYBODY else _admitting(access),
            summary=(view.__doc__ or "").strip().split("\n")[0], **facts,
        )  # fmt: skip
        return declared(view)

    return declare


def _admitting(access: tuple[str, ...]) -> Callable[[Any], bool]:
    """Asked before anything of the call is read: who may not come in learns nothing from what was wrong."""

    def admitted(request: Any) -> bool:
        _admit(request.viewer, access)
        return True

    return admitted


def _admit(viewer: Any, access: tuple[str, ...]) -> None:
    if access == DEVICES:
        if viewer.device is None:
            raise Refused(_("This is for paired devices only. Please pair it first."), code="not_signed_in")
        return
    if viewer.user is None and viewer.device is None:
        raise Refused(_("Please sign in first."), code="not_signed_in")
    if not viewer.has(*access):
        raise NotYours(_("There is nothing here, or nothing that is yours to see."))

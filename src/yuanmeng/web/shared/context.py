"""What every template may use without asking: the house's particulars, language, size and doors."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext_lazy as _

from yuanmeng.organisations.viewer import VISITOR
from yuanmeng.web.shared.navigation import OpenDoor, doors_for

if TYPE_CHECKING:
    from django.http import HttpRequest

# Also written by the browser (frontend/src/elements, ym-text-size).
TEXT_COOKIE = "ym_text"
# Of an operator that does not exist: the demonstration shows where the real one's licence will stand.
SAMPLE_OPERATOR = _(
    "Operator: Yuanmeng HR Services (sample) · HR service licence 000000 (sample) · complaints: 120 0000 0000"
)
LANGUAGES = {
    "zh-hans": {"code": "zh-hans", "html": "zh-Hans", "other": "en", "other_name": "English"},
    "en": {"code": "en", "html": "en", "other": "zh-Hans", "other_name": "中文"},
}


def house(request: HttpRequest) -> dict[str, Any]:
    """This will give a page its frame; it asks the database only when the header is printed."""
    return {
        "house": {"operator_line": operator_line(), "demo": settings.DEMO_MODE},
        "language": LANGUAGES[getattr(request, "LANGUAGE_CODE", settings.LANGUAGE_CODE)],
        "text_size": text_size(request),
        "doors": SimpleLazyObject(lambda: _doors(request)),
    }


def operator_line() -> str:
    """This will be the operator's licence and where to complain; "" until somebody has entered it."""
    return settings.OPERATOR_LINE or (str(SAMPLE_OPERATOR) if settings.DEMO_MODE else "")


def text_size(request: HttpRequest) -> str:
    """This will be "" for the ordinary size, else "1", "2" or "3": large, larger, largest print."""
    asked = request.GET.get("elder") or request.COOKIES.get(TEXT_COOKIE, "")
    return asked if asked in {"1", "2", "3"} else ""


def _doors(request: HttpRequest) -> list[OpenDoor]:
    return doors_for(getattr(request, "viewer", VISITOR), request.path)

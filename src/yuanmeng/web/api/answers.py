"""How JSON is written: readable Chinese, no NaN, one ETag for one content."""

from __future__ import annotations

import hashlib
import json
import re
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _
from ninja.parser import Parser
from ninja.renderers import BaseRenderer
from ninja.responses import NinjaJSONEncoder

from yuanmeng.core.errors import Refused

if TYPE_CHECKING:
    from django.http import HttpRequest

# "As of" is the moment of asking; what was said is the same while nothing else changed.
_AS_OF = re.compile(rb'"as_of":"[^"]*",?')


class Unreadable(Refused):
    """The body is no JSON we read."""

    code = "unreadable"


def written(content: Any) -> bytes:
    """This will write a value as compact UTF-8 JSON; NaN and infinity raise ValueError."""
    text = json.dumps(
        content, ensure_ascii=False, separators=(",", ":"), cls=NinjaJSONEncoder, allow_nan=False
    )
    return text.encode()


def etag_of(body: bytes) -> str:
    """This will be the weak ETag of a body, its `as_of` left out."""
    return f'W/"{hashlib.sha256(_AS_OF.sub(b"", body)).hexdigest()[:32]}"'


class Renderer(BaseRenderer):
    """Writes answers as `written` does."""

    media_type = "application/json"

    def render(self, request: HttpRequest, data: Any, *, response_status: int) -> bytes:
        return written(data)


class HouseParser(Parser):
    """Reads bodies: JSON only where it says so, no NaN, no nesting beyond what anybody needs."""

    def parse_body(self, request: HttpRequest) -> Any:
        if request.content_type != "application/json":
            raise Refused(_("Please send the body as application/json."), code="media_type")
        try:
            return json.loads(request.body, parse_constant=_refuse_constant)
        except (ValueError, RecursionError):
            raise Unreadable(_("The request cannot be read. Please send valid JSON.")) from None


def _refuse_constant(name: str) -> Any:
    raise ValueError(name)

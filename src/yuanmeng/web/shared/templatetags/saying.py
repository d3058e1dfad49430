"""web.shared.saying as template filters: `{{ vacancy|pay }}`, `{{ vacancy.way_minutes|way }}`."""

from __future__ import annotations

import json
from typing import Any

from django import template
from django.utils.html import _json_script_escapes as SCRIPT_ESCAPES  # type: ignore[attr-defined]
from django.utils.safestring import SafeString, mark_safe

from yuanmeng.core.masking import mask_name, mask_phone
from yuanmeng.web.shared import saying

register = template.Library()
for say in (
    saying.pay,
    saying.pay_basis,
    saying.education_floor,
    saying.experience,
    saying.openings,
    saying.way,
    saying.posted,
    saying.place,
    mask_name,
    mask_phone,
):
    register.filter(say.__name__, say)


@register.filter
def json_ld(data: dict[str, Any]) -> SafeString:
    """This will be data for `<script type="application/ld+json">`, unable to close the script."""
    return mark_safe(json.dumps(data, ensure_ascii=False, indent=1).translate(SCRIPT_ESCAPES))

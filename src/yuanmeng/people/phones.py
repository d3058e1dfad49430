"""A phone number in the one form it is stored and found by."""

from __future__ import annotations

import re

from django.conf import settings
from django.utils.translation import gettext as _

from yuanmeng.core.checks_cn import phone_ok
from yuanmeng.core.errors import Refused
from yuanmeng.core.text import normal

_PUNCTUATION = re.compile(r"[\s\-()·.]+")


class BadPhone(Refused):
    """This will be raised for what is not a mobile number of eleven digits."""


def phone_of(written: str) -> str:
    """This will be the eleven digits meant by `written` (+86, spaces, full-width digits). Raises BadPhone."""
    digits = _PUNCTUATION.sub("", normal(written))
    for prefix in ("+86", "0086"):
        digits = digits.removeprefix(prefix)
    if not phone_ok(digits, demo=settings.DEMO_MODE):
        raise BadPhone(_("Please enter a mobile number of 11 digits."), field="phone")
    return digits

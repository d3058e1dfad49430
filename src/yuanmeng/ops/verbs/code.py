"""`code NAME`: the six digits of a demonstration account's second factor, as on an authenticator."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace

from yuanmeng.ops.outcome import Cannot, Outcome


def add(parser: ArgumentParser) -> None:
    """Whose digits."""
    parser.add_argument("name", help="the user name")


def run(options: Namespace) -> Outcome:
    """Say the digits of this half minute; only a demonstration knows its secrets."""
    import base64
    import time

    from django.conf import settings
    from django.utils.translation import gettext as _
    from django_otp.oath import hotp

    from yuanmeng.people.models import User
    from yuanmeng.people.totp import STEP_S

    user = User.objects.filter(username=options.name).exclude(totp_secret=b"").first()
    if not settings.DEMO_MODE or user is None or not user.totp_secret:
        raise Cannot(_("Only accounts of a demonstration have digits here."))
    now = int(time.time())
    digits = f"{hotp(base64.b32decode(user.totp_secret), now // STEP_S):06d}"
    left = STEP_S - now % STEP_S
    return Outcome(lines=[f"{digits}  ({left} s)"], facts={"digits": digits, "seconds_left": left})

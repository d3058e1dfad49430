"""`code NAME`: the six digits of a demonstration account's second factor, as on an authenticator."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace

from yuanmeng.ops.outcome import Cannot, Outcome


def add(parser: ArgumentParser) -> None:
    """Whose digits."""
    parser.add_argument("name", help="the user name")


def run(options: Namespace) -> Outcome:
    """Say the digits of this half minute; only a demonstration knows its secrets."""

    from django.conf import settings
    from django.utils import timezone
    from django.utils.translation import gettext as _

    from yuanmeng.people.models import User
    from yuanmeng.people.totp import STEP_S, digits

    user = User.objects.filter(username=options.name).exclude(totp_secret=b"").first()
    if not settings.DEMO_MODE or user is None or not user.totp_secret:
        raise Cannot(_("Only accounts of a demonstration have digits here."))
    now = timezone.now()
    shown = digits(user.totp_secret, at=now)
    left = STEP_S - int(now.timestamp()) % STEP_S
    return Outcome(lines=[f"{shown}  ({left} s)"], facts={"digits": shown, "seconds_left": left})

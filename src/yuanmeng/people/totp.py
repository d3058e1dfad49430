"""The second factor of staff: six digits from an authenticator (RFC 6238, SHA-1, 30 s steps)."""

from __future__ import annotations

import base64
import secrets
from datetime import datetime
from urllib.parse import quote

from django.utils.crypto import constant_time_compare
from django_otp.oath import hotp

STEP_S = 30
# The step before and the one after: phones are seldom right to the second.
DRIFTS = (-1, 0, 1)


def new_secret() -> str:
    """This will be 160 random bits in base32, as authenticators take them."""
    return base64.b32encode(secrets.token_bytes(20)).decode()


def matching_step(secret: str, given: str, *, at: datetime) -> int | None:
    """This will be the number of the 30 s step in which the digits are right, or None."""
    for drift in DRIFTS:
        step = int(at.timestamp()) // STEP_S + drift
        if constant_time_compare(_digits(secret, step), given.strip()):
            return step
    return None


def digits(secret: str, *, at: datetime) -> str:
    """This will be the six digits an authenticator shows at this moment."""
    return _digits(secret, int(at.timestamp()) // STEP_S)


def _digits(secret: str, step: int) -> str:
    return f"{hotp(base64.b32decode(secret), step):06d}"


def link(secret: str, username: str) -> str:
    """This will be what the QR code of enrolment says."""
    return f"otpauth://totp/{quote('圆梦')}:{quote(username)}?secret={secret}&issuer={quote('圆梦')}&period={STEP_S}"

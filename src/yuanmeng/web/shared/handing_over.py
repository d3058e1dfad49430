"""Codes on a screen that go on at the phone: where they lead, and how they look.

Addresses come from the setting and never from the Host header. They hold nothing personal: what is somebody's
own opens after the phone has been proved.
"""

from __future__ import annotations

import base64

from django.conf import settings

from yuanmeng.web.shared import qr


def of_basket(token: str) -> str:
    """This will be where a phone opens a basket, once."""
    return f"{settings.BASE_URL}/basket/{token}/"


def of_basket_page() -> str:
    """This will be where the six digits of a basket are entered."""
    return f"{settings.BASE_URL}/basket/"


def of_application(uid: str) -> str:
    """This will be where somebody follows the own application, once logged in."""
    return f"{settings.BASE_URL}/me/applications/{uid}/"


def picture(address: str) -> str:
    """This will be the QR code of an address for `<img src>`: it is asked of nobody, so it works offline."""
    return "data:image/svg+xml;base64," + base64.b64encode(qr.svg(address)).decode()

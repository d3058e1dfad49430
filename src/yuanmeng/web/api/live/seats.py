"""How many streams one browser session, or one address, may hold at once, counted over all processes.

A seat is a locked file in the data folder: a process that dies gives its seats back.
"""

from __future__ import annotations

import fcntl
import hashlib
import os
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from yuanmeng.core.errors import Refused
from yuanmeng.web.shared import door
from yuanmeng.web.shared.limits import LOOPBACK

if TYPE_CHECKING:
    from django.http import HttpRequest

# A browser shares one stream among its pages. Behind one address may be a whole street of phones.
OF_SESSION, OF_ADDRESS = 6, 100
FREE = -1


def take(request: HttpRequest) -> int:
    """This will take a seat and return its handle for `give_back`. Raises Refused when all are taken."""
    address = door.address_of(request)
    if request.session.session_key and request.session.exists(request.session.session_key):
        return _take(f"session:{request.session.session_key}", OF_SESSION)
    # A proxy that does not say for whom it asks stands for everybody.
    return FREE if address in LOOPBACK else _take(f"address:{address}", OF_ADDRESS)


def _take(who: str, most: int) -> int:
    folder = _folder()
    name = hashlib.sha256(who.encode()).hexdigest()[:32]
    for number in range(most):
        seat = os.open(folder / f"{name}.{number}", os.O_CREAT | os.O_RDWR | os.O_CLOEXEC, 0o600)
        try:
            fcntl.flock(seat, fcntl.LOCK_EX | fcntl.LOCK_NB)
            return seat
        except BlockingIOError:
            os.close(seat)
    raise Refused(_("Many of your pages are listening already. Please close some of them."), code="too_many")


def give_back(seat: int) -> None:
    """This will let somebody else have the seat."""
    if seat != FREE:
        os.close(seat)


def sweep() -> None:
    """This will delete the seats nobody sits on; every process does it when it begins."""
    for path in _folder().iterdir():
        with suppress(OSError):
            seat = os.open(path, os.O_RDWR | os.O_CLOEXEC)
            try:
                fcntl.flock(seat, fcntl.LOCK_EX | fcntl.LOCK_NB)
                path.unlink()
            finally:
                os.close(seat)


def _folder() -> Path:
    folder = Path(settings.DATA_DIR) / "tmp" / "live"
    folder.mkdir(parents=True, exist_ok=True)
    return folder

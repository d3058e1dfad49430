"""Random names of rows: they go into addresses and exports, counted keys never do."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from random import Random

_dice: ContextVar[Random | None] = ContextVar("dice", default=None)


def new_uid() -> str:
    """Return 32 hex characters nobody can guess."""
    dice = _dice.get()
    return uuid.uuid4().hex if dice is None else f"{dice.getrandbits(128):032x}"


@contextmanager
def drawn_from(seed: str) -> Iterator[None]:
    """This will give rows the same names for the same seed, while a demonstration is built; never else."""
    token = _dice.set(Random(seed))
    try:
        yield
    finally:
        _dice.reset(token)

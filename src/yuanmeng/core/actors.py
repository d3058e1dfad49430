"""Who did it: a user, a device, or the clock."""

from __future__ import annotations

from typing import Protocol


class Actor(Protocol):
    """Anything that can be named as the one who acted."""

    @property
    def actor_key(self) -> str: ...


class Clock:
    """The house itself acting because time passed or a machine called."""

    actor_key = "clock"

    def __repr__(self) -> str:
        return "CLOCK"


CLOCK = Clock()


def key_of(by: Actor | None) -> str:
    """Return the actor's key; nobody in particular is the clock."""
    return by.actor_key if by is not None else CLOCK.actor_key


class Told:
    """Somebody who acted earlier, known by the key an event row kept."""

    def __init__(self, actor_key: str) -> None:
        self.actor_key = actor_key

"""Who is asking: roles, duties and organisations, read from live memberships at each request."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Any

from yuanmeng.organisations.models import Duty, Membership, Role

if TYPE_CHECKING:
    from yuanmeng.organisations.models import Organisation
    from yuanmeng.people.models import Person, User

STAFF_ROLES = frozenset(
    {Role.FRONT_DESK, Role.COUNSELLOR, Role.MANAGER, Role.AUDITOR, Role.SYSADMIN, Role.STAFF}
)


@dataclass(frozen=True)
class Viewer:
    """The one who asks, as far as rights go. A visitor has nothing but the public."""

    user: User | None = None
    device: Any = None
    memberships: tuple[Membership, ...] = field(default=())

    @property
    def roles(self) -> frozenset[str]:
        """Return the roles held now. A claimed person makes a seeker, a token a kiosk or screen."""
        held = {m.role for m in self.memberships}
        if self.person is not None:
            held.add("seeker")
        if self.user is None:
            held.add(self._device_role())
        return frozenset(held or {"seeker" if self.user else "visitor"})

    def _device_role(self) -> str:
        if self.device is None:
            return "visitor"
        return "kiosk" if self.device.kind == "kiosk" else "screen"

    @property
    def duties(self) -> frozenset[str]:
        return frozenset(m.duty for m in self.memberships if m.duty)

    @property
    def person(self) -> Person | None:
        return self.user.person if self.user is not None else None

    @property
    def actor_key(self) -> str:
        if self.user is not None:
            return self.user.actor_key
        return f"device:{self.device.uid}" if self.device is not None else "visitor"

    @property
    def is_staff(self) -> bool:
        """Tell whether the viewer belongs to the house: those must sign in with a second factor."""
        return bool(self.roles & STAFF_ROLES)

    def has(self, *names: str) -> bool:
        """Tell whether the viewer holds one of these roles or duties."""
        return bool((self.roles | self.duties) & set(names))

    def organisations(self, *roles: str) -> list[Organisation]:
        """Return the organisations the viewer acts for, in these roles or in any."""
        return [m.organisation for m in self.memberships if not roles or m.role in roles]

    def acts_for(self, organisation: Organisation | None) -> bool:
        """Tell whether the viewer recruits for this organisation."""
        mine = self.organisations(Role.RECRUITER)
        return organisation is not None and any(o.pk == organisation.pk for o in mine)


VISITOR = Viewer()


def viewer_of(user: User | None, *, on: date, device: Any = None) -> Viewer:
    """Return who is asking today. Suspended accounts have no power whatever they hold."""
    if user is None or not user.is_active:
        return Viewer(device=device)
    return Viewer(user, device, tuple(Membership.objects.live_on(on).filter(user=user)))


__all__ = ["STAFF_ROLES", "VISITOR", "Duty", "Role", "Viewer", "viewer_of"]

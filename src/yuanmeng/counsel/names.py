"""Who acted, said for people: the keys that steps and records keep, turned into names."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils.translation import gettext as _

from yuanmeng.people.models import Person, User


def names_of(keys: Iterable[str], *, person: Person | None = None) -> dict[str, str]:
    """This will name each actor key; `person` is the one the page is about and reads as themselves."""
    wanted = set(keys)
    uids = [key.removeprefix("user:") for key in wanted if key.startswith("user:")]
    users = {user.actor_key: user for user in User.objects.filter(uid__in=uids)}
    return {key: _name(key, users.get(key), person) for key in wanted}


def _name(key: str, user: User | None, person: Person | None) -> str:
    own = person is not None and (key == f"person:{person.uid}" or (user and user.person_id == person.pk))
    if own:
        return _("the person themselves")
    if user is not None:
        return user.display_name or _("a colleague")
    if key.startswith(("user:", "person:")):
        return ""  # an account that is gone, or none: the step stays, the name does not
    if key.startswith("device:"):
        return _("one of our devices")
    if key == "setup":
        return _("the set-up of the house")
    return _("the system") if key == "clock" else _("somebody without a login")

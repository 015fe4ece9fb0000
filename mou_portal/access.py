"""Who may open what: every URL of the portal is named here, and one that is not stays shut.

This is the first question only, about the role. The second, whether the thing is theirs to see,
is `visible_to` in the view: a stranger gets the same 404 as for what does not exist.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from parties.acting import Acting
from parties.models import Role


@dataclass(frozen=True)
class Who:
    """A group of people. `roles` are those of the acting organisation; empty means any or none."""

    name: str
    roles: frozenset[str] = frozenset()

    def includes(self, acting: Acting) -> bool:
        if self is EVERYBODY:
            return True
        if not acting.user.is_authenticated:
            return False
        if self is SYSTEM_ADMINISTRATORS:
            return bool(acting.user.is_staff)
        return self is LOGGED_IN or not acting.roles.isdisjoint(self.roles)


def holders(*roles: Role) -> Who:
    return Who(" or ".join(Role(role).label for role in roles), frozenset(roles))


EVERYBODY: Final = Who("everybody")
LOGGED_IN: Final = Who("everybody who is logged in")
SYSTEM_ADMINISTRATORS: Final = Who("system administrators")
MEMBERS: Final = Who("members of an organisation", frozenset(Role))
DRAFTERS: Final = holders(Role.EDITOR, Role.MANAGER)
MANAGERS: Final = holders(Role.MANAGER)
SIGNATORIES: Final = holders(Role.SIGNATORY)
ADMINISTRATORS: Final = holders(Role.ADMINISTRATOR)

ACCESS: Final[dict[str, Who]] = {
    "home": LOGGED_IN,
    "acting": LOGGED_IN,
    "accessibility": EVERYBODY,
    "healthz": EVERYBODY,
    "readyz": EVERYBODY,
}


def who_may_open(view_name: str) -> Who | None:
    """The group for a URL's name; None for a name that the table does not have."""
    if view_name.startswith("admin:"):
        return SYSTEM_ADMINISTRATORS
    return ACCESS.get(view_name)

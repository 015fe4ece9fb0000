"""Groups of people, as the access to a page names them."""

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
RECORDERS: Final = holders(Role.EDITOR, Role.MANAGER, Role.SECRETARY)
SIGNATORIES: Final = holders(Role.SIGNATORY)
ADMINISTRATORS: Final = holders(Role.ADMINISTRATOR)

"""Groups of people, as the access to a page names them; and who may change an organisation."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Final

from django.db import transaction
from django.db.models import QuerySet

from house.lifecycle import lock
from house.refusals import NotYours, Refused
from nhsuk.words import noun, or_list
from parties.acting import Acting
from parties.models import Membership, Organisation, Role


@dataclass(frozen=True)
class Who:
    """A group of people. `roles` are those of the acting organisation; empty means any or none."""

    name: str
    roles: tuple[Role, ...] = ()
    # System administrators with every right are among them.
    and_system: bool = False

    @property
    def one_of_them(self) -> str:
        """ "an editor, an MoU manager or a secretary": of a group with roles."""
        return or_list(noun(Role(role).label) for role in self.roles)

    def includes(self, acting: Acting) -> bool:
        if self is EVERYBODY:
            return True
        if not acting.user.is_authenticated:
            return False
        if self.and_system and acting.user.is_superuser:
            return True
        if self is SYSTEM_ADMINISTRATORS:
            return bool(acting.user.is_staff)
        if self is SUPERUSERS:
            return bool(acting.user.is_superuser)
        return self is LOGGED_IN or not acting.roles.isdisjoint(self.roles)


def holders(*roles: Role) -> Who:
    return Who(" or ".join(Role(role).label for role in roles), roles)


EVERYBODY: Final = Who("everybody")
LOGGED_IN: Final = Who("everybody who is logged in")
# They open the administration; what they see and do there their rights say.
SYSTEM_ADMINISTRATORS: Final = Who("system administrators")
# System administrators with every right.
SUPERUSERS: Final = Who("superusers")
MEMBERS: Final = Who("members of an organisation", tuple(Role))
DRAFTERS: Final = holders(Role.EDITOR, Role.MANAGER)
MANAGERS: Final = holders(Role.MANAGER)
RECORDERS: Final = holders(Role.EDITOR, Role.MANAGER, Role.SECRETARY)
SIGNATORIES: Final = holders(Role.SIGNATORY)
ADMINISTRATORS: Final = holders(Role.ADMINISTRATOR)
MEMBERS_AND_SYSTEM: Final = Who("members and system administrators", tuple(Role), and_system=True)
ADMINISTRATORS_AND_SYSTEM: Final = Who(
    "administrators of organisations and of the portal", (Role.ADMINISTRATOR,), and_system=True
)
# Those who keep the key contacts, check what was signed on paper, see to it that e-mails arrive.
CONTACT_KEEPERS: Final = holders(Role.EDITOR, Role.MANAGER, Role.ADMINISTRATOR)
PAPER_CHECKERS: Final = holders(Role.EDITOR, Role.MANAGER, Role.SIGNATORY)
# Those who keep the list of addresses at which people without an account are asked to sign.
ADDRESS_KEEPERS: Final = holders(Role.EDITOR, Role.MANAGER, Role.ADMINISTRATOR)
# Those who keep the dates on which a body meets.
DATE_KEEPERS: Final = holders(Role.MANAGER, Role.SECRETARY)
MAIL_KEEPERS: Final = holders(Role.MANAGER, Role.ADMINISTRATOR)


def must_administer(by: Acting, organisation: Organisation) -> None:
    """Raises NotYours for whoever does not act as administrator of this organisation."""
    if by.sets_up == organisation.pk:
        return
    if by.organisation_id != organisation.pk or not by.has(Role.ADMINISTRATOR):
        raise NotYours(
            f"Only an administrator of {organisation.name} may change this, "
            "while acting for that organisation."
        )


def administrators_of(organisation: Organisation) -> QuerySet[Membership]:
    """Who looks after it for good: they may log in, and their role has no end."""
    return Membership.objects.current().filter(
        organisation=organisation,
        role=Role.ADMINISTRATOR,
        user__is_active=True,
        ends_on=None,
    )


@contextmanager
def administering(by: Acting, organisation: Organisation) -> Iterator[None]:
    """The transaction of what its administrator does, in which the organisation is locked."""
    must_administer(by, organisation)
    with transaction.atomic():
        lock(organisation)
        yield


def must_leave_an_administrator(organisation: Organisation, *, without: Iterable[int]) -> None:
    """Raises Refused when no administrator would be left. `without`: memberships that end.

    The caller holds the lock on the organisation, so that two cannot remove each other.
    """
    left = administrators_of(organisation)
    ending = left.filter(pk__in=list(without))
    if ending.exists() and not left.exclude(pk__in=list(without)).exists():
        raise Refused(
            f"{organisation.name} would have no administrator left. "
            "Make somebody else an organisation administrator first."
        )

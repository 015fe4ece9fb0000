"""Who is asking: a user, and the one organisation they act for now."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest

from house.refusals import NotYours
from parties.models import Membership, Organisation, Role, User
from parties.models.organisations import name_today


@dataclass(frozen=True)
class Acting:
    """A user acting for one organisation with the roles they hold there today."""

    user: User | AnonymousUser
    organisation: Organisation | None = None
    roles: frozenset[str] = frozenset()
    # The organisations they may choose from, this one included.
    choices: tuple[Organisation, ...] = field(default=(), compare=False)
    # What a system administrator sets up: its services take them for its administrator until it
    # has one (parties/services/bringing_in.py). They act for no organisation meanwhile.
    sets_up: int | None = None
    # Of somebody without an account, who acts by a link: who they are, and where it was sent
    # (record 0052). The user is then the portal's own.
    by_link: str = ""

    @property
    def organisation_id(self) -> int | None:
        return self.organisation.pk if self.organisation else None

    @property
    def who(self) -> User:
        """The user who acts. Raises NotYours for a visitor who is not logged in."""
        if not isinstance(self.user, User):
            raise NotYours("Log in first.")
        return self.user

    @property
    def on_behalf_of(self) -> Organisation:
        """The organisation they act for. Raises NotYours when they act for none."""
        if self.organisation is None:
            raise NotYours("You do not belong to an organisation yet.")
        return self.organisation

    @property
    def called(self) -> str:
        """Who it is, in words: by their account, or by the link that was sent to them."""
        return self.by_link or str(self.user)

    def has(self, *roles: Role) -> bool:
        """Whether they hold one of these roles in the organisation they act for."""
        return not self.roles.isdisjoint(roles)


def acting_for(user: Any, organisation_id: int | None = None) -> Acting:
    """The user acting for the organisation, or for their first one if they may not (one query).

    Read from the database each time: a role that ended is gone with the next request.
    """
    found = each_acting(user)
    if not found:
        is_known = user.is_authenticated and user.is_active
        return Acting(user=user if is_known else AnonymousUser())
    # Every page shows the person's name: it came with the rows, so nobody asks for it again.
    user.person = found[0].who.person
    chosen = next((each for each in found if each.organisation_id == organisation_id), found[0])
    return replace(chosen, user=user)


def each_acting(user: Any) -> list[Acting]:
    """The user acting for each of their organisations of today, none for who may not log in (one
    query)."""
    if not user.is_authenticated or not user.is_active:
        return []
    memberships = list(
        Membership.objects.current()
        .filter(user=user)
        .select_related("organisation", "user__person")
        .annotate(called=name_today("organisation"))
        .order_by("organisation_id")
    )
    for membership in memberships:
        membership.organisation.name_read = membership.called
    choices = {membership.organisation_id: membership.organisation for membership in memberships}
    return [
        Acting(
            memberships[0].user,
            organisation,
            _roles_there(organisation, (m.role for m in memberships if m.organisation_id == pk)),
            tuple(choices.values()),
        )
        for pk, organisation in choices.items()
    ]


def with_roles_held(by: Acting) -> Acting:
    """The same with the roles that they hold at this moment, which stay until the transaction ends.

    Call it first in the transaction of an act that waits for others, such as signing: who lost the
    role meanwhile is then refused, and who takes it away waits for the act. Before the agreement is
    locked, because who leaves an organisation ends their roles before their part in agreements.
    """
    rows = Membership.objects.current().select_for_update(no_key=True, of=("self", "user"))
    held = rows.filter(user=by.who, user__is_active=True, organisation=by.on_behalf_of)
    found = list(held.select_related("user", "organisation"))
    if not found:
        return replace(by, roles=frozenset())
    return replace(by, roles=_roles_there(found[0].organisation, (each.role for each in found)))


def _roles_there(organisation: Organisation, held: Iterable[str]) -> frozenset[str]:
    """In one that has closed everybody reads, and its administrators see to its people; nobody
    starts or signs anything (X07)."""
    roles = frozenset(held)
    if not organisation.is_closed or not roles:
        return roles
    return (roles & {Role.ADMINISTRATOR}) | {Role.VIEWER}


def acting_of(request: HttpRequest) -> Acting:
    """Who asks, and for which organisation."""
    acting: Acting = request.acting  # type: ignore[attr-defined]
    return acting

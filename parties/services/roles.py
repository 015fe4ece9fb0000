"""Roles: what somebody may do for the organisation. Given and taken, they hold at once."""

from __future__ import annotations

from collections.abc import Iterable

from audit.services import record
from house import clock
from parties.acting import Acting
from parties.models import Membership, Organisation, Role, User
from parties.services.people import end_at_once
from parties.who import administering, must_leave_an_administrator


def set_roles(
    *, by: Acting, organisation: Organisation, user: User, roles: Iterable[str]
) -> tuple[list[Role], list[Role]]:
    """Gives and takes roles until the user has exactly these. Returns (given, taken).

    Somebody may change their own roles: the entry then says so.
    """
    wanted = {Role(role) for role in roles}
    with administering(by, organisation):
        held = {Role(m.role): m for m in _open(organisation, user)}
        taken = sorted(set(held) - wanted)
        must_leave_an_administrator(organisation, without=[held[role].pk for role in taken])
        for role in taken:
            end_at_once(held[role])
        given = give_roles(organisation, user, wanted)
        if given or taken:
            own = user == by.user
            record(by, "changed roles", user, given=given, taken=taken, own=own)
    return given, taken


def add_roles(
    *, by: Acting, organisation: Organisation, user: User, roles: Iterable[str]
) -> list[Role]:
    """Gives these roles besides those that the user has. Returns the new ones."""
    held = [m.role for m in _open(organisation, user)]
    given, _ = set_roles(by=by, organisation=organisation, user=user, roles=[*held, *roles])
    return given


def give_roles(organisation: Organisation, user: User, roles: Iterable[str]) -> list[Role]:
    """Opens the memberships that are not open yet. For services that have checked who asks."""
    held = {m.role for m in _open(organisation, user)}
    missing = sorted({Role(role) for role in roles} - held)
    for role in missing:
        Membership.objects.create(
            user=user, organisation=organisation, role=role, starts_on=clock.today()
        )
    return missing


def _open(organisation: Organisation, user: User) -> list[Membership]:
    open_ones = Membership.objects.filter(user=user, organisation=organisation, ends_on=None)
    return list(open_ones)

"""Roles: what somebody may do for the organisation. Given and taken, they hold at once."""

from __future__ import annotations

from collections.abc import Iterable

from django.db import transaction

from house import clock
from house.lifecycle import lock
from parties.acting import Acting
from parties.models import Membership, Organisation, Role, User
from parties.rules import must_administer, must_leave_an_administrator, yesterday
from parties.services.people import cut_short
from parties.services.recording import record


def set_roles(
    *, by: Acting, organisation: Organisation, user: User, roles: Iterable[str]
) -> tuple[list[Role], list[Role]]:
    """Gives and takes roles until the user has exactly these. Returns (given, taken).

    Somebody may change their own roles: the entry then says so.
    """
    must_administer(by, organisation)
    wanted = {Role(role) for role in roles}
    with transaction.atomic():
        lock(organisation)
        held = {Role(m.role): m for m in _open(organisation, user)}
        taken = sorted(set(held) - wanted)
        must_leave_an_administrator(organisation, without=[held[role].pk for role in taken])
        for role in taken:
            cut_short(held[role], yesterday())
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

"""Who may change an organisation, and what its administrators may not do."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta

from house import clock
from house.refusals import NotYours, Refused
from parties.acting import Acting
from parties.models import Membership, Organisation, Role


def must_administer(by: Acting, organisation: Organisation) -> None:
    """Raises NotYours for whoever does not act as administrator of this organisation."""
    if by.organisation_id != organisation.pk or not by.has(Role.ADMINISTRATOR):
        raise NotYours(
            f"Only an administrator of {organisation.name} may change this, "
            "while acting for that organisation."
        )


def must_leave_an_administrator(organisation: Organisation, *, without: Iterable[int]) -> None:
    """Raises Refused when no administrator would be left. `without`: memberships that end.

    The caller holds the lock on the organisation, so that two cannot remove each other.
    """
    left = Membership.objects.current().filter(
        organisation=organisation,
        role=Role.ADMINISTRATOR,
        user__is_active=True,
        ends_on=None,
    )
    ending = left.filter(pk__in=list(without))
    if ending.exists() and not left.exclude(pk__in=list(without)).exists():
        raise Refused(
            f"{organisation.name} would have no administrator left. "
            "Make somebody else an organisation administrator first."
        )


def yesterday() -> date:
    """The last day of what ends at once: both days of a dated row are included."""
    return clock.today() - timedelta(days=1)

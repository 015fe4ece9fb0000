"""What an organisation is called, and where it is, from one day to another."""

from __future__ import annotations

from datetime import date, timedelta

from django.db import transaction

from house.lifecycle import lock
from house.refusals import Refused
from nhsuk.dates import day
from parties.acting import Acting
from parties.models import Organisation, OrganisationName
from parties.rules import must_administer
from parties.services.recording import record


def rename(
    *, by: Acting, organisation: Organisation, name: str, address: str, starts_on: date
) -> OrganisationName:
    """Gives a name and address from a day on; the name before ends with the day before.

    The same day as that of the newest name corrects it. An earlier day is refused: what stood in
    a signed agreement must not change behind it.
    """
    must_administer(by, organisation)
    with transaction.atomic():
        lock(organisation)
        newest = organisation.names.order_by("starts_on", "pk").last()
        named = _named(organisation, newest, starts_on)
        if (named.name, named.address) == (name, address):
            raise Refused("Nothing is different. Change the name or the address.")
        named.name, named.address = name, address
        named.save()
        record(by, "named", organisation, name=named.pk, starts_on=starts_on.isoformat())
    return named


def _named(
    organisation: Organisation, newest: OrganisationName | None, starts_on: date
) -> OrganisationName:
    """The row to write: the newest one when the day is the same, otherwise one that follows it."""
    if newest is None:
        return OrganisationName(organisation=organisation, starts_on=starts_on)
    if newest.starts_on == starts_on:
        return newest
    if newest.starts_on and starts_on < newest.starts_on:
        raise Refused(
            f"The name and address now hold from {day(newest.starts_on)}. Enter that day or a "
            "later one.",
            field="starts_on",
        )
    newest.ends_on = starts_on - timedelta(days=1)
    newest.save(update_fields=["ends_on"])
    return OrganisationName(
        organisation=organisation,
        starts_on=starts_on,
        name=newest.name,
        address=newest.address,
    )

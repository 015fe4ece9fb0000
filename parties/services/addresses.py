"""Addresses of people without an account who are asked to sign: entered by one, checked by another.

The list is that of the organisation that asks: a sender's, or one's own.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from django.db import transaction

from audit.services import write_entry
from house import clock
from house.lifecycle import lock
from house.refusals import NotYours, Refused
from parties.acting import Acting
from parties.models import AddressCheck, CheckedAddress, Organisation
from parties.who import ADDRESS_KEEPERS

State = CheckedAddress.State
COLLEAGUE = "You entered this address yourself. A colleague looks through it."


@dataclass(frozen=True)
class Typed:
    """Somebody as they were typed, or read from a list."""

    organisation: Organisation
    name: str
    email: str
    job_title: str = ""


def enter_addresses(*, by: Acting, typed: Sequence[Typed]) -> list[CheckedAddress]:
    """Puts these on the list of the organisation, to be looked through. What stands there already
    stays as it is. Gives those of the list that were meant, in order."""
    _must_keep(by)
    with transaction.atomic():
        kept_by = lock(by.on_behalf_of)
        there = _there(kept_by, typed)
        made = [
            _made(by, kept_by, each) for each in dict.fromkeys(typed) if _key(each) not in there
        ]
        for each in CheckedAddress.objects.bulk_create(made):
            there[_key(each)] = each
        if made:
            write_entry(
                actor=by.who,
                organisation_id=by.organisation_id,
                verb="entered addresses to sign by",
                about=kept_by,
                payload={"addresses": [str(each) for each in made]},
            )
    return [there[_key(each)] for each in typed]


def look_through(
    *, by: Acting, shown: Collection[int], wrong: Collection[int] = ()
) -> AddressCheck:
    """A colleague of whoever entered them looked through these; `wrong` are those not right.

    `shown` are the ids that stood on the page: what was entered meanwhile waits. Raises Refused
    where one of them was entered by the same person, and where nothing is left to look through.
    """
    _must_keep(by)
    with transaction.atomic():
        kept_by = lock(by.on_behalf_of)
        rows = CheckedAddress.objects.waiting().filter(kept_by=kept_by, pk__in=shown)
        found = list(rows.order_by("pk"))
        if not found:
            raise Refused("Nothing is left to look through. Nothing was changed.")
        if any(each.entered_by_id == by.who.pk for each in found):
            raise Refused(COLLEAGUE)
        return _looked_through(by, kept_by, found, wrong)


def _looked_through(
    by: Acting, kept_by: Organisation, found: Sequence[CheckedAddress], wrong: Collection[int]
) -> AddressCheck:
    """Writes down what was found right, and what wrong."""
    check = AddressCheck.objects.create(
        organisation=kept_by, checked_by=by.who, checked_at=clock.now()
    )
    for each in found:
        each.state, each.looked_at = (State.WRONG if each.pk in wrong else State.CHECKED), check
    CheckedAddress.objects.bulk_update(found, ["state", "looked_at"])
    write_entry(
        actor=by.who,
        organisation_id=by.organisation_id,
        verb="looked through addresses to sign by",
        about=check,
        payload={
            "right": [str(each) for each in found if each.pk not in wrong],
            "wrong": [str(each) for each in found if each.pk in wrong],
        },
    )
    return check


def end_address(*, by: Acting, address: CheckedAddress) -> None:
    """It is no longer used: nobody is asked at it from now on."""
    _must_keep(by)
    with transaction.atomic():
        current = lock(address)
        if current.state not in {State.ENTERED, State.CHECKED}:
            raise Refused("This address is not used any more. Nothing was changed.")
        CheckedAddress.objects.filter(pk=current.pk).update(state=State.ENDED)
        write_entry(
            actor=by.who,
            organisation_id=by.organisation_id,
            verb="took an address to sign by off the list",
            about=current,
            payload={"address": str(current)},
        )


def _must_keep(by: Acting) -> None:
    if not ADDRESS_KEEPERS.includes(by):
        raise NotYours(f"Only {ADDRESS_KEEPERS.one_of_them} of your organisation may do this.")


Key = tuple[int, str, str]


def _key(each: Typed | CheckedAddress) -> Key:
    return each.organisation.pk, each.name, each.email.lower()


def _there(kept_by: Organisation, typed: Iterable[Typed]) -> dict[Key, CheckedAddress]:
    rows = CheckedAddress.objects.filter(
        kept_by=kept_by,
        state__in=[State.ENTERED, State.CHECKED],
        organisation__in={each.organisation.pk for each in typed},
    )
    return {_key(each): each for each in rows.select_related("organisation")}


def _made(by: Acting, kept_by: Organisation, each: Typed) -> CheckedAddress:
    return CheckedAddress(
        kept_by=kept_by,
        organisation=each.organisation,
        name=each.name,
        email=each.email.lower(),
        job_title=each.job_title,
        entered_by=by.who,
        entered_at=clock.now(),
    )

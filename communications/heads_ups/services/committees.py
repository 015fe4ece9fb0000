"""The local medical committees that an organisation tells: a list of its own (A12)."""

from __future__ import annotations

from collections.abc import Collection

from django.db import transaction

from agreements.core.parties import require_role
from agreements.models import Agreement
from communications.heads_ups.services.locking import note_committee
from communications.models import CommitteeServes, LocalCommittee
from communications.queries.agreements import agreements_to_announce
from house import clock
from house.lifecycle import lock
from house.refusals import NotYours, Refused
from parties.acting import Acting
from parties.who import DRAFTERS


def keep_committee(
    *, by: Acting, name: str, address: str, agreements: Collection[Agreement]
) -> LocalCommittee:
    """Puts a committee on the list, for the agreements of its area. One at the same address that is
    there already serves these as well, and keeps its name.

    Raises Refused without an agreement, and for one that is not the organisation's own.
    """
    require_role(by, DRAFTERS)
    with transaction.atomic():
        found, new = LocalCommittee.objects.get_or_create(
            organisation=by.on_behalf_of,
            address=address.lower(),
            ended_at=None,
            defaults={"name": name, "recorded_by": by.who, "recorded_at": clock.now()},
        )
        _serve(by, found, agreements)
        note_committee(by, "kept" if new else "serves", found)
    return found


def change_committee(
    *, by: Acting, committee: LocalCommittee, name: str, address: str,
    agreements: Collection[Agreement],
) -> None:  # fmt: skip
    """Its name and address, and which agreements it is for. Who was told before stays on record."""
    with transaction.atomic():
        current = _lock(by, committee)
        others = LocalCommittee.objects.current().filter(organisation=current.organisation_id)
        if others.filter(address=address.lower()).exclude(pk=current.pk).exists():
            raise Refused("This address is on the list already.", field="address")
        current.name, current.address = name, address.lower()
        current.save(update_fields=["name", "address"])
        wanted = {each.pk for each in agreements}
        current.serves.exclude(agreement__in=wanted).delete()
        _serve(by, current, agreements)
        note_committee(by, "changed", current)


def end_committee(*, by: Acting, committee: LocalCommittee) -> None:
    """It is told no more. What it was told stays."""
    with transaction.atomic():
        current = _lock(by, committee)
        current.ended_at = clock.now()
        current.save(update_fields=["ended_at"])
        note_committee(by, "ended", current)


def _lock(by: Acting, committee: LocalCommittee) -> LocalCommittee:
    require_role(by, DRAFTERS)
    if committee.organisation_id != by.organisation_id:
        raise NotYours("Only the organisation that keeps this list may change it.")
    current = lock(committee)
    if current.ended_at:
        raise Refused("This committee is off the list already.")
    return current


def _serve(by: Acting, committee: LocalCommittee, agreements: Collection[Agreement]) -> None:
    wanted = {each.pk for each in agreements}
    served = set(committee.serves.values_list("agreement", flat=True))
    known = agreements_to_announce(by, served).filter(pk__in=wanted)
    found = set(known.values_list("pk", flat=True))
    if not wanted or found != wanted:
        raise Refused("Choose agreements of your organisation.", field="agreements")
    CommitteeServes.objects.bulk_create(
        [CommitteeServes(committee=committee, agreement_id=pk) for pk in sorted(wanted - served)],
        ignore_conflicts=True,
    )

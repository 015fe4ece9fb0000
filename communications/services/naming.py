"""Naming whom an announcement is about, where it touches agreements between more than two.

Its lead times are owed to all other parties, as the terms say; those whom it is about are told so.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence

from agreements.models import Party
from communications.models import Announcement, ConcernedAgreement, TouchedParty
from communications.queries.agreements import others_of, sides_by_agreement
from communications.services.dates import concerned_of
from house.refusals import Refused

NO_PARTY = "Choose parties of the agreements that you chose."


def name_touched(announcement: Announcement, about: Collection[int] | None) -> None:
    """Makes the parties whom it is about equal to these organisations; without them all others.

    Raises Refused where none of an agreement between more than two is named, and for one that is a
    party to no agreement of it.
    """
    rows, owner = concerned_of(announcement), announcement.owner_id
    sides = sides_by_agreement(row.agreement for row in rows)
    others = {
        row: [p for p in sides[row.agreement_id] if p.organisation.pk != owner] for row in rows
    }
    if all(len(others_of(those, owner)) < 2 for those in others.values()):
        _write(announcement, {})
        return
    if about is not None:
        _check(about, others)
    _write(announcement, {row: _of(those, about) for row, those in others.items()})


def _of(others: Sequence[Party], about: Collection[int] | None) -> list[Party]:
    """Of two parties it is about the other."""
    if about is None or len({party.organisation.pk for party in others}) < 2:
        return list(others)
    return [party for party in others if party.organisation.pk in about]


def _check(about: Collection[int], others: dict[ConcernedAgreement, list[Party]]) -> None:
    there = {party.organisation.pk for those in others.values() for party in those}
    if not set(about) <= there:
        raise Refused(NO_PARTY, field="about")
    for row, those in others.items():
        if not _of(those, about):
            raise Refused(
                f"Choose which parties of {row.agreement.reference} it is about.", field="about"
            )


def _write(announcement: Announcement, wanted: dict[ConcernedAgreement, list[Party]]) -> None:
    known = TouchedParty.objects.filter(concerned__announcement=announcement)
    pairs = {(row.pk, party.pk) for row, those in wanted.items() for party in those}
    held = {(each.concerned_id, each.party_id): each for each in known}
    known.filter(pk__in=[each.pk for pair, each in held.items() if pair not in pairs]).delete()
    TouchedParty.objects.bulk_create(
        TouchedParty(concerned_id=row, party_id=party) for row, party in sorted(pairs - held.keys())
    )

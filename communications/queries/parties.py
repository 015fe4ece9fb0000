"""The parties of the agreements that an announcement touches."""

from __future__ import annotations

from collections.abc import Iterable

from agreements.models import Agreement, Party, read_parties
from communications.models import Announcement
from parties.models import Organisation

Sides = dict[int, list[Party]]


def sides_by_agreement(agreements: Iterable[Agreement]) -> Sides:
    """Agreement id -> its parties in their order, with organisations at hand (three queries)."""
    found = list(agreements)
    read_parties(found)
    return {agreement.pk: agreement.sides for agreement in found}


def others_of(parties: Iterable[Party], owner_id: int) -> list[Organisation]:
    """Who has to be told: the organisations that hold the other sides, each once."""
    held = {party.organisation.pk: party.organisation for party in parties}
    return [organisation for pk, organisation in held.items() if pk != owner_id]


def parties_of_announcement(announcement: Announcement) -> list[Party]:
    """The parties of all the agreements that it touches (four queries)."""
    agreements = Agreement.objects.filter(announcements__announcement=announcement)
    rows = agreements.select_related("in_force_version").order_by("reference")
    sides = sides_by_agreement(rows)
    return [party for parties in sides.values() for party in parties]


def other_organisations(parties: Iterable[Party], owner_id: int) -> list[Organisation]:
    """The other parties, each once, by name."""
    return sorted(others_of(parties, owner_id), key=lambda each: each.name.casefold())

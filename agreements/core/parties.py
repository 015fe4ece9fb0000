"""Which side somebody acts for in an agreement, and whether they may act there."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from django.db.models import Prefetch, prefetch_related_objects

from agreements.models import Agreement, Party, PartySpell, Version
from house.refusals import NotYours
from parties.acting import Acting
from parties.models import Role


def parties_of(agreement: Agreement) -> list[Party]:
    """The parties in their order, with organisations and names at hand (three queries).

    None where they have been read already: the steps of a service and the rooms of a page ask the
    same agreement again and again.
    """
    read_parties([agreement])
    return list(agreement.parties.all())


def read_parties(agreements: Sequence[Agreement]) -> None:
    """Keeps the parties of these agreements at hand (three queries, for any number)."""
    parties = Party.objects.prefetch_related(with_organisations())
    prefetch_related_objects(agreements, Prefetch("parties", parties))


def versions_in_force(agreements: Iterable[Agreement]) -> list[Version]:
    """The version in force of each that ever was, with its parties at hand (four queries)."""
    signed = [each for each in agreements if each.in_force_version_id]
    prefetch_related_objects(signed, "in_force_version")
    read_parties(signed)
    versions = []
    for each in signed:
        if version := each.in_force_version:
            version.agreement = each
            versions.append(version)
    return versions


def with_organisations(to_party: str = "") -> Prefetch[str]:
    """For a query of parties: who holds each, and what they are called (two queries).

    `to_party` is the way to them from other rows: "owner" for actions that a party owns.
    """
    spells = PartySpell.objects.select_related("organisation")
    path = f"{to_party}__spells".lstrip("_")
    return Prefetch(path, spells.prefetch_related("organisation__names"))


def sides_of(agreement: Agreement, acting: Acting) -> list[Party]:
    """The sides that the acting organisation holds today; after a merger there may be two."""
    return [
        party for party in parties_of(agreement) if party.organisation.pk == acting.organisation_id
    ]


def side_of(agreement: Agreement, acting: Acting) -> Party:
    """The side that the acting organisation holds. Raises NotYours when it holds none."""
    sides = sides_of(agreement, acting)
    if not sides:
        raise NotYours("Your organisation is not a party to this agreement.")
    return sides[0]


def require_role(acting: Acting, *roles: Role) -> None:
    """Raises NotYours, naming who may, when the person holds none of these roles."""
    if not acting.has(*roles):
        who = " or ".join(Role(role).label.lower() for role in roles)
        raise NotYours(f"Only the {who} of your organisation may do this.")

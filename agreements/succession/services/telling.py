"""Whom a succession is told to: the old organisation before it, every party after it, once each."""

from __future__ import annotations

from collections.abc import Iterator

from agreements.core.recipients import managers_by_party
from agreements.models import Agreement, read_parties
from deadlines.kinds import Recipient, of_role
from mail.models import Delivery
from mail.services import delivery, queue_all
from parties.models import Organisation, Role, Succession


def tell_asked(succession: Succession) -> None:
    """Its administrators are asked whether another takes its place."""
    found = of_role(succession.old, Role.ADMINISTRATOR)
    queue_all(_letters("succession_asked", succession, succession.old_id, found))


def tell_all(succession: Succession) -> None:
    """The managers of every other party of what went over, of the successor and of the old one:
    one e-mail each for all of its agreements."""
    queue_all(
        letter
        for organisation, found in _reached(succession).items()
        for letter in _letters("succession_told", succession, organisation, found)
    )


def _reached(succession: Succession) -> dict[int, list[Recipient]]:
    moved = succession.moves.filter(moved_at__isnull=False).order_by().values("agreement")
    agreements = list(Agreement.objects.filter(pk__in=moved))
    read_parties(agreements)
    parties = [party for each in agreements for party in each.sides if not party.left_on]
    found: dict[int, list[Recipient]] = {
        succession.old_id: [
            *of_role(succession.old, Role.ADMINISTRATOR),
            *of_role(succession.old, Role.MANAGER),
        ],
        succession.new_id: of_role(succession.new, Role.MANAGER),
    }
    reached = managers_by_party(parties)
    for party in parties:
        found.setdefault(party.organisation.pk, []).extend(reached[party.pk])
    return found


def _letters(
    kind: str, succession: Succession, at: int, found: list[Recipient]
) -> Iterator[Delivery]:
    for address in dict.fromkeys(each.address for each in found):
        yield delivery(
            kind=kind,
            address=address,
            organisation_id=at,
            context={"succession": succession.pk, "organisation": at},
            dedupe=f"{kind}:{succession.pk}:{at}:{address}",
        )


def parties_told(organisation: Organisation, succession: Succession) -> int:
    """In how many of the agreements that went over it has a side, or had one."""
    moved = succession.moves.filter(moved_at__isnull=False)
    return moved.filter(agreement__access__organisation=organisation).count()

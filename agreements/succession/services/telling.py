"""Whom a succession is told to: the old organisation before it, every party after it, once each."""

from __future__ import annotations

from collections.abc import Iterator

from agreements.core.by_link import contact_without_account
from agreements.core.recipients import managers_by_party
from agreements.models import Agreement, Party, SuccessionMove, read_parties
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
    one e-mail each for all of its agreements. Who has no account gets one for each, with a link by
    which they say whether it is right."""
    moves = {move.agreement_id: move for move in succession.moves.filter(moved_at__isnull=False)}
    agreements = list(Agreement.objects.filter(pk__in=moves))
    read_parties(agreements)
    parties = [party for each in agreements for party in each.sides if not party.left_on]
    reached = managers_by_party(parties)
    found = {
        succession.old_id: [
            *of_role(succession.old, Role.ADMINISTRATOR), *of_role(succession.old, Role.MANAGER)
        ],
        succession.new_id: of_role(succession.new, Role.MANAGER),
    }  # fmt: skip
    letters: list[Delivery] = []
    for party in parties:
        of, without = party.organisation.pk, _without_account(party, reached[party.pk])
        if of != succession.new_id:
            letters += (_by_link(moves[party.agreement_id], party, each) for each in without)
        rest = [each for each in reached[party.pk] if each not in without]
        found.setdefault(of, []).extend(rest)
    for of, people in found.items():
        letters += _letters("succession_told", succession, of, people)
    queue_all(letters)


def _without_account(party: Party, people: list[Recipient]) -> list[Recipient]:
    return [each for each in people if contact_without_account(party, each.person_id)]


def _by_link(move: SuccessionMove, party: Party, to: Recipient) -> Delivery:
    return delivery(
        kind="succession_to_answer",
        address=to.address,
        organisation_id=party.organisation.pk,
        context={"move": move.pk, "party": party.pk, "person": to.person_id},
        dedupe=f"succession_to_answer:{move.pk}:{party.pk}:{to.address}",
    )


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


def to_decide(succession: Succession) -> int:
    """Of how many agreements that went over the successor has still to say what becomes of them."""
    moved = succession.moves.filter(moved_at__isnull=False, choice="")
    return moved.filter(agreement__state__in=Agreement.TAKING_ACTS).count()

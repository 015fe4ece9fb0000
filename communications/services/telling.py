"""Who is told by e-mail. What is under embargo stands in none: each leads to a page."""

from __future__ import annotations

from agreements.core.recipients import managers_by_party, why_of
from communications.models import Announcement, Share
from communications.queries.agreements import sides_by_agreement
from communications.queries.readers import can_read, planner_of, shares_of
from communications.services.dates import concerned_of
from deadlines.kinds import of_person, of_role
from mail.services import delivery, queue_all, queue_mail
from parties.models import Role


def tell_reader(share: Share, *, kind: str, event: str) -> str:
    """Queues one e-mail to whom a draft is shared with; gives the address, or nothing."""
    address = address_of(share)
    if address:
        _queue(share.draft.announcement, kind, event, address, share=share.pk)
    return address


def tell_all_named(announcement: Announcement, *, kind: str, event: str) -> set[str]:
    """Queues one e-mail to everybody with whom a draft is shared; gives the addresses."""
    told = {tell_reader(share, kind=kind, event=event) for share in shares_of(announcement)}
    return told - {""}


def tell_parties(
    announcement: Announcement, *, kind: str, besides: set[str], event: str = ""
) -> None:
    """Queues one e-mail to the MoU managers of the other parties, but not to who was told."""
    sides = sides_by_agreement(row.agreement for row in concerned_of(announcement))
    parties = [party for of_agreement in sides.values() for party in of_agreement]
    others = [party for party in parties if party.organisation.pk != announcement.owner_id]
    managers = managers_by_party(others)
    queue_all(
        delivery(
            kind=kind,
            address=recipient.address,
            organisation_id=party.organisation.pk,
            context={"announcement": announcement.pk, "party": party.pk, **why_of(recipient)},
            dedupe=f"{kind}:{event or announcement.pk}:{recipient.address}",
        )
        for party in others
        for recipient in managers[party.pk]
        if recipient.address not in besides
    )


def tell_planner(
    announcement: Announcement, *, kind: str, event: str, side: int, **about: int
) -> None:
    """Queues one e-mail to whoever planned it: the readers of a side have answered. Who has left
    is told nothing: then it goes to the owner's MoU managers."""
    for recipient in planner_of(announcement) or of_role(announcement.owner, Role.MANAGER):
        _queue(announcement, kind, event, recipient.address, organisation=side, **about)


def tell_side(announcement: Announcement, *, kind: str, event: str, side: int) -> None:
    """Queues one e-mail to the named readers of one side."""
    for share in shares_of(announcement):
        if share.organisation_id == side:
            tell_reader(share, kind=kind, event=event)


def address_of(share: Share) -> str:
    """A team's own address; a person's, as they log in, as long as they belong there."""
    if share.team:
        return share.team.address
    if share.person is None or not can_read(share):
        return ""
    found = of_person(share.person, share.organisation, "")
    return found.address if found else ""


def _queue(announcement: Announcement, kind: str, event: str, address: str, **about: int) -> None:
    """When it fails the owner's managers see it: the readers' own may know nothing of it."""
    queue_mail(
        kind=kind,
        address=address,
        organisation_id=announcement.owner_id,
        context={"announcement": announcement.pk, **about},
        dedupe=f"{kind}:{event}:{address}",
    )

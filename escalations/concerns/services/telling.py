"""The readers of a concern are told, in words that say nothing of it."""

from __future__ import annotations

from collections.abc import Iterable

from agreements.models import Party
from deadlines.kinds import Recipient
from escalations.concerns.rules import Reader
from escalations.models import ConcernReader
from house import clock
from mail.services import queue_mail
from parties.models import User


def tell(reader: Reader, users: Iterable[User], what: str, *, party: Party | None = None) -> None:
    """One e-mail to each, but to whoever did it. `party` is theirs, where it is another: whoever
    names themselves as its contact does not know yet what waits for them."""
    side = party or reader.party
    for user in users:
        knows = user.pk == reader.acting.who.pk and what != "shared"
        if user.is_active and not knows:
            _queue(reader, side, what, user.email, user=user.pk)


def tell_by_link(reader: Reader, told: Recipient, party: Party) -> None:
    """A key contact without an account reads it by a link for one thing (record 0052)."""
    _queue(reader, party, "shared", told.address, person=told.person_id)


def tell_readers(reader: Reader, what: str, parties: Iterable[Party]) -> None:
    """Whoever of these parties reads it now."""
    sides = {party.pk: party for party in parties}
    rows = ConcernReader.objects.still_open().filter(concern=reader.concern, party__in=sides)
    for row in rows.select_related("user").order_by("pk"):
        tell(reader, [row.user], what, party=sides[row.party_id])


def _queue(reader: Reader, party: Party, what: str, address: str, **whom: int | None) -> None:
    concern, now = reader.concern, clock.now().isoformat()
    queue_mail(
        kind="concern_told",
        address=address,
        organisation_id=party.organisation.pk,
        context={"concern": concern.pk, "party": party.pk, "what": what, **whom},
        dedupe=f"concern_told:{concern.pk}:{what}:{address}:{now}",
    )

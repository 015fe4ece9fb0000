"""Who is told by e-mail. Mail goes to the key contact, else to the holders of the role."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from agreements.core.parties import parties_of
from agreements.core.recipients import managers_by_party
from agreements.models import Happening
from mail.models import Delivery
from mail.services import delivery, queue_all
from parties.acting import Acting


def tell_managers(*, of: Happening, kind: str, by: Acting, others_only: bool = False) -> None:
    """Queues one e-mail to each party's MoU manager, but not to the person who did it."""
    own = getattr(by.user, "email", None)
    parties = parties_of(of.agreement)
    if others_only:
        parties = [p for p in parties if p.organisation.pk != by.organisation_id]
    managers = managers_by_party(parties)
    queue_all(
        letter
        for party in parties
        for letter in letters(
            (each.address for each in managers[party.pk] if each.address != own),
            of=of, kind=kind, at=party.organisation.pk, party=party.pk,
        )
    )  # fmt: skip


def tell(addresses: Iterable[str], *, of: Happening, kind: str, at: int, **context: Any) -> None:
    """Queues one e-mail about what happened to each address, once however often it is asked.

    `at` is the id of the organisation whose managers see it when the e-mail fails.
    """
    queue_all(letters(addresses, of=of, kind=kind, at=at, **context))


def letters(
    addresses: Iterable[str], *, of: Happening, kind: str, at: int, **context: Any
) -> Iterator[Delivery]:
    for address in addresses:
        yield delivery(
            kind=kind,
            address=address,
            organisation_id=at,
            context={"happening": of.pk, **context},
            dedupe=f"{kind}:{of.pk}:{address}",
        )

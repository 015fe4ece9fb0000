"""Who is told by e-mail. Mail goes to the key contact, else to the holders of the role."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from agreements.core.parties import parties_of
from agreements.core.recipients import managers_of
from agreements.models import Happening, Party
from mail.services import queue_mail
from parties.acting import Acting


def manager_addresses(party: Party) -> list[str]:
    """The address of the party's MoU manager; of all holders of the role where none is named."""
    return [recipient.address for recipient in managers_of(party)]


def tell_managers(*, of: Happening, kind: str, by: Acting, others_only: bool = False) -> None:
    """Queues one e-mail to each party's MoU manager, but not to the person who did it."""
    own = getattr(by.user, "email", None)
    for party in parties_of(of.agreement):
        if others_only and party.organisation.pk == by.organisation_id:
            continue
        addresses = [address for address in manager_addresses(party) if address != own]
        tell(addresses, of=of, kind=kind, at=party.organisation.pk, party=party.pk)


def tell(addresses: Iterable[str], *, of: Happening, kind: str, at: int, **context: Any) -> None:
    """Queues one e-mail about what happened to each address, once however often it is asked.

    `at` is the id of the organisation whose managers see it when the e-mail fails.
    """
    for address in addresses:
        queue_mail(
            kind=kind,
            address=address,
            organisation_id=at,
            context={"happening": of.pk, **context},
            dedupe=f"{kind}:{of.pk}:{address}",
        )

"""Who is told by e-mail. Mail goes to the key contact, else to the holders of the role."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from agreements.models import Happening, Party
from agreements.rules.parties import parties_of
from mail.services import queue_mail
from parties.acting import Acting
from parties.models import Membership, Role

MANAGER_ROLE = "mou_manager"


def manager_addresses(party: Party) -> list[str]:
    """The address of the party's MoU manager; of all holders of the role where none is named."""
    contact = party.contacts.filter(role=MANAGER_ROLE).current().first()
    if contact and contact.address:
        return [contact.address]
    return role_addresses(party.organisation.pk, Role.MANAGER)


def role_addresses(organisation_id: int, role: Role) -> list[str]:
    """The addresses of all who hold a role in an organisation today."""
    held = Membership.objects.current().filter(
        organisation_id=organisation_id, role=role, user__is_active=True
    )
    return sorted(set(held.values_list("user__email", flat=True)))


def tell_managers(*, of: Happening, kind: str, by: Acting, others_only: bool = False) -> None:
    """Queues one e-mail to each party's MoU manager, but not to the person who did it."""
    own = getattr(by.user, "email", None)
    for party in parties_of(of.agreement):
        if others_only and party.organisation.pk == by.organisation_id:
            continue
        addresses = [address for address in manager_addresses(party) if address != own]
        tell(addresses, of=of, kind=kind, party=party.pk)


def tell(addresses: Iterable[str], *, of: Happening, kind: str, **context: Any) -> None:
    """Queues one e-mail about what happened to each address, once however often it is asked."""
    for address in addresses:
        queue_mail(
            kind=kind,
            address=address,
            context={"happening": of.pk, **context},
            dedupe=f"{kind}:{of.pk}:{address}",
        )

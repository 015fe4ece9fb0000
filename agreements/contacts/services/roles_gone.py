"""A new text asks for other contact roles than the old one: those that it has no more end."""

from __future__ import annotations

from agreements.contacts.due import set_contacts_due
from agreements.contacts.services.naming import end_now
from agreements.core.parties import parties_of, version_of_terms
from agreements.core.telling import record
from agreements.models import Agreement, KeyContact, Version
from parties.acting import Acting


def follow_new_text(agreement: Agreement, before: Version, by: Acting) -> None:
    """Ends who holds a role that the new terms do not name, and dates the others anew. The vacancy
    of a new role is shown. The agreement is locked."""
    terms, old = version_of_terms(agreement).typed_terms, before.typed_terms
    for party in parties_of(agreement):
        named = {role.key for role in terms.contact_roles_of(party.slot)}
        labels = {role.key: role.label for role in old.contact_roles_of(party.slot)}
        for contact in KeyContact.objects.filter(party=party).current().order_by("pk"):
            if contact.role not in named:
                end_now(contact)
                record(
                    by=by, verb="role_gone", agreement=agreement, about=contact, party=party.name,
                    role=labels.get(contact.role, contact.role),
                    who=str(contact.person or contact.team),
                )  # fmt: skip
    set_contacts_due(agreement)

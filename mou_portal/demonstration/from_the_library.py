"""What the people of an agreement do that is made from a template of the library."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from agreements.contacts.services.naming import name_contact, name_contacts
from agreements.drafting.services.editing import edit_terms, fill_blanks
from agreements.drafting.services.making import answer, begin, create
from agreements.library import library
from agreements.models import Agreement, Version
from agreements.templates.services.keeping import take_from_library
from agreements.terms import Commissioning, Period, ReviewTerm, Standard
from agreements.versions.services.versions import freeze, send_for_approval
from mou_portal.demonstration.acts import by
from mou_portal.demonstration.people import organisation_called, person_called


def drafted(
    manager: str,
    key: str,
    title: str,
    sides: Mapping[str, str],
    *,
    blanks: dict[str, str],
    contacts: Mapping[str, Mapping[str, str]],
    **terms: Period | ReviewTerm | tuple[Commissioning, ...] | tuple[Standard, ...],
) -> Agreement:
    """A draft from a template of the library that the manager's organisation takes, with dates of
    its own. Each party names its own contacts."""
    organisations = {side: organisation_called(name) for side, name in sides.items()}
    with by(manager) as who:
        template = take_from_library(by=who, source=library()[key])
        set_up = begin(by=who, template_version=template.versions.get())
        parties = {side: organisation.pk for side, organisation in organisations.items()}
        answer(set_up=set_up, title=title, parties=parties)
        agreement = create(by=who, set_up=set_up)
        draft = agreement.versions.get()
        fill_blanks(by=who, version=draft, values=blanks)
        if terms:
            edit_terms(by=who, version=draft, terms=draft.typed_terms.model_copy(update=terms))
    for side, roles in contacts.items():
        with by(roles["mou_manager"]) as own:
            named = {role: {"person": person_called(name).pk} for role, name in roles.items()}
            name_contacts(by=own, agreement=agreement, contacts={side: named})
    return agreement


def sent(manager: str, agreement: Agreement) -> Version:
    """Numbered and sent for approval."""
    with by(manager) as who:
        draft = agreement.versions.get(state="draft")
        version = freeze(by=who, version=draft, summary="First version, from the template.")
        send_for_approval(by=who, version=version)
    return version


def name_lead(
    agreement: Agreement, side: str, role: str, name: str, phone: str, *, manager: str
) -> None:
    """A contact with a telephone number and the address of their organisation."""
    party, person = agreement.parties.get(slot=side), person_called(name)
    with by(manager) as who:
        name_contact(
            by=who, party=party, role=role, person=person, phone=phone,
            postal_address=party.organisation.names.get().address,
        )  # fmt: skip


def numbered(slot: str, names: Iterable[str]) -> dict[str, str]:
    """The parties of a side that many share, by their keys."""
    return {f"{slot}-{number}": name for number, name in enumerate(names, start=1)}

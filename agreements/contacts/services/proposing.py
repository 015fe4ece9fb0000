"""Who another party's key contacts may be: a proposal, until that party or the person says so."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from agreements.contacts.services.newcomers import Newcomer
from agreements.core.parties import parties_of
from agreements.core.recipients import managers_of
from agreements.core.telling import record
from agreements.models import Agreement, ContactProposal, KeyContact, Party
from house import clock
from house.refusals import Refused
from mail.models import Delivery
from mail.services import delivery, queue_mail
from nhsuk.words import in_sentence
from parties.acting import Acting
from parties.models import Person, User

Answer = ContactProposal.Answer


def propose(*, by: Acting, party: Party, contacts: Mapping[str, Mapping[str, Any]]) -> None:
    """Proposes who holds the roles of another party: {role: {person, deputy}}, as they were said.

    A deputy is that party's to choose. Where it has nobody in the portal who could say whether it
    is right, those who are proposed are asked by a link. Call it in the agreement's making.
    """
    made = [
        ContactProposal(
            party=party, role=role, **_typed(said["person"]), proposed_by=by.who,
            proposed_for=by.on_behalf_of, proposed_at=clock.now(),
        )
        for role, said in contacts.items()
        if said.get("person")
    ]  # fmt: skip
    if not made:
        return
    ContactProposal.objects.bulk_create(made)
    record(
        by=by, verb="contacts_proposed", agreement=party.agreement, party=party.name,
        roles=_labels(party, made),
    )  # fmt: skip
    if not managers_of(party):
        _ask_by_link(made)


def _labels(party: Party, made: Sequence[ContactProposal]) -> list[str]:
    """As the template calls the roles: while an MoU is registered there is no version yet."""
    roles = party.agreement.template_version.typed_terms.contact_roles_of(party.slot)
    labels = {role.key: in_sentence(role.label) for role in roles}
    return [labels.get(each.role, each.role) for each in made]


def _typed(said: Any) -> dict[str, Any]:
    """Name, address and job title; of somebody chosen from a list the name alone."""
    if isinstance(said, Mapping):
        return {part: said.get(part, "") for part in ("name", "email", "job_title")}
    if isinstance(said, Newcomer):
        return {"name": said.name, "email": said.email, "job_title": said.job_title}
    person = said if isinstance(said, Person) else Person.objects.filter(pk=said).first()
    if person is None:
        raise Refused("Somebody whom you chose is not there any more. Choose again.")
    return {"person": person, "name": person.name}


def ask_again(party: Party, *, on: date, not_before: datetime) -> list[Delivery]:
    """The e-mails that ask those proposed by a link once more, once on that day, to be queued."""
    return [
        delivery(
            kind="contact_proposed", address=each.email, context={"proposal": each.pk},
            organisation_id=each.proposed_for_id, not_before=not_before,
            dedupe=f"contact_proposed:{each.pk}:{on}",
        )
        for each in party.proposals.still_open()
        if each.email
    ]  # fmt: skip


def _ask_by_link(made: Sequence[ContactProposal]) -> None:
    for each in made:
        if each.email:
            queue_mail(
                kind="contact_proposed", address=each.email, context={"proposal": each.pk},
                organisation_id=each.proposed_for_id, dedupe=f"contact_proposed:{each.pk}",
            )  # fmt: skip


def asked_by_link(agreement: Agreement) -> list[ContactProposal]:
    """Who was asked by e-mail, because nobody of their party could say whether it is right."""
    without = [party for party in parties_of(agreement) if not managers_of(party)]
    asked = ContactProposal.objects.still_open().filter(party__in=without)
    return list(asked.exclude(email="").order_by("pk"))


def answer_proposals(contact: KeyContact, by: Acting) -> None:
    """Whoever is named answers what was proposed for the role. The agreement is locked."""
    called = str(contact.person or contact.team).casefold()
    for each in contact.party.proposals.still_open().filter(role=contact.role):
        same = each.name.casefold() == called
        answer(each, Answer.NAMED if same else Answer.NOT_NAMED, by=by.who)


def answer(proposal: ContactProposal, said: str, *, by: User | None = None) -> None:
    proposal.answer, proposal.answered_by, proposal.answered_at = said, by, clock.now()
    proposal.save(update_fields=["answer", "answered_by", "answered_at"])

"""What a party, or the person, says of a key contact whom another party proposed."""

from __future__ import annotations

from agreements.contacts.services.naming import check_own_side, name_contact, put_in_role
from agreements.contacts.services.newcomers import Newcomer, lock_for
from agreements.contacts.services.proposing import Answer, answer
from agreements.core.recipients import role_label
from agreements.core.telling import record
from agreements.models import ContactProposal
from house.actor import acting_as
from house.lifecycle import lock
from house.once import one_job
from house.refusals import Refused
from parties.acting import Acting
from parties.models import Person, User

ANSWERED = "This is answered already. Thank you."


def take_up(*, by: Acting, proposal: ContactProposal, shares: bool = False) -> None:
    """The party's own people name whom another party proposed."""
    check_own_side(by, proposal.party)
    with one_job():
        proposal = _locked_open(proposal)
        name_contact(
            by=by, party=proposal.party, role=proposal.role, person=_who(proposal, shares),
            job_title=proposal.job_title,
        )  # fmt: skip


def decline(*, by: Acting, proposal: ContactProposal) -> None:
    """The party's own people say that it is not so; they name nobody by that."""
    check_own_side(by, proposal.party)
    with one_job():
        proposal = _locked_open(proposal)
        answer(proposal, Answer.NOT_NAMED, by=by.who)
        record(
            by=by, verb="contact_not_named", agreement=proposal.party.agreement,
            party=proposal.party.name, role=role_label(proposal.party, proposal.role),
        )  # fmt: skip


def answer_by_link(*, proposal: ContactProposal, yes: bool) -> None:
    """The person who was proposed says whether it is so. Raises Refused once it is answered."""
    system = User.objects.system()
    with one_job(), acting_as(system):
        proposal = _locked_open(proposal)
        party = proposal.party
        by = Acting(user=system, organisation=party.organisation)
        answer(proposal, Answer.NAMED if yes else Answer.NOT_NAMED)
        if yes:
            put_in_role(
                by=by, party=party, role=proposal.role, person=_who(proposal, shares=True),
                job_title=proposal.job_title, verb="contact_is_so",
            )  # fmt: skip


def _who(proposal: ContactProposal, shares: bool) -> Person | Newcomer:
    if proposal.person:
        return proposal.person
    return Newcomer(proposal.name, proposal.email, proposal.job_title, shares)


def _locked_open(proposal: ContactProposal) -> ContactProposal:
    """With its agreement locked first, as everywhere."""
    lock_for(proposal.party.organisation, _who(proposal, shares=False))
    lock(proposal.party.agreement)
    proposal = lock(proposal)
    if proposal.answer:
        raise Refused(ANSWERED)
    return proposal

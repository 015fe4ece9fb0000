"""Somebody whom one party proposed as another's key contact is asked by a link whether it is so.

Only where that other party has nobody in the portal who could say it.
"""

from __future__ import annotations

from django.core import signing

from agreements.contacts.asking import GOOD_FOR
from agreements.core.parties import parties_of
from agreements.core.recipients import role_label
from agreements.models import ContactProposal
from mail.links.purposes import Purpose, declare
from mail.links.sending import link_to, url_of
from mail.models import SentLink
from nhsuk.words import with_whom

PROPOSED = declare(
    Purpose(
        "contact_proposed",
        "Asked whether they are a key contact",
        "say whether you are a key contact",
        GOOD_FOR,
    )
)
# Of links in e-mails from before links were rows.
SALT = "agreements.proposed"


def proposed_url(proposal: ContactProposal) -> str:
    """The whole address of the page, for an e-mail to whoever was proposed."""
    of = proposal.proposed_for_id
    return url_of(link_to(PROPOSED, str(proposal.pk), proposal.email, organisation_id=of))


def proposal_of_link(link: SentLink) -> ContactProposal | None:
    return _proposal(int(link.subject))


def proposed_by_former_link(token: str) -> ContactProposal | None:
    """The same for a link of a former release; None for one that is not ours or is too old."""
    try:
        number = signing.loads(token, salt=SALT, max_age=GOOD_FOR)
    except signing.BadSignature:
        return None
    return _proposal(number)


def _proposal(number: int) -> ContactProposal | None:
    rows = ContactProposal.objects.select_related("party__agreement__in_force_version")
    return rows.filter(pk=number).first()


class ProposedPage:
    """What somebody is asked: as what, of whom, for which MoU, and who says so."""

    def __init__(self, proposal: ContactProposal) -> None:
        self.proposal, self.party = proposal, proposal.party
        self.agreement = proposal.party.agreement
        sides = parties_of(self.agreement)
        self.organisation = next(p for p in sides if p.pk == proposal.party_id).organisation
        self._others = [p.name for p in sides if p.pk != proposal.party_id]
        self.said_by = proposal.proposed_for.name

    @property
    def role(self) -> str:
        return role_label(self.party, self.proposal.role)

    @property
    def sentence(self) -> str:
        who, of = self.proposal.name, self.organisation.name
        return f"{self.said_by} named {who} as {self.role} of {of} for {self.mou}."

    @property
    def mou(self) -> str:
        """ "the MoU with Northern Moors Area Team (MOU-0001)"."""
        return f"the MoU {with_whom(self._others)} ({self.agreement.reference})"

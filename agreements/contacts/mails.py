"""The e-mail that asks somebody whether they are the key contact whom another party proposed."""

from __future__ import annotations

from typing import Any

from django.conf import settings

from agreements.contacts.proposed import ProposedPage, proposed_url
from agreements.models import ContactProposal
from mail.kinds import Message, NotNeeded, kind
from nhsuk.words import noun


@kind("contact_proposed", "Asked whether they are a key contact")
def contact_proposed(context: dict[str, Any]) -> Message:
    rows = ContactProposal.objects.select_related("party__agreement__in_force_version")
    proposal = rows.filter(pk=context["proposal"]).first()
    if proposal is None or proposal.answer:
        raise NotNeeded
    page = ProposedPage(proposal)
    what = f"Are you {noun(page.role)} of {page.organisation.name}?"
    return Message(
        subject=f"{what} {settings.PORTAL_NAME} ({page.agreement.reference})",
        heading=what,
        paragraphs=(
            page.sentence,
            "Say on the page whether it is so. You need no account. Until then nobody is named.",
        ),
        why=f"{page.said_by} entered your address. Nobody of {page.organisation.name} is here yet.",
        button_text="Answer",
        button_url=proposed_url(proposal),
    )

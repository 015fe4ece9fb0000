"""Signing without an account: what the link is good for, and from it to what is asked (0052)."""

from __future__ import annotations

from datetime import timedelta
from typing import Final

from agreements.core.parties import parties_of
from agreements.core.recipients import managers_of
from agreements.models import SignatureRequest
from deadlines.kinds import Recipient, of_role
from mail.links.purposes import Purpose, declare
from mail.models import SentLink
from nhsuk.words import with_whom
from parties.models import Role

TAKEN_BACK: Final = (
    "Somebody else was asked to sign instead, or the link was taken back. Nothing is asked of you."
)


def request_of_link(link: SentLink) -> SignatureRequest:
    """What is asked, with its party as all of the agreement have it."""
    rows = SignatureRequest.objects.select_related(
        "version__agreement__template_version", "person", "address", "asked_by__person"
    )
    found = rows.get(pk=int(link.subject))
    sides = parties_of(found.version.agreement)
    found.party = next(party for party in sides if party.pk == found.party_id)
    return found


def link_of(request: SignatureRequest) -> SentLink | None:
    """The link that was sent for it, to the address that is asked now."""
    if request.address is None:
        return None
    named = {"purpose": SIGN.key, "subject": str(request.pk), "address": request.address.email}
    return SentLink.objects.filter(**named).first()


def _about(link: SentLink) -> tuple[str, ...]:
    """What a code is for: "MoU with Eastmoor CCG", then "Working together (MOU-0001)"."""
    request = request_of_link(link)
    agreement = request.version.agreement
    others = [each.name for each in parties_of(agreement) if each.pk != request.party_id]
    return f"MoU {with_whom(others)}", f"{agreement.title} ({agreement.reference})"


SIGN = declare(
    Purpose(
        "signs",
        "Asked to sign without an account",
        "read and sign an MoU",
        timedelta(days=90),
        needs_code=True,
        about=_about,
    )
)


def asked_from(request: SignatureRequest) -> list[Recipient]:
    """Who is told about a signature that nobody gives: the party's manager, else who asked."""
    if told := managers_of(request.party):
        return told
    return of_role(request.address.kept_by, Role.MANAGER) if request.address else []


def has_left(request: SignatureRequest) -> bool:
    """Whether they had a post at the party's organisation, and have none there today."""
    posts = request.person.posts.filter(organisation=request.party.organisation)
    return posts.exists() and not posts.current().exists()

"""The final signed copy: the document, with the agreement as data inside, sealed."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Literal

from django.template.loader import render_to_string

from agreements.core.states import ApprovalStanding
from agreements.core.texts import content_of, texts_of
from agreements.models import Approval, KeyContact, Party, Signature, Version
from agreements.reviews.queries import first_date_of_review
from agreements.signing import agreement_file as parts
from agreements.signing import heads
from agreements.signing.pages.agreement_document import AgreementDocument
from agreements.terms import ContactRole
from audit.chain import link_new_entries
from audit.models import Link
from documents.conformance import prepare_for_seal
from documents.limited import BUSY
from documents.places import WORKER, NoPlace, thread_for_files
from documents.rendered import each_rendered
from documents.rendering import Attachment, RenderingFailed, printer, render
from documents.seal import require_key, seal
from house.clock import london_day

SEAL_DESCRIPTION = "The portal's seal: evidence that this file was not changed after it was made."


def build_signed_copy(version: Version, *, sealed_at: datetime) -> bytes:
    """The sealed PDF of a signed version: about three seconds' work, in processes of its own.

    Raises RenderingFailed or SealUnavailable.
    """
    require_key()  # before all that work
    link_new_entries()  # so that the head covers what was done until now
    document = AgreementDocument(version, at=sealed_at)
    pdf = render(as_html(document), attachments=[_as_data(document)], caller=WORKER)
    prepared = prepare_for_seal(pdf, field_description=SEAL_DESCRIPTION)
    reason = heads.with_head(
        f"Final signed copy of {document.reference}, version {version.label}", document.audit_head
    )
    return seal(prepared, reason=reason, at=sealed_at)


def build_unsigned_copy(version: Version, *, made_at: datetime) -> bytes:
    """The PDF of a version that is not signed: for reading, and for signing on paper.

    Made once for what it says: as long as nothing in it changes, it keeps the dates of its making.
    Raises RenderingFailed.
    """
    try:
        with thread_for_files():  # to write all its pages takes a processor too
            return _unsigned_copy(version, made_at)
    except NoPlace:
        raise RenderingFailed(BUSY, passing=True) from None


def _unsigned_copy(version: Version, made_at: datetime) -> bytes:
    document = AgreementDocument(version, at=made_at)
    said = as_html(document, dated=False)
    return each_rendered([said], by=printer(), make=lambda _: render(as_html(document)))[said]


def as_html(document: AgreementDocument, *, dated: bool = True) -> str:
    context = {"document": document, "dated": dated}
    return render_to_string("agreements/document.jinja", context)


def _as_data(document: AgreementDocument) -> Attachment:
    return Attachment(
        name="agreement.json",
        data=file_of(document).model_dump_json(indent=2).encode(),
        content_type="application/json",
        description="The same agreement as data, with the text that the check code is made of.",
    )


def file_of(document: AgreementDocument) -> parts.AgreementFile:
    """All of `agreement.json`. Raises ValidationError unless the agreement is signed."""
    version, agreement = document.source, document.agreement
    content = content_of(version, texts_of(version))
    return parts.AgreementFile.model_validate(
        {
            "format": parts.FORMAT,
            "reference": agreement.reference,
            "title": agreement.title,
            "version": version.label,
            "formerly": version.label_before_signature,
            "sealed_at": document.at,
            "verify_at": document.verify_url,
            "sha256": version.sha256,
            "content": content,
            "date_of_sign_off": agreement.start_on,
            "in_force_from": version.holds_from,
            "replaces": document.changed.before.label if document.changed else "",
            "date_of_review": first_date_of_review(agreement),
            "parties": [_party(document, party) for party in document.parties],
            "contacts": list(_contacts(document)),
            "approvals": [each for row in document.standings for each in _approvals(row)],
            "signatures": [each for row in document.standings for each in _signed(document, row)],
            "history": [_version(each) for each in document.numbered],
            "audit_head": _head(document.audit_head),
        }
    )


def _head(newest: Link | None) -> parts.FileHead | None:
    return parts.FileHead(link=newest.seq, hash=newest.hash) if newest else None


def _party(document: AgreementDocument, party: Party) -> parts.FileParty:
    return parts.FileParty(
        key=party.key,
        slot=party.slot,
        called=party.label,
        name=document.names[party.key],
        ods_code=party.organisation.ods_code,
        address=document.address_of(party),
    )


def _contacts(document: AgreementDocument) -> Iterator[parts.FileContact]:
    for party in document.parties:
        for role in document.terms.contact_roles_of(party.slot):
            yield _contact(party, role, document.held.get((party.pk, role.key)))


def _contact(party: Party, role: ContactRole, held: KeyContact | None) -> parts.FileContact:
    return parts.FileContact(
        party=party.key,
        role=role.key,
        called=role.label,
        name=str(held.person or held.team) if held else None,
        job_title=held.job_title if held else "",
        email=held.address if held else "",
        phone=held.phone if held else "",
        postal_address=held.postal_address.splitlines() if held else [],
        deputy=held.deputy.name if held and held.deputy else None,
    )


def _approvals(standing: ApprovalStanding) -> Iterator[parts.FileApproval]:
    for approval in standing.approvals:
        if approval.rests_on:
            yield _approval(standing.party, approval.rests_on)
        yield _approval(standing.party, approval)


def _approval(party: Party, approval: Approval) -> parts.FileApproval:
    return parts.FileApproval(
        party=party.key,
        route=approval.route,
        decider=approval.decider,
        decision=approval.decision,
        decided_on=approval.decided_on,
        minute_reference=approval.minute_reference,
        before_text=approval.is_before_text,
        version=approval.version.label_before_signature,
        changes_asked=approval.changes,
        delegated_to=approval.delegated_to.name if approval.delegated_to else None,
        confirmed_by=approval.confirmed_by or None,
        recorded_by=approval.recorded_by.get_full_name(),
        note=approval.note,
    )


def _signed(
    document: AgreementDocument, standing: ApprovalStanding
) -> Iterator[parts.FileSignature]:
    for (party, _), signature in document.given.items():
        if party == standing.party.pk:
            yield _signature(standing, signature)


def _signature(standing: ApprovalStanding, signature: Signature) -> parts.FileSignature:
    return parts.FileSignature(
        party=standing.party.key,
        title=signature.request.title,
        name=signature.signer,
        typed_name=None if signature.paper else signature.typed_name,
        in_place_of=signature.in_place_of,
        authority=signature.authority,
        statement=signature.stated or None,
        method=_METHODS[signature.method],
        signed_on=signature.signed_on,
        recorded_at=signature.at,
        email=_address(signature),
        approval=_approval_of(standing),
    )


_METHODS: dict[str, Literal["electronic", "paper", "link"]] = {
    Signature.Method.ELECTRONIC: "electronic",
    Signature.Method.PAPER: "paper",
    Signature.Method.LINK: "link",
}


def _address(signature: Signature) -> str | None:
    if signature.by_link:
        return signature.sent_to
    return signature.user.email if signature.user and not signature.paper else None


def _approval_of(
    standing: ApprovalStanding,
) -> Literal["given", "not_needed", "to_be_ratified", "subject_to_changes", "rejected"]:
    if standing.route.route == "none":
        return "not_needed"
    if standing.rejection:
        return "rejected"
    if standing.asks_changes:
        return "subject_to_changes"
    return "given" if standing.is_given else "to_be_ratified"


def _version(version: Version) -> parts.FileVersion:
    assert version.frozen_at  # noqa: S101 - it has a number
    return parts.FileVersion(
        version=version.label_before_signature or version.label,
        frozen_on=london_day(version.frozen_at),
        author=str(version.author),
        organisation=version.author_organisation.name,
        summary=version.summary,
        signed_as=version.label if version.is_complete else "",
        in_force_from=version.holds_from,
    )

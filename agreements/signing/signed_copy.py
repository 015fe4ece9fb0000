"""The final signed copy: the document, with the agreement as data inside, sealed."""

from __future__ import annotations

import json
from datetime import datetime
from typing import Any

from django.template.loader import render_to_string

from agreements.core.content import content_of, texts_of
from agreements.models import Version
from agreements.reviews.queries import first_date_of_review
from agreements.signing.pages.agreement_document import AgreementDocument
from documents.conformance import prepare_for_seal
from documents.rendering import Attachment, render
from documents.seal import require_key, seal

SEAL_DESCRIPTION = "The portal's seal: evidence that this file was not changed after it was made."


def build_signed_copy(version: Version, *, sealed_at: datetime) -> bytes:
    """The sealed PDF of a signed version: about three seconds' work, in processes of its own.

    Raises RenderingFailed or SealUnavailable.
    """
    require_key()  # before all that work
    document = AgreementDocument(version, at=sealed_at)
    pdf = render(as_html(document), attachments=[_as_data(document)])
    prepared = prepare_for_seal(pdf, field_description=SEAL_DESCRIPTION)
    reason = f"Final signed copy of {document.reference}, version {version.label}"
    return seal(prepared, reason=reason, at=sealed_at)


def build_unsigned_copy(version: Version, *, made_at: datetime) -> bytes:
    """The PDF of a version that is not signed: for reading, and for signing on paper."""
    return render(as_html(AgreementDocument(version, at=made_at)))


def as_html(document: AgreementDocument) -> str:
    return render_to_string("agreements/document.jinja", {"document": document})


def _as_data(document: AgreementDocument) -> Attachment:
    data = json.dumps(agreement_as_data(document), ensure_ascii=False, indent=2)
    return Attachment(
        name="agreement.json",
        data=data.encode(),
        content_type="application/json",
        description="The same agreement as data, with the text that the fingerprint is made of.",
    )


def agreement_as_data(document: AgreementDocument) -> dict[str, Any]:
    """The agreement as plain data; its SHA-256 is that of `content` as canonical JSON."""
    version, agreement = document.source, document.agreement
    return {
        "format": "mou-portal agreement 1",
        "reference": agreement.reference,
        "title": agreement.title,
        "version": version.label,
        "approved_as": version.label_before_signature,
        "sha256": version.sha256,
        "content": content_of(version, texts_of(version)),
        "date_of_sign_off": _iso(agreement.start_on),
        "date_of_review": _iso(first_date_of_review(agreement)),
        "contacts": {
            party: [vars(contact) for contact in contacts]
            for party, contacts in document.contacts().items()
        },
        "approvals": [
            {
                "party": document.names[standing.party.slot],
                "route": standing.route.route,
                "decider": standing.route.name,
                "decision": approval.decision,
                "date": approval.decided_on.isoformat(),
                "minute_reference": approval.minute_reference,
            }
            for standing in document.standings
            for approval in standing.approvals
        ],
        "signatures": [vars(signature) for signature in document.signatures()],
    }


def _iso(day: Any) -> str | None:
    return day.isoformat() if day else None

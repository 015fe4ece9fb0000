"""The final signed copy: the document, with the agreement as data inside, sealed."""

from __future__ import annotations

from datetime import datetime

from django.template.loader import render_to_string

from agreements.models import Version
from agreements.signing.pages.agreement_document import AgreementDocument
from agreements.signing.pages.agreement_file import file_of
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
    return Attachment(
        name="agreement.json",
        data=file_of(document).model_dump_json(indent=2).encode(),
        content_type="application/json",
        description="The same agreement as data, with the text that the fingerprint is made of.",
    )

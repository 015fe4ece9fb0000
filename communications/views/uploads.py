"""PDFs that people bring."""

from __future__ import annotations

from django.core.files.uploadedfile import UploadedFile

from documents.uploads import pdf_from
from house.refusals import Refused


def pdf_bytes(upload: UploadedFile | None, *, field: str) -> bytes | None:
    """The bytes of an upload, looked at; None for none. What is wrong is said at its field."""
    if upload is None:
        return None
    try:
        return pdf_from(upload)
    except Refused as refusal:
        raise Refused(refusal.sentence, field=field) from None

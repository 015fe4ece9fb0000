"""What pages of several rooms lead to."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404

from documents.storage import attachment
from documents.uploads import PDF
from web.models import MendedUpload


def mended_copy(request: HttpRequest, key: Any) -> HttpResponse:
    """The copy that a form asks about, for whoever brought the file."""
    waiting = MendedUpload.objects.visible_to(request.acting)  # type: ignore[attr-defined]
    row = get_object_or_404(waiting.defer("original"), key=key)
    return attachment(bytes(row.copy), name="Repaired copy.pdf", content_type=PDF)

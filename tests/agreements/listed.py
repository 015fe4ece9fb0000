"""Documents that an agreement is read with, as its parties bring them."""

from __future__ import annotations

from datetime import date
from io import BytesIO
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from openpyxl import Workbook

from agreements.associated.said import Said
from agreements.associated.services import add_document
from agreements.models import Agreement, AssociatedDocument, DocumentVersion
from parties.models import User
from tests.cast import acting
from tests.pdf import a_pdf

LINK = "https://documents.example/scheme-of-delegation.pdf"


def add(
    by: User, agreement: Agreement, title: str = "Scheme of delegation", **said: Any
) -> AssociatedDocument:
    """By an address, unless `said` brings a file."""
    own: dict[str, Any] = {
        name: said.pop(name) for name in ("is_own", "term", "kind") if name in said
    }
    facts: dict[str, Any] = {"link": LINK, "label": "1.4", "dated_on": date(2015, 3, 1)} | said
    return add_document(
        by=acting(by), agreement=agreement, said=Said(title, **facts), **{"kind": "other"} | own
    )


def newest(document: AssociatedDocument) -> DocumentVersion:
    return document.versions.order_by("-seq")[0]


def typed(**more: Any) -> dict[str, Any]:
    """What the form sends for a file that is nobody's own."""
    return {
        "what": "policy", "whose": "own", "title": "Escalation procedure", "label": "2",
        "dated_on-day": "1", "dated_on-month": "3", "dated_on-year": "2015",
        "file": SimpleUploadedFile("procedure.pdf", a_pdf()),
    } | more  # fmt: skip


def workbook() -> SimpleUploadedFile:
    output, book = BytesIO(), Workbook()
    book.worksheets[0].append(["Function", "Regional Team", "Committee"])
    book.save(output)
    return SimpleUploadedFile("roles.xlsx", output.getvalue())

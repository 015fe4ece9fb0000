"""A document of ours that the agreement is read with, by a file; and one by an address."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db.models import Max

from agreements.associated.said import Brought, Said
from agreements.associated.services import add_document, change_document
from agreements.models import Agreement
from documents.uploads import BroughtPdf, Mended
from tests.access.world import OURS, PDF

if TYPE_CHECKING:
    from tests.access.world import World


def places(world: World) -> dict[str, dict[str, Any]]:
    reference = world.places["in_force"]["reference"]
    agreement = Agreement.objects.get(reference=reference)
    mended = BroughtPdf(PDF, Mended(PDF + b"%%EOF", ("end",), 1))
    said = Said(f"Scheme {OURS}", brought=Brought(mended, f"{OURS}.pdf"), label="1.4")
    document = add_document(by=world.us, agreement=agreement, said=said, kind="other")
    change_document(
        by=world.us, document=document, edit_no=1, because=f"Renamed {OURS}.",
        said=Said(f"Scheme of delegation {OURS}"),
    )  # fmt: skip
    newest = document.versions.aggregate(newest=Max("seq"))["newest"]
    at = {"reference": reference, "pk": document.pk}
    return {"document": at, "document_file": at | {"seq": newest}}

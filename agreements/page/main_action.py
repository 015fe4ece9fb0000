"""What there is to read of an agreement: the button of its page for whoever has no step to take."""

from __future__ import annotations

from collections.abc import Iterable

from django.urls import reverse

from agreements.models import Agreement, Version
from agreements.signing.pages.documents import FileOnPage
from nhsuk.components import Action


def action_on(draft: Version, *, may_edit: bool) -> Action:
    edits = may_edit and not draft.agreement.is_over
    text = "Edit the draft" if edits else "Read the draft"
    return Action(text, reverse("agreements:text", args=[draft.agreement.reference]))


def to_read(
    agreement: Agreement, under_way: Version | None, files: Iterable[FileOnPage]
) -> Action | None:
    """The text under way, else the signed copy."""
    if under_way:
        url = reverse("agreements:version", args=[agreement.reference, under_way.seq])
        return Action(f"Read version {under_way.label}", url)
    ready = next((file for file in files if file.href), None)
    return Action(f"Download the {ready.title.lower()}", ready.href) if ready else None

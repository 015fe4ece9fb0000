"""What an agreement waits for, and what there is to read of it for whoever has no step to take."""

from __future__ import annotations

from collections.abc import Iterable

from django.urls import reverse

from agreements.core.situations import Situation
from agreements.core.steps import NextStep, own_first
from agreements.models import Agreement, Version
from agreements.register.waiting import steps_of_copy
from agreements.signing.pages.documents import FileOnPage
from agreements.versions.waiting import steps_of_version
from nhsuk.components import Action
from parties.acting import Acting


def steps_of(situation: Situation, acting: Acting) -> list[NextStep]:
    """The steps that are open, those of the reader first."""
    return own_first([*steps_of_version(situation, acting), *steps_of_copy(situation, acting)])


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

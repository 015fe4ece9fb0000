"""The one button at the top of an agreement's page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.urls import reverse

from agreements.models import Agreement
from nhsuk.components import Action

if TYPE_CHECKING:
    from agreements.page.overview import AgreementPage


def main_action_of(page: AgreementPage) -> Action | None:
    """The reader's next step; where there is none, what to read."""
    if mine := next((step for step in page.steps if step.mine), None):
        return Action(mine.button, mine.url)
    if page.reviews.is_due and page.reviews.action:
        return page.reviews.action
    return _to_read(page)


def _to_read(page: AgreementPage) -> Action | None:
    """The text that is worked on or under way, else the signed copy."""
    at = [page.agreement.reference]
    if page.draft:
        edits = page.may_draft and page.agreement.state != Agreement.State.ENDED
        text = "Edit the draft" if edits else "Read the draft"
        return Action(text, reverse("agreements:text", args=at))
    if version := page.situation.version:
        url = reverse("agreements:version", args=[*at, version.seq])
        return Action(f"Read version {version.label}", url)
    ready = next((file for file in page.files if file.href), None)
    return Action(f"Download the {ready.title.lower()}", ready.href) if ready else None

"""Records of shared data in words, for pages."""

from __future__ import annotations

from datetime import timedelta
from typing import Final

from django.urls import reverse

from agreements.core.reached import subpage_url
from agreements.data_sharing.said import End, said_in
from agreements.models import Agreement, DataSharing, DataSharingEntry
from house import clock
from nhsuk.components import Tag
from nhsuk.dates import day
from nhsuk.words import capital

PAGE: Final = "data-sharing"
SOON: Final = timedelta(days=30)
Law = DataSharingEntry.Law


def list_of(agreement: Agreement) -> str:
    return subpage_url(agreement.reference, PAGE)


def page_of(record: DataSharing) -> str:
    return reverse("agreements:sharing", args=[record.agreement.reference, record.pk])


def called(end: End) -> str:
    """Who an end is."""
    return end.party.name if end.party else end.outside or "every other party"


def between(entry: DataSharingEntry) -> str:
    """From whom to whom."""
    said = said_in(entry)
    return f"{capital(called(said.sender))} to {called(said.receiver)}"


def basis_of(entry: DataSharingEntry) -> list[str]:
    """The law, and what in it allows the sharing, line by line."""
    if entry.law == Law.DPA_1998:
        return [str(entry.get_law_display()), entry.conditions]
    lines = [str(entry.get_law_display()), f"Article 6(1){entry.get_basis_display()}"]
    if entry.special:
        return [*lines, f"Article 9(2){entry.get_special_display()}"]
    return [*lines, "No condition of Article 9 is named: no special category data."]


def review_of(entry: DataSharingEntry) -> str:
    """When it was reviewed, and when it is again."""
    last = f"Reviewed on {day(entry.reviewed_on)}." if entry.reviewed_on else "Not reviewed yet."
    return f"{last} Next review: {day(entry.review_on)}." if entry.review_on else last


def tag_of(entry: DataSharingEntry) -> Tag:
    """How the record stands; of one that runs whether its review is near, or late."""
    record = entry.record
    if not record.is_running:
        return Tag("Entered in error" if record.is_error else "No longer shared", "grey")
    if getattr(entry, "is_called_wrong", False):
        return Tag("Said to be not right", "red")
    on, today = entry.review_on, clock.today()
    if on and record.agreement.has_duties and on <= today + SOON:
        return Tag("Review is late", "red") if on < today else Tag("Review due", "yellow")
    return Tag("Shared", "green")


def standing_of(entry: DataSharingEntry) -> str:
    """Whose record it is, and whether another party confirmed it."""
    whose = f"Recorded by {entry.record.kept_by.name}"
    if getattr(entry, "is_called_right", False):
        return f"{whose}, confirmed by another party."
    return f"{whose}, not yet confirmed by another party."

"""What one's own side may do besides on a version's page: ask early, record paper, decline."""

from __future__ import annotations

from collections.abc import Iterator

from django.urls import reverse

from agreements.core.asking_for import STILL_ASKED, asks_for
from agreements.models import Version
from agreements.versions.declining import way_to_decline
from agreements.versions.pages import VersionPage
from agreements.versions.without_account import asking_links
from nhsuk.components import Link
from parties.who import DRAFTERS


def own_links(page: VersionPage) -> Iterator[Link]:
    """For a version that was recalled, an earlier decision alone can be recorded."""
    if page.version.state == Version.State.WITHDRAWN and page.is_manager:
        yield Link("Record a decision made on this version", _url(page, "decision"))
    if not page.version.is_under_way:
        return
    if page.is_manager:
        yield from _ask_early(page)
    if DRAFTERS.includes(page.acting):
        yield from _for_whom_it_asks(page)
    if declining := way_to_decline(page.agreement, page.parties, page.acting):
        yield declining


def _url(page: VersionPage, name: str) -> str:
    return reverse(f"agreements:{name}", args=[page.agreement.reference, page.version.seq])


def _ask_early(page: VersionPage) -> Iterator[Link]:
    for standing, row in page.asked:
        if standing.party.key == page.side and standing.is_to_be_ratified and not row.request:
            text = f"Ask the {row.title} to sign before the approval"
            yield Link(text, _url(page, "open_signature"))


def _for_whom_it_asks(page: VersionPage) -> Iterator[Link]:
    """Of its own side and of those that have nobody here: whom to ask by a link, and paper."""
    asked_for = asks_for(page.acting, page.version, page.parties)
    if page.is_manager:
        asked = ((standing.party, row) for standing, row in page.asked)
        yield from asking_links(page.version, asked, asked_for)
    rejected = {row.party.pk for row in page.standings if row.rejection}
    for request in page.requests:
        if request.party_id in asked_for - rejected and request.state in STILL_ASKED:
            url = reverse("agreements:paper", args=[page.agreement.reference, request.pk])
            yield Link(f"Record the signature of {request.person} on paper", url)

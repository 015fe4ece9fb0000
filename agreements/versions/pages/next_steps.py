"""What stands between a version and a signed agreement, as its page says it."""

from __future__ import annotations

from collections.abc import Iterator

from django.urls import reverse

from agreements.core.steps import NextStep, own_first
from agreements.models import Version
from agreements.versions.pages.version import VersionPage
from agreements.versions.waiting import steps_of_version
from nhsuk.components import Link
from nhsuk.dates import day
from parties.models import Role


def next_steps(page: VersionPage) -> list[NextStep]:
    """The open steps, those of the reader first; none for a version that was recalled."""
    version = page.version
    # Whoever approved what was registered from elsewhere did so there.
    if version.state == Version.State.WITHDRAWN or page.agreement.is_registered:
        return []
    return own_first(steps_of_version(page.situation, page.acting))


def done_sentence(page: VersionPage) -> str:
    """Why nothing, or little, is left to do; empty while the version is under way."""
    if page.version.state == Version.State.WITHDRAWN:
        return f"It was recalled: {page.version.withdrawn_because}"
    if page.version.state == Version.State.SIGNED:
        since = day(page.agreement.start_on)
        return f"All have signed, and the agreement is in force since {since}."
    return ""


def own_links(page: VersionPage) -> list[Link]:
    """What one's own side may do besides: ask before the approval, record what is on paper."""
    if not page.version.is_under_way:
        return []
    return [*_ask_early(page), *_on_paper(page)]


def _ask_early(page: VersionPage) -> Iterator[Link]:
    if not page.is_manager:
        return
    asked = {(request.party_id, request.slot) for request in page.requests}
    url = reverse("agreements:open_signature", args=[page.agreement.reference, page.version.seq])
    for standing in page.standings:
        if standing.party.slot != page.side or standing.is_given:
            continue
        for signatory in page.version.typed_terms.signatories_of(standing.party.slot):
            if (standing.party.pk, signatory.key) not in asked:
                yield Link(f"Ask the {signatory.label} to sign before the approval", url)


def _on_paper(page: VersionPage) -> Iterator[Link]:
    if not page.acting.has(Role.MANAGER, Role.EDITOR):
        return
    for request in page.requests:
        if request.party.slot == page.side and request.state in {"asked", "not_ready"}:
            url = reverse("agreements:paper", args=[page.agreement.reference, request.pk])
            yield Link(f"Record the signature of {request.person} on paper", url)

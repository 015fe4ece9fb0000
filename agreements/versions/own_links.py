"""What one's own side may do besides on a version's page: ask early, record paper, decline."""

from __future__ import annotations

from collections.abc import Iterator

from django.urls import reverse

from agreements.core.asking_for import MAY_CHANGE, STILL_ASKED, asks_for
from agreements.models import SignatureRequest, Version
from agreements.versions.declining import way_to_decline
from agreements.versions.pages import VersionPage
from agreements.versions.without_account import asking_links
from nhsuk.components import Link
from parties.who import DRAFTERS, SIGNATORIES


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
    yield from _to_withdraw(page)
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
        if page.is_manager and request.party_id in asked_for and request.state in MAY_CHANGE:
            text = f"Change or withdraw what {request.person} is asked"
            yield Link(text, _of(page, "asked", request.pk))


def _to_withdraw(page: VersionPage) -> Iterator[Link]:
    """One's own signature, and what oneself recorded of one on paper, until the last is given."""
    me = page.acting.user.pk
    for request in page.requests:
        given, paper = getattr(request, "signature", None), page.situation.papers.get(request.pk)
        if given and given.user_id == me and not given.paper_id and _is_own(page, request):
            yield Link("Withdraw your signature", _of(page, "withdraw_signature", request.pk))
        elif given and given.user_id == me and given.paper_id and DRAFTERS.includes(page.acting):
            text = f"Withdraw the paper signature of {given.typed_name}"
            yield Link(text, _of(page, "paper_withdraw", given.paper_id))
        elif paper and paper.recorded_by_id == me and DRAFTERS.includes(page.acting):
            text = f"Withdraw the scan of {paper.signed_by}"
            yield Link(text, _of(page, "paper_withdraw", paper.pk))


def _is_own(page: VersionPage, request: SignatureRequest) -> bool:
    """Whether the reader acts for the party for which they signed, and may sign for it today."""
    of = request.party.organisation.pk
    return of == page.acting.organisation_id and SIGNATORIES.includes(page.acting)


def _of(page: VersionPage, name: str, pk: int) -> str:
    return reverse(f"agreements:{name}", args=[page.agreement.reference, pk])

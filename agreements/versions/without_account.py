"""What can be done on a version's page about signatures of people without an account."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator

from django.urls import reverse

from agreements.core.asking_for import STILL_ASKED
from agreements.models import Party, SignatureRequest, Version
from agreements.versions.rows import SignatureRow
from nhsuk.components import Link

Asked = Iterable[tuple[Party, SignatureRow]]


def asking_links(version: Version, asked: Asked, asks_for: Collection[int]) -> Iterator[Link]:
    """For an MoU manager: whom to ask by a link, and the links that were sent."""
    reference, seen = version.agreement.reference, set[int]()
    for party, row in asked:
        if party.pk not in asks_for or not _is_open(row.request):
            continue
        if party.pk not in seen:
            seen.add(party.pk)
            url = reverse("agreements:ask_by_link", args=[reference, version.seq, party.pk])
            yield Link(f"Ask somebody without an account to sign for {row.party}", url)
        if row.request and row.request.address_id:
            url = reverse("agreements:sign_link", args=[reference, row.request.pk])
            yield Link(f"Send the link of {row.request.person} again, or take it back", url)


def _is_open(request: SignatureRequest | None) -> bool:
    return request is None or request.state in STILL_ASKED

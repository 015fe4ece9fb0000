"""Who was asked to sign by a link has no page here: what becomes of the text they are told."""

from __future__ import annotations

from agreements.core.telling import tell
from agreements.models import Happening, Version


def tell_whom_links_asked(version: Version, happening: Happening) -> None:
    """Who was asked by a link, and has no page here, learns that nothing is asked any more."""
    asked = version.signature_requests.filter(state="void").exclude(address=None)
    for request in asked.select_related("address", "party"):
        assert request.address  # noqa: S101 - for the type checker
        tell(
            [request.address.email], of=happening, kind="asked_no_more",
            at=request.address.kept_by_id, party=request.party_id, person=request.person_id,
            title=request.title, request=request.pk,
        )  # fmt: skip

"""What the page of one agreement reads besides its situation."""

from __future__ import annotations

from collections.abc import Sequence

from django.db.models import prefetch_related_objects

from agreements.drafting.rules.blanks import missing_in
from agreements.models import (
    Agreement,
    ClauseText,
    Happening,
    Party,
    SignatureRequest,
    Version,
)


def requests_of(version: Version) -> list[SignatureRequest]:
    return list(version.signature_requests.select_related("person", "signature"))


def blanks_open_in(version: Version) -> int:
    """How many blanks of the draft nobody has filled in yet."""
    texts = ClauseText.objects.filter(version=version).values_list("heading", "body")
    return len(missing_in(part for text in texts for part in text))


def happenings_of(
    agreement: Agreement, parties: Sequence[Party], most: int | None
) -> list[Happening]:
    """What happened, the newest first, with names at hand (one query, three at most)."""
    happenings = agreement.happenings.select_related("actor__person", "organisation")
    found = list(happenings.order_by("-at", "-pk")[:most])
    known = {party.organisation.pk: party.organisation for party in parties}
    for happening in found:
        happening.organisation = known.get(happening.organisation_id or 0, happening.organisation)
    others = [h.organisation for h in found if h.organisation_id and h.organisation_id not in known]
    prefetch_related_objects([each for each in others if each], "names")
    return found

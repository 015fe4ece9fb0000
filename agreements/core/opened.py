"""That somebody of an organisation first looked at what was sent to it among others."""

from __future__ import annotations

from agreements.models import Agreement, IssueLine
from house import clock
from house.wall import WhoAsks


def note_opened(agreement: Agreement, acting: WhoAsks) -> None:
    """Of an agreement of a group, once. Of others nothing is asked: their sides are at hand."""
    sides = agreement.sides
    if not any(party.told_daily for party in sides):
        return
    mine = (party for party in sides if party.organisation.pk == acting.organisation_id)
    if any(not party.told_daily for party in mine):
        opened_by_link(agreement)


def opened_by_link(agreement: Agreement) -> None:
    """The same of somebody without an account, whose link and code the caller has checked."""
    lines = IssueLine.objects.filter(agreement=agreement, opened_at=None)
    lines.update(opened_at=clock.now())

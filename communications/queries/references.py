"""Which agreements of an announcement an organisation may hear of, by reference."""

from __future__ import annotations

from agreements.models import Agreement
from communications.models import Announcement


def references_for(announcement: Announcement, organisation_id: int) -> list[str]:
    """The references of those agreements that the organisation is or was a party to."""
    rows = Agreement.objects.filter(
        announcements__announcement=announcement, access__organisation=organisation_id
    )
    return list(rows.order_by("reference").values_list("reference", flat=True))

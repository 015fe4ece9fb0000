"""Who may decline what was sent to several organisations, and where."""

from __future__ import annotations

from collections.abc import Iterable

from django.urls import reverse

from agreements.models import Agreement, Party
from agreements.versions.services.leaving import DECLINERS
from nhsuk.components import Link
from parties.acting import Acting


def way_to_decline(agreement: Agreement, parties: Iterable[Party], acting: Acting) -> Link | None:
    """For whoever got a fixed text, until it is in force. What is asked for is at hand."""
    preparing = agreement.state == Agreement.State.BEING_PREPARED
    if not (agreement.text_is_fixed and preparing and DECLINERS.includes(acting)):
        return None
    own = [each for each in parties if each.organisation.pk == acting.organisation_id]
    if not own or any(each.told_daily for each in own):
        return None
    return Link("Decline, and say why", reverse("agreements:decline", args=[agreement.reference]))

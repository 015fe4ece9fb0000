"""What happened to an agreement: the timeline's row and the audit entry, written together."""

from __future__ import annotations

from typing import Any

from django.db import models

from agreements.models import Agreement, Happening
from audit.services import write_entry
from house import clock
from parties.acting import Acting


def record(
    *,
    by: Acting,
    verb: str,
    agreement: Agreement,
    about: models.Model | None = None,
    **data: Any,
) -> Happening:
    """Writes both rows in the caller's transaction. `data` holds plain facts for the sentence."""
    write_entry(
        actor=by.user,
        organisation_id=by.organisation_id,
        verb=verb,
        about=about or agreement,
        payload={"agreement": agreement.reference, **data},
    )
    return Happening.objects.create(
        agreement=agreement,
        at=clock.now(),
        actor=by.who,
        organisation=by.organisation,
        verb=verb,
        data=data,
    )

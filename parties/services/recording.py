from __future__ import annotations

from typing import Any

from django.db import models

from audit.services import write_entry
from parties.acting import Acting


def record(by: Acting, verb: str, about: models.Model, **payload: Any) -> None:
    """The audit entry of one act, in its transaction. `payload` holds ids and dates, no names."""
    write_entry(
        actor=by.user,
        organisation_id=by.organisation_id,
        verb=verb,
        about=about,
        payload=payload,
    )

from __future__ import annotations

from typing import Any

from django.db import models, transaction

from audit.models import Entry
from house import clock
from house.wall import WhoAsks


def write_entry(
    *,
    actor: Any,
    organisation_id: int | None,
    verb: str,
    about: models.Model,
    payload: dict[str, Any] | None = None,
) -> Entry:
    """Adds one entry to the audit, in the transaction of the act it tells of.

    Raises RuntimeError outside a transaction or without an actor: an entry that could outlive a
    rolled-back act, or that names nobody, is worth nothing.
    """
    if not transaction.get_connection().in_atomic_block:
        raise RuntimeError("An audit entry belongs in the transaction of the act.")
    if actor is None or not getattr(actor, "pk", None):
        raise RuntimeError("An audit entry needs an actor.")
    return Entry.objects.create(
        at=clock.now(),
        actor=actor,
        organisation_id=organisation_id,
        verb=verb,
        object_type=about._meta.label_lower,
        object_id=str(about.pk),
        payload=payload or {},
    )


def record(by: WhoAsks, verb: str, about: models.Model, **payload: Any) -> None:
    """The entry of one act, in its transaction. `payload` holds ids and dates, no names."""
    write_entry(
        actor=by.user,
        organisation_id=by.organisation_id,
        verb=verb,
        about=about,
        payload=payload,
    )

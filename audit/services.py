from __future__ import annotations

from collections.abc import Iterable
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
    said = {"actor": actor, "organisation_id": organisation_id, "verb": verb, "about": about}
    entry = _entry(**said, payload=payload or {})
    entry.save()
    return entry


def write_entries(
    *,
    actor: Any,
    organisation_id: int | None,
    verb: str,
    about: models.Model,
    payloads: Iterable[dict[str, Any]],
) -> None:
    """The same for one act on many things, in one statement: an entry for each of `payloads`."""
    said = {"actor": actor, "organisation_id": organisation_id, "verb": verb, "about": about}
    Entry.objects.bulk_create(_entry(**said, payload=payload) for payload in payloads)


def _entry(
    *,
    actor: Any,
    organisation_id: int | None,
    verb: str,
    about: models.Model,
    payload: dict[str, Any],
) -> Entry:
    if not transaction.get_connection().in_atomic_block:
        raise RuntimeError("An audit entry belongs in the transaction of the act.")
    if actor is None or not getattr(actor, "pk", None):
        raise RuntimeError("An audit entry needs an actor.")
    return Entry(
        at=clock.now(),
        actor=actor,
        organisation_id=organisation_id,
        verb=verb,
        object_type=about._meta.label_lower,
        object_id=str(about.pk),
        payload=payload,
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

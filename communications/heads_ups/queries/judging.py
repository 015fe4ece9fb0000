"""What the record says of heads-ups under agreements, for the answer to "is this kept?"."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Q, Subquery

from agreements.core.counted import counted_in
from agreements.models import Agreement
from communications.models import HeadsUp, HeadsUpAgreement
from house import clock
from house.lists_in_rows import instant, rows_below
from parties.acting import Acting

# A duty that goes on for ever is judged by its last year.
LOOKED_AT = timedelta(days=365)
COLUMNS = ("public_id", "title", "kind", "owner", "state", "planned_for", "sent_at")


@dataclass(frozen=True)
class Judged:
    """A heads-up under one agreement: whose it is, what became of it, since when all were told."""

    heads_up: HeadsUp
    told_at: datetime | None
    committee_at: datetime | None

    def came_first(self, *, committee: bool) -> bool:
        """Whether it went out before all parties were told, or the committees."""
        told, sent = self.committee_at if committee else self.told_at, self.heads_up.sent_at
        return sent is not None and (told is None or told > sent)

    def notice(self, *, committee: bool) -> timedelta:
        """How long before it went out the last of them was told."""
        told, sent = self.committee_at if committee else self.told_at, self.heads_up.sent_at
        if told is None or sent is None:
            raise ValueError("It came first, so there was no notice.")
        return sent - told


def counted(acting: Acting) -> dict[str, Subquery]:
    """The heads-ups of the last year, and those to come, as far as the reader may see them."""
    rows = HeadsUpAgreement.objects.filter(
        Q(heads_up__state=HeadsUp.State.PLANNED)
        | Q(heads_up__sent_at__gte=clock.now() - LOOKED_AT),
        heads_up__in=HeadsUp.objects.visible_to(acting).order_by(),
    )
    columns = [f"heads_up__{name}" for name in COLUMNS]
    return {
        "heads_ups_judged": rows_below(rows, "agreement", *columns, "reached_at", "committee_at")
    }


def judged(agreements: Collection[Agreement], acting: Acting) -> Mapping[int, Sequence[Judged]]:
    """Agreement id -> its heads-ups by planned time (no query where the page read them with the
    agreements)."""
    found = counted_in(agreements, counted(acting))
    return {
        pk: sorted(
            map(_read, each["heads_ups_judged"] or ()), key=lambda row: row.heads_up.planned_for
        )
        for pk, each in found.items()
    }


def _read(row: Sequence[Any]) -> Judged:
    public_id, title, kind, owner, state, planned_for, sent_at, told_at, committee_at = row
    values: dict[str, Any] = {
        "public_id": UUID(public_id),
        "title": title,
        "kind": kind,
        "owner_id": owner,
        "state": state,
        "planned_for": instant(planned_for),
        "sent_at": instant(sent_at),
    }
    return Judged(HeadsUp(**values), instant(told_at), instant(committee_at))

"""Those who were not told at first: by e-mail, or as somebody records it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from communications.heads_ups.queries.agreements import committees_for
from communications.heads_ups.queries.telling import told_at
from communications.heads_ups.services.locking import lock_open, note
from communications.heads_ups.services.outcomes import owed as owed_in
from communications.heads_ups.services.telling import tell
from communications.models import HeadsUp, OwedTo, Told
from house import clock
from house.lifecycle import lock
from house.once import one_job
from house.refusals import Refused
from parties.acting import Acting


def tell_the_rest(*, by: Acting, heads_up: HeadsUp) -> list[Told]:
    """Tells those who stand for a party or committee by now and have no e-mail of it. Raises
    Refused where there are none."""
    with one_job():
        current = lock_open(by, heads_up)
        rows = owed_in(current)
        _add_committees(current, rows)
        made = tell(current, owed_in(current))
        if not made:
            raise Refused("All who can be told by e-mail have one already. Nobody was told again.")
        note(by, "told", current, told=[each.pk for each in made])
    return made


def _add_committees(heads_up: HeadsUp, rows: Sequence[OwedTo]) -> None:
    """Those that came onto the list since."""
    if heads_up.kind != HeadsUp.Kind.PRACTICES:
        return
    concerned = {row.concerned.agreement_id: row.concerned for row in rows}
    known = {(row.concerned_id, row.committee_id) for row in rows}
    listed = committees_for(heads_up.owner_id, concerned)
    OwedTo.objects.bulk_create(
        OwedTo(concerned=concerned[pk], committee=committee)
        for pk, committees in listed.items()
        for committee in committees
        if (concerned[pk].pk, committee.pk) not in known
    )


def say_told(*, by: Acting, owed: OwedTo, at: datetime, how: str) -> None:
    """Records that somebody was told otherwise than by the portal, as by telephone. `at` is aware.

    Raises Refused for a time in the future, and where the record has an earlier word already.
    """
    if at > clock.now():
        raise Refused("Enter when they were told: that cannot be in the future.", field="time")
    with transaction.atomic():
        current = lock_open(by, owed.concerned.heads_up)
        row = next(each for each in owed_in(current) if each.pk == owed.pk)
        if (known := told_at(row)) and known <= at:
            raise Refused("The record shows that they were told before that.", field="time")
        held = lock(row)
        held.told_at, held.told_how = at, how
        held.save(update_fields=["told_at", "told_how"])
        note(by, "told_otherwise", current, owed=row.pk, at=at.isoformat())

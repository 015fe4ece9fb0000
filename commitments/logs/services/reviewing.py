"""A risk is looked at again by whoever recorded it (C08)."""

from __future__ import annotations

from datetime import date

from django.db import transaction

from commitments.logs.rights import require_change
from commitments.logs.services.due import keep_due, meet_due
from commitments.logs.services.locking import locked, note, require_open
from commitments.models import LogEntry, RiskReview
from house import clock
from house.refusals import Refused
from parties.acting import Acting


def review_risk(
    *,
    by: Acting,
    entry: LogEntry,
    reviewed_on: date,
    next_on: date | None = None,
    found: str = "",
) -> RiskReview:
    """Records the review, which meets what was due, and sets the next one if a day is given."""
    require_change(by, entry)
    with transaction.atomic():
        current = locked(entry)
        require_open(current)
        _check(current, reviewed_on, next_on)
        meet_due(current)
        made = RiskReview.objects.create(
            entry=current, reviewed_on=reviewed_on, next_on=next_on, note=found, by=by.who,
            organisation=by.on_behalf_of, at=clock.now(),
        )  # fmt: skip
        current.review_on = next_on
        current.edit_no += 1
        current.save(update_fields=["review_on", "edit_no"])
        keep_due(current)
        note(by, current, "log_reviewed", on=reviewed_on.isoformat())
    return made


def _check(entry: LogEntry, reviewed_on: date, next_on: date | None) -> None:
    """Raises Refused for days that cannot be."""
    if not entry.is_risk:
        raise Refused("Only a risk is reviewed.")
    if reviewed_on > clock.today():
        raise Refused("Enter a date that is not in the future.", field="reviewed_on")
    if reviewed_on < entry.happened_on:
        raise Refused("Enter a date after the risk was found.", field="reviewed_on")
    if next_on and next_on <= clock.today():
        raise Refused("Enter a next date that is still to come.", field="next_on")

"""The picture of the year ahead: what is due for all of the reader's agreements."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from django.urls import reverse

from deadlines.dates import dates_between, entries_of
from deadlines.kinds import nouns_of
from deadlines.models import Deadline
from deadlines.picture import Picture
from deadlines.rules.working_days import Holidays
from house.months import months_after
from nhsuk.components import Link
from parties.acting import Acting


def year_ahead(
    acting: Acting, agreements: Mapping[str, Link], today: date, holidays: Holidays
) -> Picture | None:
    """What is late, and what is due in the twelve months from this one on; None for nothing.

    `agreements` are the lines of the picture: a reference, and the link to its page. What concerns
    several of them has a line of its own.
    """
    first = today.replace(day=1)
    last = months_after(first, 12)

    def lane(deadline: Deadline) -> dict[str, Link | None]:
        ours = [
            agreements[c.reference] for c in deadline.concerned.all() if c.reference in agreements
        ]
        several = Link("Several agreements", reverse("agreements:list"))
        return {"lane": ours[0] if len(ours) == 1 else several}

    found = dates_between(acting, agreements, first, last).prefetch_related("concerned")
    due = nouns_of([deadline for deadline in found if deadline.is_open])
    picture = Picture(entries_of(due, today, holidays, lane), first, last, today)
    return picture if picture.entries else None

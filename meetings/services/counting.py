"""From when the meetings of a series are counted, where the registered days were put right."""

from __future__ import annotations

from agreements.models import Agreement
from deadlines.models import Deadline
from deadlines.services.setting import cancel_deadlines
from house.lifecycle import lock
from meetings.models import Series, SeriesAgreement
from meetings.queries.sides import serves_of
from meetings.services.due import OWED_KEY, keep_owed, subject_of
from meetings.services.locking import lock_agreements_of


def lock_counted(agreement: Agreement) -> list[Series]:
    """Its series, locked behind all agreements that they serve: what a group owes is a date of
    each of these."""
    rows = SeriesAgreement.objects.filter(agreement=agreement)
    found = Series.objects.filter(pk__in=rows.values("series"))
    lock_agreements_of(found)
    return [lock(each) for each in found.order_by("pk")]


def count_anew(agreement: Agreement) -> None:
    """Its years run from another sign-off. Call it behind `lock_counted`."""
    for series in lock_counted(agreement):
        starts = [row.agreement.runs_from for row in serves_of(series) if row.agreement.runs_from]
        if starts and series.counts_from != min(starts):
            series.counts_from = min(starts)
            series.save()
            cancel_owed(series)
            keep_owed(series)


def cancel_owed(series: Series) -> None:
    """What was owed in years that were counted from the wrong day."""
    owed = Deadline.objects.still_open().filter(kind=OWED_KEY, subject_key=subject_of(series))
    cancel_deadlines(list(owed.values_list("kind", "subject_key", "occurrence")))

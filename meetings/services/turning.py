"""A period turns when its last day is over, whether anybody opens a page or not."""

from __future__ import annotations

import logging

from django.db import transaction

from house import clock
from meetings.models import Series, Turn
from meetings.services.locking import lock_series
from meetings.services.owing import keep_owed

logger = logging.getLogger(__name__)


def time_passed(*, at_most: int = 500) -> int:
    """Looks at each series whose period has turned. Returns how many there were.

    The sweep of reminders calls it first, so that a year turns when nobody opens a page.
    """
    due = Turn.objects.filter(on__lte=clock.today()).order_by("on", "pk")
    looked = 0
    for pk in due.values_list("series", flat=True)[:at_most]:
        try:
            looked += _turn(pk)
        except Exception:
            # One that fails must not hold up the reminders of the others.
            logger.exception("The period of series %s could not be turned", pk)
    return looked


def _turn(pk: int) -> bool:
    with transaction.atomic():
        series = lock_series(Series.objects.get(pk=pk))
        # Asked again under the lock: another sweep may have been here first.
        if not Turn.objects.filter(series=series, on__lte=clock.today()).exists():
            return False
        keep_owed(series)
    return True

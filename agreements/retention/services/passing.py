"""What an end and the days after it bring by themselves. Nothing is disposed of by itself."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from django.conf import settings
from django.db.models import Exists, OuterRef, QuerySet

from agreements.core.left_open import left_open
from agreements.models import Agreement, Hold
from agreements.retention.due import (
    LEFT_OPEN,
    RETENTION,
    all_decided,
    set_open_due,
    set_retention_due,
)
from agreements.retention.rules import ended_by
from deadlines.models import Concerned, Deadline
from deadlines.services.setting import set_together
from house import clock
from house.lifecycle import lock
from house.once import one_job

MOST = 500


def ended(agreement: Agreement) -> None:
    """It has ended just now, in the transaction of that: what is open is to be decided."""
    if left_open([agreement.pk])[agreement.pk]:
        set_open_due(agreement)


def time_passed() -> None:
    """Asks what becomes of those whose time is over, and no longer about what was decided."""
    for agreement in _over()[:MOST]:
        with one_job(), set_together():
            set_retention_due(lock(agreement))
    for agreement in _decided():
        with one_job(), set_together():
            current = lock(agreement)
            if not left_open([current.pk])[current.pk]:
                all_decided(current)


def _over() -> QuerySet[Agreement]:
    """By an index: those that ended so long ago, and of which nobody was asked yet."""
    asked = Concerned.objects.filter(deadline__kind=RETENTION, reference=OuterRef("reference"))
    last = ended_by(clock.today(), settings.RETENTION_YEARS)
    gone = Agreement.objects.filter(state=Agreement.State.ENDED, noticed_end_on__lte=last)
    held = Exists(Hold.objects.standing().filter(agreement=OuterRef("pk")))
    return gone.exclude(in_force_version=None).filter(~Exists(asked), ~held).order_by("reference")


def _decided() -> Iterable[Agreement]:
    """Of those with something open when they ended whoever has nothing open now (three queries)."""
    asked = Deadline.objects.still_open().filter(kind=LEFT_OPEN)
    references = asked.order_by("pk").values("concerned__reference")[:MOST]
    found = list(Agreement.objects.filter(reference__in=references).order_by("reference"))
    still = left_open([each.pk for each in found])
    return [each for each in found if not still[each.pk]]


def make_up_for_open() -> Iterator[str]:
    """Asks about what was open under MoUs that ended before this release; a second run finds
    nothing to do. Gives their references."""
    asked = Concerned.objects.filter(deadline__kind=LEFT_OPEN, reference=OuterRef("reference"))
    gone = Agreement.objects.filter(state=Agreement.State.ENDED).exclude(noticed_end_on=None)
    for agreement in gone.filter(~Exists(asked)).order_by("reference"):
        if left_open([agreement.pk])[agreement.pk]:
            with one_job(), set_together():
                set_open_due(lock(agreement))
            yield agreement.reference

"""On its day a succession begins: a row of a background job for each agreement that goes over."""

from __future__ import annotations

from typing import Final

from django.db import transaction

from agreements.succession.queries import comes_first, going_over
from house import clock
from house.lifecycle import lock, move_locked
from house.refusals import Refused
from jobs.models import Job
from jobs.services import begin as begin_job
from jobs.services import try_again as try_job_again
from parties.models import SUCCESSION_LIFECYCLE, Succession

SUCCEED: Final = "agreements.succeed"


def begin(succession: Succession) -> Job:
    """Begins with every agreement that the old one holds from that day on; of a succession in part
    with those that were chosen. The succession is locked, in the caller's transaction."""
    move_locked(succession, "begin", lifecycle=SUCCESSION_LIFECYCLE)
    references = going_over(succession).order_by("reference").values_list("reference", flat=True)
    return begin_job(
        kind=SUCCEED,
        dedupe=dedupe_of(succession),
        subjects=list(references),
        user=succession.recorded_by,
        organisation_id=succession.new_id,
        context={"succession": succession.pk},
    )


def try_again(*, succession: Succession) -> None:
    """What of it could not be done. Who may was asked. Raises Refused where nothing failed."""
    job = Job.objects.filter(dedupe=dedupe_of(succession)).first()
    if job is None:
        raise Refused("It has not begun yet.")
    try_job_again(job=job)


def dedupe_of(succession: Succession) -> str:
    return f"{SUCCEED}:{succession.key}"


def begin_due() -> None:
    """Those whose day has come, one by one; a second sweep finds them begun, or begins what waited
    for another to be done."""
    due = Succession.objects.filter(state=Succession.State.PLANNED, on__lte=clock.today())
    for each in due.order_by("on", "pk"):
        with transaction.atomic():
            current = lock(each)
            if current.is_planned and not comes_first(current).exists():
                begin(current)

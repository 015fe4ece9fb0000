"""Beginning a job, and letting what could not be done be tried again."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any, Final

from django.db import transaction

from house import clock, nudges
from house.lifecycle import lock
from house.refusals import Refused
from jobs.kinds import kind_of
from jobs.models import Job, JobRow

# The task that works on what waits.
WORKER: Final = "jobs.tasks.work_on_jobs"


def begin(
    *,
    kind: str,
    dedupe: str,
    subjects: Iterable[str],
    user: Any,
    organisation_id: int | None,
    context: dict[str, Any] | None = None,
    not_before: datetime | None = None,
) -> Job:
    """Begins a job with a row for each subject, in the caller's transaction.

    Nobody works on it before `not_before`. Whoever begins the same again, by `dedupe`, gets the one
    that there is.
    """
    with transaction.atomic():
        job, is_new = Job.objects.get_or_create(
            dedupe=dedupe,
            defaults={
                "kind": kind, "organisation_id": organisation_id, "started_by": user,
                "started_at": clock.now(), "context": context or {},
            },
        )  # fmt: skip
        if is_new:
            _add_rows(job, subjects, not_before or job.started_at)
            nudges.nudge(WORKER)
    return job


def _add_rows(job: Job, subjects: Iterable[str], at: datetime) -> None:
    rows = [JobRow(job=job, subject=each, next_try=at) for each in subjects]
    if kind_of(job.kind).last:
        first = None if rows else at
        rows.append(JobRow(job=job, subject="", is_last=True, next_try=first))
    JobRow.objects.bulk_create(rows)


def try_again(*, job: Job) -> None:
    """What could not be done waits again, and the end of the job with it. Who may was asked before.

    Raises Refused where nothing failed, and for a kind that nobody has tried again.
    """
    if because := kind_of(job.kind).not_again:
        raise Refused(because)
    with transaction.atomic():
        current = lock(job)
        failed = current.rows.filter(state=JobRow.State.FAILED)
        waiting = {"state": JobRow.State.WAITING, "attempts": 0, "problem": ""}
        again = failed.filter(is_last=False).update(**waiting, next_try=clock.now())
        last = current.rows.filter(is_last=True)
        # The end brings all together anew; where no row failed but the end, it goes at once.
        if again:
            last.update(**waiting, next_try=None, acted_at=None)
        elif not last.filter(state=JobRow.State.FAILED).update(**waiting, next_try=clock.now()):
            raise Refused("Nothing of this is left to be tried again.")
        Job.objects.filter(pk=job.pk).update(state=Job.State.RUNNING, finished_at=None)
        nudges.nudge(WORKER)

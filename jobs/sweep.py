"""Working on jobs: lease a row, do it, mark it.

Rows decide, and a nudge only says "look" (record 0003). A worker that is killed leaves a row whose
lease ends, and the next one takes it up. What the killed one had committed is marked with it.
"""

from __future__ import annotations

import logging
from datetime import timedelta
from time import monotonic
from typing import Any, Final

from django.db import connection, transaction

from house import clock, nudges
from house.actor import acting_as
from house.once import one_job
from house.refusals import NotNow, Refused
from jobs.kinds import Work, kind_of
from jobs.models import Job, JobRow
from jobs.services import WORKER

logger = logging.getLogger(__name__)

LEASE: Final = timedelta(minutes=3)
WAITS: Final = [timedelta(minutes=m) for m in (1, 5, 15, 60)]
MOST_ATTEMPTS: Final = len(WAITS) + 1
# A worker has other things to do: it goes on with a job after these.
SECONDS: Final = 30.0
TOO_OFTEN: Final = "It was tried too often: each try ended before it was done."
UNKNOWN: Final = "Something went wrong that the portal does not know. Its administrator can see it."


class Lost(Exception):
    """Another worker took the row over after our lease: what we did is rolled back."""


def work_due(*, seconds: float = SECONDS) -> int:
    """Does what waits, for about so long. Returns how many rows were done."""
    done, until = 0, monotonic() + seconds
    while row := lease_next():
        done += _do(row)
        if monotonic() > until:
            nudges.nudge(WORKER)
            break
    return done


def lease_next() -> JobRow | None:
    """Takes one row for this worker, or None. Two workers never hold the same row."""
    now = clock.now()
    with transaction.atomic():
        skip = connection.features.has_select_for_update_skip_locked
        rows = JobRow.objects.select_for_update(skip_locked=skip, of=("self",))
        row = rows.takeable(now).select_related("job__started_by").first()
        if row is None:
            return None
        row.state, row.next_try = JobRow.State.LEASED, now + LEASE
        row.attempts += 1
        row.save(update_fields=["state", "next_try", "attempts"])
        return row


def _do(row: JobRow) -> bool:
    if row.attempts > MOST_ATTEMPTS:
        # Nobody marked the last attempts: each may have ended its process.
        _fail(row, TOO_OFTEN)
        return False
    try:
        with acting_as(row.job.started_by):
            _work(row, kind_of(row.job.kind).work_of(row))
        return True
    except Lost:
        return False
    except NotNow as refusal:
        _try_later(row, refusal.sentence)
    except Refused as refusal:
        # A person has to do something first: to try again by itself helps nobody.
        _fail(row, refusal.sentence)
    except Exception:
        # One that cannot be done must never hold up the others, nor be tried for ever.
        logger.exception("%s could not be done", row)
        _try_later(row, UNKNOWN)
    return False


def _work(row: JobRow, work: Work) -> None:
    if row.acted_at is None:
        prepared: Any = work.prepare(row) if work.prepare else None
        with one_job():
            if work.act:
                work.act(row, prepared)
            _mark_acted(row)
    if work.afterwards:
        work.afterwards(row)
    with transaction.atomic():
        _mark(row, JobRow.State.DONE)


def _mark_acted(row: JobRow) -> None:
    """With what was done, so that nobody does it again."""
    ours = JobRow.objects.filter(pk=row.pk, state=JobRow.State.LEASED, attempts=row.attempts)
    if not ours.update(acted_at=clock.now()):
        raise Lost


def _try_later(row: JobRow, problem: str) -> None:
    if row.attempts > len(WAITS):
        _fail(row, problem)
    else:
        with transaction.atomic():
            next_try = clock.now() + WAITS[row.attempts - 1]
            _mark(row, JobRow.State.WAITING, next_try=next_try, problem=problem[:500])


def _fail(row: JobRow, problem: str) -> None:
    with transaction.atomic():
        _mark(row, JobRow.State.FAILED, problem=problem[:500])


def _mark(row: JobRow, state: str, **changes: Any) -> None:
    """Unless another worker has the row by now. What the job waits for follows, one at a time."""
    job = Job.objects.select_for_update(no_key=True).get(pk=row.job_id)
    ours = JobRow.objects.filter(pk=row.pk, state=JobRow.State.LEASED, attempts=row.attempts)
    ours.update(state=state, **({"next_try": None, "problem": ""} | changes))
    left = job.rows.filter(state__in=["waiting", "leased"])
    if left.filter(is_last=False).exists():
        return
    if left.exists():
        left.filter(state=JobRow.State.WAITING, next_try=None).update(next_try=clock.now())
        return
    failed = job.rows.filter(state=JobRow.State.FAILED).exists()
    job.state = Job.State.WITH_PROBLEMS if failed else Job.State.DONE
    job.finished_at = clock.now()
    job.save(update_fields=["state", "finished_at"])

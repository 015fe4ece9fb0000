"""Background jobs: each row is done once, whoever is killed; what cannot be done says so."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import timedelta
from typing import Any

import pytest

from audit.models import Entry
from audit.services import write_entry
from documents.models import StoredFile
from documents.storage import store
from house import clock
from house.refusals import NotNow, Refused
from jobs.kinds import JobKind, Work, register
from jobs.models import Job, JobRow
from jobs.progress import Progress
from jobs.services import begin, try_again
from jobs.sweep import LEASE, MOST_ATTEMPTS, lease_next, work_due
from tests.at_once import at_once
from tests.cast import Cast
from tests.killed import Steps, killed

pytestmark = [pytest.mark.sqlite, pytest.mark.django_db]
KIND = "tests.letters"


def write(row: JobRow, prepared: object = None) -> None:
    """An act that can be counted."""
    write_entry(actor=row.job.started_by, organisation_id=None, verb="wrote", about=row, payload={})


def bound(row: JobRow, prepared: object) -> None:
    data = ",".join(
        row.job.rows.filter(is_last=False, state="done").values_list("subject", flat=True)
    )
    row.job.file = store(data.encode(), name="all.txt", content_type="text/plain")
    row.job.save(update_fields=["file"])


@pytest.fixture(autouse=True)
def kind() -> Callable[..., JobKind]:
    def made(**each: Any) -> JobKind:
        return register(JobKind(KIND, Work(**{"act": write, **each}), last=Work(act=bound)))

    made()
    return made


def begun(cast: Cast, letters: str = "abc") -> Job:
    return begin(
        kind=KIND, dedupe=f"letters:{letters}", subjects=letters, user=cast.manager,
        organisation_id=cast.area_team.pk,
    )  # fmt: skip


def written() -> list[str]:
    entries = Entry.objects.filter(verb="wrote").order_by("pk")
    subjects = {str(row.pk): row.subject for row in JobRow.objects.all()}
    return [subjects[entry.object_id] for entry in entries]


def later(minutes: float) -> AbstractContextManager[None]:
    return clock.at(clock.now() + timedelta(minutes=minutes, seconds=5))


def test_each_row_is_done_and_what_brings_them_together_comes_last(cast: Cast) -> None:
    job = begun(cast)
    assert work_due() == 4
    job.refresh_from_db()
    assert (written(), job.state) == (["a", "b", "c"], "done")
    assert job.file
    assert work_due() == 0
    assert Progress(job, "letter").sentence == "3 of 3 letters are done."


def test_who_begins_the_same_again_gets_the_job_that_there_is(cast: Cast) -> None:
    assert begun(cast).pk == begun(cast).pk
    work_due()
    assert written() == ["a", "b", "c"]


def test_an_act_that_is_refused_stops_nothing_else_and_says_why(
    cast: Cast, kind: Callable[..., JobKind]
) -> None:
    def picky(row: JobRow, _: object) -> None:
        if row.subject == "b":
            raise Refused("There is no b.")
        write(row)

    kind(act=picky)
    job = begun(cast)
    assert work_due() == 3
    job.refresh_from_db()
    assert (written(), job.state) == (["a", "c"], "with_problems")
    assert [each.problem for each in Progress(job, "letter").problems] == ["There is no b."]
    kind()
    try_again(job=job)
    work_due()
    job.refresh_from_db()
    assert (written(), job.state) == (["a", "c", "b"], "done")
    assert job.file
    assert job.file.size == 5
    with pytest.raises(Refused):
        try_again(job=job)


def test_what_goes_wrong_is_tried_again_and_dies_aloud(
    cast: Cast, kind: Callable[..., JobKind], caplog: pytest.LogCaptureFixture
) -> None:
    def broken(row: JobRow, _: object) -> None:
        write(row)
        raise ValueError("out of ink")

    kind(act=broken)
    job = begun(cast, "a")
    for hours in range(MOST_ATTEMPTS + 1):
        with later(60 * 2 * hours):
            work_due()
    job.refresh_from_db()
    assert (written(), job.state) == ([], "with_problems")
    assert "out of ink" in caplog.text
    assert job.rows.get(subject="a").attempts == MOST_ATTEMPTS


def test_what_cannot_be_done_now_waits(cast: Cast, kind: Callable[..., JobKind]) -> None:
    def busy(row: JobRow) -> None:
        raise NotNow("The printer is busy.")

    kind(prepare=busy)
    job = begun(cast, "a")
    work_due()
    assert Progress(job, "letter").problems[0].problem == "The printer is busy."
    kind()
    assert work_due() == 0
    with later(1):
        assert work_due() == 2


def test_a_worker_whose_lease_ended_changes_nothing(
    cast: Cast, kind: Callable[..., JobKind]
) -> None:
    """While it is slow another takes the row over: what the slow one did is rolled back."""
    slow = [True]

    def overtaken(row: JobRow, _: object) -> None:
        write(row)
        if slow.pop():
            slow.append(False)
            with clock.at(clock.now() + LEASE):
                JobRow.objects.filter(pk=row.pk).update(attempts=2)

    kind(act=overtaken)
    begun(cast, "a")
    work_due()
    assert written() == []
    with clock.at(clock.now() + 2 * LEASE):
        work_due()
    assert written() == ["a"]


def test_workers_at_once_do_each_row_once(transactional_db: None, cast: Cast) -> None:
    job = begun(cast, "abcdefghijkl")
    answers = at_once([(cast.manager, work_due)] * 2)
    assert sum(answers) == 13
    job.refresh_from_db()
    assert (sorted(written()), job.state) == (list("abcdefghijkl"), "done")


@pytest.mark.parametrize("step", range(1, 9))
def test_a_killed_worker_leaves_it_to_the_next(
    transactional_db: None, cast: Cast, step: int
) -> None:
    """Before each of its writes and commits: what was committed is not done again."""
    job = begun(cast, "ab")
    files = StoredFile.objects.count()

    def works_and_dies() -> None:
        with Steps(at=step).counted():
            work_due()

    assert killed(works_and_dies)
    with clock.at(clock.now() + LEASE):
        work_due()
    job.refresh_from_db()
    assert (sorted(written()), job.state) == (["a", "b"], "done")
    assert StoredFile.objects.count() == files + 1


def test_a_lease_keeps_others_away(cast: Cast) -> None:
    begun(cast, "a")
    row = lease_next()
    assert row
    assert lease_next() is None
    with clock.at(clock.now() + LEASE):
        assert lease_next() == row

"""The assurance report: begun by one press, made by a background job, kept as issued (X15)."""

from __future__ import annotations

from datetime import date
from typing import Final
from uuid import uuid4

from agreements.core.parties import require_role
from audit.services import write_entry
from house import clock
from house.lifecycle import lock
from house.once import one_job
from house.refusals import NotYours, Refused
from jobs.kinds import JobKind, Work, register
from jobs.models import JobRow
from jobs.services import begin as begin_job
from parties.acting import Acting, acting_for
from parties.who import RECORDERS
from reports.models import Assurance, Register
from reports.register import RegisterContent
from reports.registering import content_for, newest_issued

KIND: Final = "reports.assurance"


def begin_assurance(*, by: Acting, since: date | None = None) -> Assurance:
    """Begins the report. What changed is said since the day chosen; without one since the report
    before. Whoever presses while one is being made gets that one."""
    require_role(by, RECORDERS)
    if since and since > clock.today():
        raise Refused("Choose today or a day before it.", field="since")
    organisation = by.on_behalf_of
    with one_job():
        lock(organisation)
        under_way = Assurance.objects.filter(organisation=organisation, job__state="running")
        if there := under_way.first():
            return there
        before, key = newest_issued(organisation.pk), uuid4()
        job = begin_job(
            kind=KIND, dedupe=f"{KIND}:{key}", subjects=["register"], user=by.who,
            organisation_id=organisation.pk,
        )  # fmt: skip
        made = Assurance.objects.create(
            key=key, organisation=organisation, made_by=by.who, made_at=clock.now(), job=job,
            since=since or (before.on if before else None),
        )  # fmt: skip
        write_entry(
            actor=by.user, organisation_id=organisation.pk, verb="assurance_begun", about=made,
            payload={"since": made.since.isoformat() if made.since else ""},
        )  # fmt: skip
    return made


def _prepare(row: JobRow) -> RegisterContent:
    """Raises NotYours where whoever began it acts for the organisation no longer."""
    assurance = _of(row)
    by = acting_for(row.job.started_by, row.job.organisation_id)
    if by.organisation_id != row.job.organisation_id:
        raise NotYours(f"{row.job.started_by} no longer acts for the organisation. Begin it anew.")
    return content_for(by, assurance.since)


def _act(row: JobRow, content: RegisterContent) -> None:
    assurance = _of(row)
    Register.objects.create(
        assurance=assurance, issued_at=clock.now(), content=content.model_dump(mode="json")
    )


def _of(row: JobRow) -> Assurance:
    return Assurance.objects.select_related("organisation").get(job=row.job_id)


register(JobKind(KIND, each=Work(prepare=_prepare, act=_act)))

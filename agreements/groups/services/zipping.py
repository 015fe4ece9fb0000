"""All PDFs of a group in one file, with an index: made by a background job."""

from __future__ import annotations

import csv
from collections.abc import Iterable
from io import BytesIO, StringIO
from typing import Final
from zipfile import ZIP_DEFLATED, ZipFile

from agreements.core.parties import require_role
from agreements.groups.services.making import acting_in, unsigned_copy
from agreements.groups.standing import LineStanding, lines_of, standings
from agreements.models import Agreement, Issue, IssueLine, Seal
from documents.storage import read, store, tidy_name
from house import clock
from house.exports import defused
from house.refusals import NotNow, Refused
from jobs.kinds import JobKind, Work, register
from jobs.models import Job, JobRow
from jobs.services import begin as begin_job
from nhsuk.dates import day
from parties.acting import Acting
from parties.who import MEMBERS

ZIP: Final = "groups.zip"
TYPE: Final = "application/zip"
HEADINGS: Final = (
    "Organisation", "ODS code", "Commissioner", "Reference", "State", "Since", "File",
)  # fmt: skip


def begin_zip(*, by: Acting, issue: Issue) -> Job:
    """Begins to put together the PDFs of one's own agreements of the group.

    Raises Refused where there is none. A second press within the minute gets the same.
    """
    require_role(by, MEMBERS)
    own = IssueLine.objects.filter(issue=issue, share__organisation=by.organisation_id)
    made = [str(pk) for pk in own.exclude(agreement=None).values_list("pk", flat=True)]
    if not made:
        raise Refused("There is no agreement of yours in this group yet.")
    return begin_job(
        kind=ZIP, dedupe=f"{ZIP}:{issue.pk}:{by.organisation_id}:{clock.now():%Y-%m-%dT%H:%M}",
        subjects=made, user=by.who, organisation_id=by.organisation_id,
        context={"issue": issue.pk},
    )  # fmt: skip


def _print(row: JobRow) -> None:
    """So that all of them are there when they are put together."""
    line = IssueLine.objects.select_related("agreement").get(pk=row.subject)
    if line.agreement and not line.agreement.is_disposed and _sealed(line.agreement) is None:
        unsigned_copy(line.agreement)


def _put_together(row: JobRow) -> bytes:
    acting = acting_in(row.job)
    own = IssueLine.objects.filter(issue=row.job.context["issue"]).exclude(agreement=None)
    found = standings(lines_of(own.filter(share__organisation=acting.organisation_id)), acting)
    data = BytesIO()
    with ZipFile(data, "w", ZIP_DEFLATED) as archive:
        files: dict[int, str] = {}
        for each in sorted(found, key=lambda each: each.line.name.casefold()):
            if pdf := _pdf(each.line.made):
                files[each.line.pk] = name = _name(each)
                archive.writestr(name, pdf)
        archive.writestr("index.csv", _index(found, files))
    return data.getvalue()


def _keep(row: JobRow, data: bytes) -> None:
    issue = Issue.objects.get(pk=row.job.context["issue"])
    name = f"{issue.title} {clock.today()}.zip"
    Job.objects.filter(pk=row.job_id).update(file=store(data, name=name, content_type=TYPE))


def _sealed(agreement: Agreement) -> Seal | None:
    seals = Seal.objects.filter(version__agreement=agreement, state=Seal.State.SEALED)
    return seals.select_related("file").order_by("-version__seq").first()


def _pdf(agreement: Agreement) -> bytes:
    """The final signed copy; until there is one, the text as it stands. Empty for what was disposed
    of, and for a text that cannot be printed: its row of the job says so."""
    if agreement.is_disposed:
        return b""
    seal = _sealed(agreement)
    if seal and seal.file:
        return read(seal.file)
    try:
        return unsigned_copy(agreement)
    except NotNow:
        raise
    except Refused:
        return b""


def _name(standing: LineStanding) -> str:
    line = standing.line
    return tidy_name(f"{line.made.reference} {line.name}.pdf".replace("/", "-"))


def _index(found: Iterable[LineStanding], files: dict[int, str]) -> bytes:
    text = StringIO()
    writer = csv.writer(text)
    writer.writerow(HEADINGS)
    for each in found:
        line = each.line
        why = "it was disposed of" if line.made.is_disposed else "it could not be printed"
        file = files.get(line.pk, f"None: {why}")
        row = (line.name, line.organisation.ods_code or "", line.commissioner,
               line.made.reference, each.tag.text, day(each.since), file)  # fmt: skip
        writer.writerow([defused(cell) for cell in row])
    return text.getvalue().encode("utf-8-sig")


register(JobKind(ZIP, each=Work(prepare=_print), last=Work(prepare=_put_together, act=_keep)))

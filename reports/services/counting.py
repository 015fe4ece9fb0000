"""Counting the figures of a report (B15). They are stored as counted, and never change."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Final

from agreements.core.measuring import ran_in
from agreements.models import Agreement, read_parties
from deadlines.dates import both_or_all
from house import clock
from house.room import Measure
from jobs.kinds import JobKind, Work, register
from jobs.models import Job, JobRow
from jobs.services import begin as begin_job
from nhsuk.words import capital, with_whom
from parties.acting import Acting
from reports.content import Content, Line, OfAgreement, Stretch, added
from reports.models import Figures, Report
from reports.queries import agreements_of, kept_before
from reports.rules import Quarter, trend_to
from reports.sources import counts, measured

KIND: Final = "reports.figures"
OTHERS, ALL = "Other parties", "All parties"


def count(report: Report) -> Figures:
    """Counts an agreement's figures at once, in the caller's transaction."""
    return _keep(report, figures_of(report))


def begin_counting(report: Report, by: Acting) -> None:
    """The same of several agreements, however many: a background job does it."""
    job = begin_job(
        kind=KIND, dedupe=f"{KIND}:{report.key}:{clock.now():%Y-%m-%dT%H:%M:%S}",
        subjects=[str(report.key)], user=by.who, organisation_id=report.organisation_id,
    )  # fmt: skip
    report.job = job
    report.save(update_fields=["job"])


def _prepare(row: JobRow) -> Content:
    return figures_of(_report(row))


def _act(row: JobRow, content: Content) -> None:
    """A report that was given up meanwhile, or is final, has what it had."""
    report = _report(row)
    if report.is_draft:
        _keep(report, content)


def _report(row: JobRow) -> Report:
    return Report.objects.select_related("organisation", "other").get(key=row.subject)


def _keep(report: Report, content: Content) -> Figures:
    return Figures.objects.create(
        report=report, counted_at=clock.now(), content=content.model_dump(mode="json")
    )


def is_being_counted(job: Job | None) -> bool:
    return job is not None and job.is_running


# --- What is counted


def figures_of(report: Report) -> Content:
    """Its quarter, and the seven before it: of those of which a final report was made, what that
    said. A fixed number of queries for each two hundred agreements."""
    agreements = agreements_of(report)
    read_parties(agreements)
    ran = [each for each in agreements if ran_in(each, report.since, report.until)]
    found = _lines_of_each(report, ran, report.since, report.until)
    content = Content(
        agreements=len(ran),
        lines=_together(found.values()),
        each=tuple(_of(each, report, found[each.pk]) for each in ran if each.pk in found),
        not_counted=tuple(_of(each, report, ()) for each in ran if not counts(each)),
    )
    return content.model_copy(update={"trend": _trend(report, agreements, content)})


def _lines_of_each(
    report: Report, agreements: Sequence[Agreement], since: date, until: date
) -> dict[int, tuple[Line, ...]]:
    """Agreement id -> its lines, for those that count."""
    measures = measured(agreements, since, until)
    return {
        each.pk: tuple(_lines(report, each, measures.get(each.pk, ())))
        for each in agreements
        if counts(each)
    }


def _lines(report: Report, agreement: Agreement, measures: Iterable[Measure]) -> Iterable[Line]:
    names = _names(report, agreement)
    for each in measures:
        if who := names.get(each.party):
            yield Line(
                key=each.key, label=each.label, who=who, met=each.met, missed=each.missed,
                excluded=each.excluded, open=each.open,
                url=each.url if report.is_of_one else "",
                said=each.said if report.is_of_one else "",
            )  # fmt: skip


def _names(report: Report, agreement: Agreement) -> dict[str, str]:
    """The key of a party -> what its lines stand under; what is not shown has no name."""
    parties = agreement.sides
    if report.is_of_one:
        return {p.key: p.name for p in parties} | {"": capital(both_or_all(len(parties)))}
    found = {"": ALL}
    for party in parties:
        if report.organisation_id in party.held_by:
            found[party.key] = report.organisation.name
        elif report.other is None:
            found[party.key] = OTHERS
        elif report.other_id in party.held_by:
            found[party.key] = report.other.name
    return found


def _together(each: Iterable[Sequence[Line]]) -> tuple[Line, ...]:
    """One line for each standard and whoever owes it, in the order in which the rooms answer."""
    by: dict[tuple[str, str], list[Line]] = {}
    for line in (line for lines in each for line in lines):
        by.setdefault((line.key, line.who), []).append(line)
    found = [_sum(lines) for lines in by.values()]
    order = {key: place for place, key in enumerate(dict.fromkeys(line.key for line in found))}
    return tuple(sorted(found, key=lambda line: order[line.key]))


def _sum(lines: Sequence[Line]) -> Line:
    """What one says stands where it is alone."""
    first = lines[0]
    if len(lines) == 1:
        return first
    return first.model_copy(update=added(lines).model_dump() | {"url": "", "said": ""})


def _of(agreement: Agreement, report: Report, lines: Sequence[Line]) -> OfAgreement:
    others = [p.name for p in agreement.sides if p.organisation.pk != report.organisation_id]
    return OfAgreement(
        reference=agreement.reference, title=agreement.title, with_whom=with_whom(others),
        **added(lines).model_dump(),
    )  # fmt: skip


# --- The trend


def _trend(
    report: Report, agreements: Sequence[Agreement], content: Content
) -> tuple[Stretch, ...]:
    """From the first quarter in which one of the agreements ran."""
    kept = kept_before(report)
    found = []
    for quarter in trend_to(report.quarter):
        if quarter == report.quarter:
            found.append(_stretch(quarter, content.lines, is_kept=False))
        elif before := kept.get(quarter.first):
            found.append(_stretch(quarter, before.lines, is_kept=True))
        elif ran := [each for each in agreements if ran_in(each, quarter.first, quarter.last)]:
            lines = _lines_of_each(report, ran, quarter.first, quarter.last)
            found.append(_stretch(quarter, _together(lines.values()), is_kept=False))
    return tuple(found)


def _stretch(quarter: Quarter, lines: Iterable[Line], *, is_kept: bool) -> Stretch:
    plain = [line.model_copy(update={"url": "", "said": ""}) for line in lines]
    return Stretch(
        first=quarter.first, is_kept=is_kept, lines=tuple(plain), **added(plain).model_dump()
    )


register(JobKind(KIND, each=Work(prepare=_prepare, act=_act)))

"""Counting the figures of a report (B15). They are stored as counted, and never change."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from agreements.core.measuring import ran_in
from agreements.models import Agreement, read_parties
from deadlines.dates import both_or_all
from house import clock
from house.answers import Measure
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
    return _Counted(report).content


class _Counted:
    """The figures of one report, while they are being counted."""

    def __init__(self, report: Report) -> None:
        self.report, self.agreements = report, agreements_of(report)
        read_parties(self.agreements)
        self.own = report.organisation.name
        self.other = report.other.name if report.other else ""

    @property
    def content(self) -> Content:
        ran = self._ran_in(self.report.quarter)
        found = self._lines_of_each(ran, self.report.quarter)
        lines = _together(found.values())
        return Content(
            agreements=len(ran),
            lines=lines,
            each=tuple(self._of(each, found[each.pk]) for each in ran if each.pk in found),
            trend=tuple(self._trend(lines)),
            not_counted=tuple(self._of(each, ()) for each in ran if not counts(each)),
        )

    def _ran_in(self, quarter: Quarter) -> list[Agreement]:
        return [each for each in self.agreements if ran_in(each, quarter.first, quarter.last)]

    def _lines_of_each(
        self, agreements: Sequence[Agreement], quarter: Quarter
    ) -> dict[int, tuple[Line, ...]]:
        """Agreement id -> its lines, for those that count."""
        measures = measured(agreements, quarter.first, quarter.last)
        return {
            each.pk: tuple(self._lines(each, measures.get(each.pk, ())))
            for each in agreements
            if counts(each)
        }

    def _lines(self, agreement: Agreement, measures: Iterable[Measure]) -> Iterator[Line]:
        """Where they come from, and what else they say, stands on the report of one alone."""
        names, alone = self._names(agreement), self.report.is_of_one
        for each in measures:
            if who := names.get(each.party):
                yield Line(
                    key=each.key, label=each.label, who=who, met=each.met, missed=each.missed,
                    excluded=each.excluded, open=each.open, url=each.url if alone else "",
                    said=each.said if alone else "",
                )  # fmt: skip

    def _names(self, agreement: Agreement) -> dict[str, str]:
        """The key of a party -> what its lines stand under; what is not shown has no name."""
        parties = agreement.sides
        if self.report.is_of_one:
            everybody = capital(both_or_all(len(parties)))
            return {party.key: party.name for party in parties} | {"": everybody}
        found = {"": ALL}
        for party in parties:
            if self.report.organisation_id in party.held_by:
                found[party.key] = self.own
            elif not self.other:
                found[party.key] = OTHERS
            elif self.report.other_id in party.held_by:
                found[party.key] = self.other
        return found

    def _of(self, agreement: Agreement, lines: Sequence[Line]) -> OfAgreement:
        own = self.report.organisation_id
        others = [party.name for party in agreement.sides if party.organisation.pk != own]
        return OfAgreement(
            reference=agreement.reference, title=agreement.title, with_whom=with_whom(others),
            **added(lines).model_dump(),
        )  # fmt: skip

    def _trend(self, lines: Sequence[Line]) -> Iterator[Stretch]:
        """From the first quarter in which one of the agreements ran."""
        kept = kept_before(self.report)
        for quarter in trend_to(self.report.quarter):
            if quarter == self.report.quarter:
                yield _stretch(quarter, lines, is_kept=False)
            elif before := kept.get(quarter.first):
                yield _stretch(quarter, before.lines, is_kept=True)
            elif ran := self._ran_in(quarter):
                found = self._lines_of_each(ran, quarter)
                yield _stretch(quarter, _together(found.values()), is_kept=False)


def _together(each: Iterable[Sequence[Line]]) -> tuple[Line, ...]:
    """One line for each standard and whoever owes it, in the order in which the rooms answer."""
    by: dict[tuple[str, str], list[Line]] = {}
    for line in (line for lines in each for line in lines):
        by.setdefault((line.key, line.who), []).append(line)
    order = {key: place for place, key in enumerate(dict.fromkeys(key for key, _ in by))}
    found = (
        lines[0].model_copy(update=added(lines).model_dump()) if len(lines) > 1 else lines[0]
        for lines in by.values()
    )
    return tuple(sorted(found, key=lambda line: order[line.key]))


def _stretch(quarter: Quarter, lines: Iterable[Line], *, is_kept: bool) -> Stretch:
    plain = [line.model_copy(update={"url": "", "said": ""}) for line in lines]
    return Stretch(
        first=quarter.first, is_kept=is_kept, lines=tuple(plain), **added(plain).model_dump()
    )


register(JobKind(KIND, each=Work(prepare=_prepare, act=_act)))

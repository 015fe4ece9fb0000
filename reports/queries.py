"""What reports are about, and what was counted and said for them."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence

from django.db.models import Exists, OuterRef, QuerySet

from agreements.core.parties import there_today
from agreements.models import Agreement, IssueLine, Party, spells_today
from house.once import each_once
from parties.models import Organisation
from reports.content import Content
from reports.models import Figures, Remark, Report

Scope, State = Report.Scope, Report.State


def agreements_of(report: Report) -> list[Agreement]:
    """The agreements that it is about, by reference, with the text in force (one query).

    Of several those to which its organisation is a party today, of however many are in a group.
    """
    found = _held_by(report.organisation_id)
    if report.agreement_id:
        found = Agreement.objects.filter(pk=report.agreement_id)
    if report.scope == Scope.PARTY:
        found = found.filter(pk__in=spells_today(report.other_id).values("party__agreement"))
    if report.scope == Scope.GROUP:
        lines = IssueLine.objects.filter(issue=report.issue_id, agreement=OuterRef("pk"))
        found = found.filter(Exists(lines))
    rows = list(found.select_related("in_force_version").order_by("reference"))
    for agreement in rows:
        if agreement.in_force_version:
            agreement.in_force_version.agreement = agreement
    return rows


def _held_by(organisation_id: int) -> QuerySet[Agreement]:
    """Those that ever came into force, and to which the organisation is a party today."""
    held = spells_today(organisation_id).values("party__agreement")
    rows = Agreement.objects.filter(pk__in=held).exclude(in_force_version=None)
    # What was kept under one that was disposed of nobody can count any more.
    return rows.exclude(state=Agreement.State.DISPOSED)


def content_of(report: Report) -> Content | None:
    """Its figures as they were counted last; None while they are being counted (one query)."""
    return _contents([report.pk])[report.pk]


@each_once(Figures)
def _contents(reports: Collection[int]) -> dict[int, Content | None]:
    found: dict[int, Content | None] = dict.fromkeys(reports)
    later = Figures.objects.filter(report=OuterRef("report"), pk__gt=OuterRef("pk"))
    for row in Figures.objects.filter(~Exists(later), report__in=found):
        found[row.report_id] = Content.model_validate(row.content)
    return found


def kept_before(report: Report) -> dict[object, Content]:
    """First day -> the figures of the newest final report on the same, of earlier quarters (two
    queries)."""
    rows = Report.objects.filter(
        subject=report.subject, state=State.FINAL, since__lt=report.since
    ).order_by("edition")
    newest = {row.since: row.pk for row in rows}
    contents = _contents(newest.values())
    return {since: found for since, pk in newest.items() if (found := contents[pk])}


def others_in(report: Report) -> list[Party]:
    """The parties that are asked for a remark: those there today that its organisation is not."""
    if report.agreement is None:
        return []
    parties = there_today(report.agreement)
    return [party for party in parties if party.organisation.pk != report.organisation_id]


def remarks_on(report: Report) -> list[Remark]:
    """All that was said of it, in order, whenever it was sent (two queries)."""
    rows = report.remarks.select_related("organisation", "by__person")
    return list(rows.prefetch_related("organisation__names"))


def silent(report: Report, remarks: Iterable[Remark]) -> list[Party]:
    """The parties that have not said anything of it since it was sent last."""
    said = {each.organisation_id for each in remarks if each.sending == report.sendings}
    return [party for party in others_in(report) if party.held_by.isdisjoint(said)]


def newest_final(agreements: Sequence[Agreement]) -> dict[int, list[Report]]:
    """Agreement id -> its reports that were not given up, the newest quarter and edition first (one
    query)."""
    return grouped(agreements, not_given_up(agreements))


def not_given_up(agreements: Sequence[Agreement]) -> QuerySet[Report]:
    """The same as a query, for `grouped`."""
    rows = Report.objects.filter(agreement__in=[each.pk for each in agreements])
    return rows.exclude(state=State.GIVEN_UP).order_by("-since", "-edition")


def grouped(agreements: Sequence[Agreement], rows: Iterable[Report]) -> dict[int, list[Report]]:
    found: dict[int, list[Report]] = {each.pk: [] for each in agreements}
    for report in rows:
        found[report.agreement_id or 0].append(report)
    return found


def others_with(organisation: Organisation) -> QuerySet[Organisation]:
    """Whom the organisation has agreements with."""
    return Organisation.objects.filter(pk__in=organisation.other_parties.values("other"))

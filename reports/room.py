"""What the room of reports answers to the rooms below it and to the home page."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import date, time

from django.db.models import Count
from django.urls import reverse

from agreements.core.parties import sides_of
from agreements.models import Agreement, Version
from deadlines.kinds import DeadlineKind
from house.answers import AgendaPoint, Keeping, NavigationEntry, PassingOn, Section
from house.asked_together import Asking
from house.clock import end_of, london_instant
from house.goes import Goes
from house.room import Room
from house.rooms import register
from nhsuk.components import Button
from parties.acting import Acting
from parties.models import Organisation, Succession
from parties.who import DRAFTERS
from reports.due import REPORT
from reports.keeping import asking
from reports.models import Report
from reports.presenters import words
from reports.presenters.words import page_of
from reports.reminders import KINDS
from reports.services import passing, succeeding
from reports.sources import counts
from reports.what_goes import GOES

MOST_SHOWN = 8


class ReportsRoom(Room):
    name, called = "reports", "Reports"
    locks_at = 5

    def navigation(self, acting: Acting) -> list[NavigationEntry]:
        if acting.organisation is None:
            return []
        return [NavigationEntry("Reports", "reports:list", 56, in_footer=True)]

    def sections(self, agreement: Agreement, subpage: str, acting: Acting) -> list[Section]:
        """The newest reports, with the way to draft one."""
        if subpage != "kept" or not agreement.in_force_version_id:
            return []
        seen = Report.objects.visible_to(acting).filter(agreement=agreement)
        rows = seen.exclude(state=Report.State.GIVEN_UP).select_related("organisation")
        context = {"reports": list(rows[:MOST_SHOWN]), "words": words}
        may = DRAFTERS.includes(acting) and bool(sides_of(agreement, acting)) and counts(agreement)
        draft = Button("Draft a report", reverse("reports:new_of_one", args=[agreement.reference]))
        return [
            Section("reports", "Reports on performance", 80, "reports/section.jinja", context,
                    draft if may else None)
        ]  # fmt: skip

    def keeping_kinds(self) -> dict[str, str]:
        return {REPORT: "the report on performance"}

    def asking_keepings(
        self, agreements: Sequence[Agreement], acting: Acting
    ) -> Asking[Mapping[int, Mapping[str, Keeping]]]:
        return asking(agreements)

    def came_into_force(self, agreement: Agreement, by: Acting) -> None:
        passing.begin_turns(agreement)

    def text_replaced(self, agreement: Agreement, before: Version, by: Acting) -> None:
        passing.follow_new_text(agreement)

    def dates_corrected(self, agreement: Agreement, by: Acting) -> None:
        passing.begin_turns(agreement)

    def agreement_ended(self, agreement: Agreement, by: Acting) -> None:
        passing.end_turns(agreement)

    def time_passed(self) -> None:
        passing.time_passed()

    def make_up_for_missing(self) -> Iterator[str]:
        return passing.make_up_for_turns()

    def deadline_kinds(self) -> Sequence[DeadlineKind]:
        return KINDS

    def goes(self) -> Sequence[Goes]:
        return GOES

    def asking_left_open(self, agreements: Collection[int]) -> Asking[Mapping[int, int]]:
        rows = Report.objects.filter(agreement__in=agreements, state__in=Report.UNDER_WAY)
        [found] = yield [rows.order_by().values_list("agreement").annotate(Count("pk"))]
        return dict(found)

    def agenda_points(
        self, agreements: Sequence[Agreement], since: date, until: date
    ) -> Mapping[int, list[AgendaPoint]]:
        """Reports that became final in these days (one query)."""
        rows = Report.objects.filter(
            agreement__in=[each.pk for each in agreements],
            state=Report.State.FINAL,
            final_at__gte=london_instant(since, time(0)),
            final_at__lt=end_of(until),
        )
        found: dict[int, list[AgendaPoint]] = {}
        for report in rows.order_by("final_at"):
            point = AgendaPoint(f"{words.name_of(report)} is final.", page_of(report))
            found.setdefault(report.agreement_id or 0, []).append(point)
        return found

    def to_pass_on(
        self, old: Organisation, agreements: Collection[int], *, full: bool
    ) -> list[PassingOn]:
        under = Report.objects.filter(organisation=old, agreement__in=agreements).count()
        return [PassingOn("report", "reports", under)]

    def lock_passed(self, agreement: Agreement) -> None:
        succeeding.lock_reports(agreement)

    def succeed(self, succession: Succession, agreement: Agreement, by: Acting) -> None:
        succeeding.take_over(succession, agreement)

    def succeed_beside(self, succession: Succession, by: Acting) -> None:
        succeeding.take_over_own(succession)

    def sentences(self) -> dict[str, str]:
        return {
            "report_sent": "{actor} sent the report on {quarter} to the other parties for their "
            "remarks.",
            "report_taken_back": "{actor} took back the report on {quarter}.",
            "report_remarked": "{actor} said the word of {party} on the report on {quarter}.",
            "report_final": "The report on {quarter} is final.",
        }


register(ReportsRoom())

"""What logs answer to the rooms below and above, and to the pages of an agreement (record 0082)."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import date
from typing import Any

from django.db.models import Subquery

from agreements.models import Agreement, Version
from commitments.logs import judging, keepings, queries
from commitments.logs.pages.agreement import opened, sections_of
from commitments.logs.reminders import RISK_REVIEW
from commitments.logs.services.due import keep_due
from commitments.logs.what_goes import GOES
from commitments.logs.words import PAGE_KEY, page_of
from commitments.models import LogEntry
from deadlines.kinds import DeadlineKind
from house.answers import AgendaPoint, Keeping, OpenThings, PassingOn, Section, Subpage
from house.asked_together import Asking
from house.clock import end_of
from house.goes import Goes
from house.room import Room
from house.rooms import register
from nhsuk.components import Link
from parties.acting import Acting
from parties.models import Organisation

PAGE = Subpage(PAGE_KEY, "Logs", 46)
# Under this source of the terms good practice is looked at (B21).
GOOD_PRACTICE = "good_practice"
# More than this is no agenda any more.
MOST_POINTS = 10
# What the key of an entry begins with that shows something.
SOURCE = "log:"
MOST_SHOWN = 20


class LogsRoom(Room):
    name, called = "commitments.logs", "Logs"

    def marks(self) -> Mapping[str, Any]:
        return queries.marks()

    def subpages(self, agreement: Agreement) -> list[Subpage]:
        """Where the text asks for a log, or something is in one."""
        return [PAGE] if queries.has_logs(agreement) else []

    def sections(self, agreement: Agreement, subpage: str, acting: Acting) -> list[Section]:
        return sections_of(agreement, acting) if subpage == PAGE.key else []

    def keeping_kinds(self) -> Mapping[str, str]:
        return keepings.KINDS

    def keepings(
        self, agreements: Sequence[Agreement], acting: Acting
    ) -> Mapping[int, Mapping[str, Keeping]]:
        return keepings.keepings(agreements)

    def counted(self, acting: Acting) -> dict[str, Subquery]:
        return judging.counted()

    def deadline_kinds(self) -> list[DeadlineKind]:
        return [RISK_REVIEW]

    def text_replaced(self, agreement: Agreement, before: Version, by: Acting) -> None:
        """The clause that asks for the reviews may be another one."""
        _keep_all_due(agreement)

    def agreement_ended(self, agreement: Agreement, by: Acting) -> None:
        """A risk goes on in each party's own register; nobody is reminded of it here."""
        _keep_all_due(agreement)

    def goes(self) -> Sequence[Goes]:
        return GOES

    def agenda_points(
        self, agreements: Sequence[Agreement], since: date, until: date
    ) -> Mapping[int, list[AgendaPoint]]:
        """What was learned, or passed on to these agreements, since the last time (B21)."""
        found = queries.learned(agreements, since, until, MOST_POINTS)
        return {
            pk: [AgendaPoint(f"Learned: {each.what}", page_of(each), GOOD_PRACTICE)
                 for each in entries]
            for pk, entries in found.items()
        }  # fmt: skip

    def shows(self, agreement: Agreement, acting: Acting) -> dict[str, str]:
        rows = queries.of_agreement(agreement, acting, {})[:MOST_SHOWN]
        return {f"{SOURCE}{each.key}": f"{each.called}: {each.what}" for each in rows}

    def sources(self, keys: Collection[str], acting: Acting) -> dict[str, Link]:
        ours = [key.removeprefix(SOURCE) for key in keys if key.startswith(SOURCE)]
        seen: Any = LogEntry.objects.visible_to(acting).filter(key__in=ours) if ours else ()
        return {f"{SOURCE}{e.key}": Link(f"{e.called}: {e.what}", page_of(e)) for e in seen}

    def asking_open_on(
        self, agreement: Agreement, day: date, acting: Acting
    ) -> Asking[list[OpenThings]]:
        """The risks that were open at the end of that day, as they were recorded then."""
        found = yield from queries.asking_open_risks_at(agreement, end_of(day), acting)
        return opened(agreement, found)

    def to_pass_on(
        self, old: Organisation, agreements: Collection[int], *, full: bool
    ) -> list[PassingOn]:
        """What a party recorded is its successor's to change and to review."""
        found = LogEntry.objects.that_count().filter(recorded_for=old, agreement__in=agreements)
        return [PassingOn("entry of a log", "entries of logs", found.count())]

    def sentences(self) -> Mapping[str, str]:
        return SENTENCES


def _keep_all_due(agreement: Agreement) -> None:
    """Of its open risks that have a date of review. It is locked."""
    rows = LogEntry.objects.filter(agreement=agreement, state="open", review_on__isnull=False)
    for entry in rows.select_related("recorded_for"):
        entry.agreement = agreement
        keep_due(entry)


SENTENCES = {
    "log_recorded": "{actor} recorded {called} on the log.",
    "log_changed": "{actor} changed {called} on the log.",
    "log_closed": "{actor} closed {called}.",
    "log_in_error": "{actor} marked {called} as entered in error.",
    "log_reviewed": "{actor} recorded that {called} was reviewed on {on}.",
    "log_reference": "{actor} entered the reference of {called} in the register of {party}.",
    "log_passed_on": "{actor} passed {called} on to {many}.",
    "log_no_longer_passed_on": "{actor} took {called} back from another MoU.",
    "log_shared": "{actor}, {party}, passed on an entry of another MoU's log of {kind}.",
    "log_taken_back": "{actor}, {party}, took back an entry of another MoU's log of {kind}.",
    "log_shared_in_error": "{actor}, {party}, marked as entered in error an entry of another MoU's "
    "log of {kind}.",
}


register(LogsRoom())

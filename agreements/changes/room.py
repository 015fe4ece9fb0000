"""What changes answer to the rooms below and to the agreement's page."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from agreements.changes import kept
from agreements.changes.due import set_end_due
from agreements.changes.emailed import ChangesEmailed
from agreements.changes.pages import Changes
from agreements.changes.reminders import KINDS
from agreements.changes.services.effect import stand
from agreements.changes.services.passing import make_up_for_ends, time_passed
from agreements.changes.services.succeeding import ask_anew, lock_waiting
from agreements.models import Agreement, Version
from deadlines.kinds import DeadlineKind
from house.answers import Keeping, Section, Subpage
from house.room import Room
from house.rooms import register
from parties.acting import Acting
from parties.models import Succession

PAGE = Subpage("changes", "Changes and end", 80)
SENTENCES = {
    "change_opened": "{actor} recorded: {what}{day_said}.",
    "change_accepted": "{actor} accepted: {what}{day_said}.",
    "change_refused": "{actor} did not accept: {what}{day_said}.",
    "change_withdrawn": "{actor} withdrew: {what}{day_said}.",
    "change_stopped": "{actor} stopped: {what}{day_said}.",
    "change_lapsed": "Not all had accepted in time: {what}{day_said}.",
    "party_left": "{who} left it: its last day was {on}.",
    "end_passed": "Its last day, {on}, passed. Nothing ended by that.",
    "ended": "It ended on {on}, {how}.",
}


class ChangesRoom(Room):
    name, called = "agreements.changes", "Changes and end"
    locks_at = 25

    def subpages(self, agreement: Agreement) -> list[Subpage]:
        return [PAGE] if agreement.in_force_version_id else []

    def sections(self, agreement: Agreement, subpage: str, acting: Acting) -> list[Section]:
        if subpage != PAGE.key or not agreement.in_force_version_id:
            return []
        changes = Changes(agreement, acting)
        context = {"changes": changes}
        how = Section(
            "end", "How it ends", 1, "agreements/changes_end_section.jinja", context,
            changes.action,
        )  # fmt: skip
        every = Section("changes", "Changes", 2, "agreements/changes_section.jinja", context)
        return [how, every] if changes.said else [how]

    def came_into_force(self, agreement: Agreement, by: Acting) -> None:
        stand(agreement)

    def text_replaced(self, agreement: Agreement, before: Version, by: Acting) -> None:
        stand(agreement)

    def dates_corrected(self, agreement: Agreement, by: Acting) -> None:
        if agreement.takes_acts:
            stand(agreement)
        else:
            set_end_due(agreement)

    def time_passed(self) -> None:
        time_passed()

    def make_up_for_missing(self) -> Iterator[str]:
        return make_up_for_ends()

    def lock_passed(self, agreement: Agreement) -> None:
        lock_waiting(agreement)

    def succeed(self, succession: Succession, agreement: Agreement, by: Acting) -> None:
        """Who is asked of what waits is who holds the sides now."""
        ask_anew(by, agreement)

    def takes_emails(self) -> list[ChangesEmailed]:
        return [ChangesEmailed()]

    def deadline_kinds(self) -> Sequence[DeadlineKind]:
        return KINDS

    def keeping_kinds(self) -> dict[str, str]:
        return {kept.NOTICE: "notice to end it", kept.END_OF_TERM: "the end of the term"}

    def keepings(
        self, agreements: Sequence[Agreement], acting: Acting
    ) -> dict[int, dict[str, Keeping]]:
        return kept.keepings(agreements)

    def sentences(self) -> dict[str, str]:
        return SENTENCES


register(ChangesRoom())

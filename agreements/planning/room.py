"""What plans answer to the rooms below and to the agreement's page."""

from __future__ import annotations

from collections.abc import Sequence

from agreements.models import Agreement, Version
from agreements.planning.bodies import asks_a_body
from agreements.planning.pages import PlanBack
from agreements.planning.reminders import KINDS
from agreements.planning.services import plan_again, time_passed
from deadlines.kinds import DeadlineKind
from house.answers import Section, Subpage
from house.room import Room
from house.rooms import register
from parties.acting import Acting
from parties.models import Succession

PAGE = Subpage("plan", "Plan back", 85)
SENTENCES = {
    "paper_in": "{actor} recorded that the paper due by {on} is with the secretary.",
    "paper_not_in": "{actor} recorded that the paper due by {on} is not with the secretary.",
}


class PlanningRoom(Room):
    name, called = "agreements.planning", "Plans"

    def subpages(self, agreement: Agreement) -> list[Subpage]:
        """Where the text in force lets a body approve; before there is one, always."""
        if agreement.is_over:
            return []
        in_force = agreement.in_force_version
        return [PAGE] if in_force is None or asks_a_body(in_force.typed_terms) else []

    def sections(self, agreement: Agreement, subpage: str, acting: Acting) -> list[Section]:
        if subpage != PAGE.key:
            return []
        context = {"plans": PlanBack(agreement, acting)}
        return [Section("plan", "Dates to come", 1, "agreements/plan_section.jinja", context)]

    def time_passed(self) -> None:
        time_passed()

    def text_replaced(self, agreement: Agreement, before: Version, by: Acting) -> None:
        """The new terms may name other bodies."""
        plan_again(agreement)

    def succeed(self, succession: Succession, agreement: Agreement, by: Acting) -> None:
        """The new organisation has bodies of its own."""
        plan_again(agreement)

    def deadline_kinds(self) -> Sequence[DeadlineKind]:
        return KINDS

    def sentences(self) -> dict[str, str]:
        return SENTENCES


register(PlanningRoom())

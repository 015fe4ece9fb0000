"""What successions answer to the rooms below and to the agreement's pages."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from agreements.models import Agreement
from agreements.succession import due
from agreements.succession.counting import to_pass_on
from agreements.succession.sections import Successions
from agreements.succession.services.beginning import begin_due
from deadlines.kinds import DeadlineKind
from house.answers import NavigationEntry, PassingOn, Section, Subpage
from house.room import Room
from house.rooms import register
from parties.acting import Acting
from parties.models import Organisation
from parties.who import ADMINISTRATORS_AND_SYSTEM

PAGE = Subpage("succession", "Successors", 85)
SENTENCES = {
    "succeeded": "{now} took the place of {was} as {sides} from {on}, by {instrument}.",
    "succession_kept": "{actor} said for {now} that it keeps the MoU as it is.",
    "succession_vary": "{actor} said for {now} that it means to vary the MoU.",
    "succession_end": "{actor} said for {now} that it means to end the MoU.",
    "succession_right": "{actor} said that it is right that {now} took the place of {was}.",
    "succession_not_right": "{actor} said that it is not right that {now} took the place of {was}.",
}


class SuccessionRoom(Room):
    name, called = "agreements.succession", "Successors"

    def navigation(self, acting: Acting) -> list[NavigationEntry]:
        if not ADMINISTRATORS_AND_SYSTEM.includes(acting):
            return []
        return [NavigationEntry("Successors", "successions:list", 54, in_footer=True)]

    def subpages(self, agreement: Agreement) -> list[Subpage]:
        return [PAGE] if any(party.former for party in agreement.sides) else []

    def sections(self, agreement: Agreement, subpage: str, acting: Acting) -> list[Section]:
        if subpage != PAGE.key:
            return []
        shown = Successions(agreement, acting)
        return [
            Section(
                "successors",
                "Who took whose place",
                1,
                "agreements/succession_section.jinja",
                {"successions": shown},
                shown.action,
            )
        ]

    def time_passed(self) -> None:
        begin_due()

    def deadline_kinds(self) -> Sequence[DeadlineKind]:
        return due.KINDS

    def to_pass_on(
        self, old: Organisation, agreements: Collection[int], *, full: bool
    ) -> list[PassingOn]:
        return to_pass_on(old, agreements)

    def sentences(self) -> dict[str, str]:
        return SENTENCES


register(SuccessionRoom())

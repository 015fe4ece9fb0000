"""What versions and their approvals answer to the rooms below and to the agreement's page."""

from __future__ import annotations

from collections.abc import Sequence

from agreements.models import Agreement
from agreements.versions import keeping
from agreements.versions.due import approval_awaited
from agreements.versions.rows import section_of
from deadlines.kinds import DeadlineKind
from house.room import Keeping, Room, Section
from house.rooms import register
from parties.acting import Acting

SENTENCES = {
    "frozen": "{actor} froze version {label}: its text no longer changes.",
    "sent_for_approval": "{actor} sent version {label} out for approval.",
    "recalled": "{actor} recalled version {label} and opened a new draft.",
    "decided": "{actor} recorded a decision on version {label}. {decider}: {decision_said}, {on}.",
    "stopped": "{actor} stopped work on this agreement.",
}


class VersionsRoom(Room):
    name = "agreements.versions"

    def sections(self, agreements: Sequence[Agreement], acting: Acting) -> dict[int, list[Section]]:
        return {each.pk: [section_of(each)] for each in agreements}

    def keeping_kinds(self) -> dict[str, str]:
        return {keeping.KEY: "the approval of each version"}

    def keepings(
        self, agreements: Sequence[Agreement], acting: Acting
    ) -> dict[int, dict[str, Keeping]]:
        return {pk: {keeping.KEY: each} for pk, each in keeping.keepings(agreements).items()}

    def deadline_kinds(self) -> list[DeadlineKind]:
        return [approval_awaited.KIND]

    def sentences(self) -> dict[str, str]:
        return SENTENCES


register(VersionsRoom())

"""What the disposal of MoUs answers to the rooms below, and to the agreement's page."""

from __future__ import annotations

from collections.abc import Sequence

from agreements.disposal.pages import Preview
from agreements.disposal.services.carrying_out import begin_carrying_out
from agreements.disposal.services.proposing import stop_disposal
from agreements.disposal.what_goes import GOES
from agreements.models import Agreement, Change
from agreements.retention.queries import has_ended
from house.answers import Section
from house.goes import Goes, GoesFile
from house.room import Room
from house.rooms import register
from parties.acting import Acting


class DisposalRoom(Room):
    name, called = "agreements.disposal", "Disposal"

    def sections(self, agreement: Agreement, subpage: str, acting: Acting) -> list[Section]:
        if subpage != "changes" or not has_ended(agreement):
            return []
        context = {"preview": Preview(agreement, acting)}
        return [
            Section("disposal", "Disposal", 4, "agreements/disposal_section.jinja", context),
        ]

    def goes(self) -> Sequence[Goes | GoesFile]:
        return GOES

    def disposal_agreed(self, change: Change, by: Acting) -> None:
        begin_carrying_out(by=by, change=change)

    def kept_on(self, agreement: Agreement, by: Acting, because: str) -> None:
        stop_disposal(by, agreement, because)

    def sentences(self) -> dict[str, str]:
        return {"disposed_of": "It was disposed of. Its text and files are gone."}


register(DisposalRoom())

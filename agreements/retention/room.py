"""What retention answers to the rooms below and to the agreement's page."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from agreements.models import Agreement
from agreements.retention.due import set_retention_due
from agreements.retention.pages import Retention
from agreements.retention.reminders import KINDS
from agreements.retention.services.passing import ended, make_up_for_open, time_passed
from deadlines.kinds import DeadlineKind
from house.answers import Section
from house.room import Room
from house.rooms import register
from parties.acting import Acting

SENTENCES = {
    "hold_placed": "{actor} placed a hold for {party}: {what}. Nothing is disposed of meanwhile.",
    "hold_lifted": "{actor} took off the hold of {party}: {what}.",
    "kept_longer": "{actor} recorded for {party} that it is kept until {on}.",
}


class RetentionRoom(Room):
    name, called = "agreements.retention", "How long it is kept"

    def sections(self, agreement: Agreement, subpage: str, acting: Acting) -> list[Section]:
        if subpage != "changes" or not agreement.in_force_version_id:
            return []
        context = {"retention": Retention(agreement, acting)}
        template = "agreements/retention_section.jinja"
        return [Section("retention", "How long it is kept", 3, template, context)]

    def agreement_ended(self, agreement: Agreement, by: Acting) -> None:
        ended(agreement)

    def dates_corrected(self, agreement: Agreement, by: Acting) -> None:
        set_retention_due(agreement)

    def time_passed(self) -> None:
        time_passed()

    def make_up_for_missing(self) -> Iterator[str]:
        return make_up_for_open()

    def deadline_kinds(self) -> Sequence[DeadlineKind]:
        return KINDS

    def sentences(self) -> dict[str, str]:
        return SENTENCES


register(RetentionRoom())

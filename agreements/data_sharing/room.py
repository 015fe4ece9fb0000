"""What the records of shared data answer to the rooms below and to the agreement's page."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from datetime import date
from typing import Any, Final

from agreements.core.counted import counted_in
from agreements.data_sharing.due import REVIEW, set_reviews
from agreements.data_sharing.keeping import keeping_of
from agreements.data_sharing.pages import opened, section_of
from agreements.data_sharing.queries import (
    KEEPING,
    has_data_sharing,
    running_at,
    stated,
    still_running,
    with_parties,
)
from agreements.data_sharing.what_goes import GOES
from agreements.data_sharing.words import PAGE
from agreements.models import Agreement, DataSharingEntry, Version
from agreements.models.data_sharing import newest_entries
from deadlines.kinds import DeadlineKind
from house import clock
from house.answers import Keeping, OpenThings, Section, Subpage
from house.asked_together import Asking
from house.clock import end_of
from house.goes import Goes, GoesFile
from house.room import Room
from house.rooms import register
from parties.acting import Acting

SUBPAGE: Final = Subpage(PAGE, "Shared data", 70)
SENTENCES: Final = {
    "data_sharing_recorded": "{actor} recorded data that is shared, as record {number}.",
    "data_sharing_changed": "{actor} changed record {number} of shared data.",
    "data_sharing_reviewed": "{actor} recorded that record {number} of shared data was reviewed "
    "on {on}, and holds.",
    "data_sharing_ended": "{actor} said that the data of record {number} is no longer shared.",
    "data_sharing_in_error": "{actor} said that record {number} of shared data was an error.",
    "data_sharing_confirmed": "{actor} confirmed record {number} of shared data.",
    "data_sharing_disputed": "{actor} said that record {number} of shared data is not right.",
}


class DataSharingRoom(Room):
    name, called = "agreements.data_sharing", "Shared data"

    def subpages(self, agreement: Agreement) -> list[Subpage]:
        """Where the text in force asks for it, or something was recorded all the same."""
        if agreement.in_force_version_id is None:
            return []
        counted = counted_in([agreement], has_data_sharing())[agreement.pk]
        return [SUBPAGE] if any(counted.values()) else []

    def counted(self, acting: Acting) -> dict[str, Any]:
        return has_data_sharing()

    def sections(self, agreement: Agreement, subpage: str, acting: Acting) -> list[Section]:
        return [section_of(agreement, acting)] if subpage == PAGE else []

    def keeping_kinds(self) -> dict[str, str]:
        return {KEEPING: "the record of shared data"}

    def asking_keepings(
        self, agreements: Sequence[Agreement], acting: Acting
    ) -> Asking[Mapping[int, Mapping[str, Keeping]]]:
        """Agreement id -> the answer, for those that were ever in force (one query)."""
        signed = [each for each in agreements if each.in_force_version_id]
        [rows] = yield [stated(newest_entries(record__agreement__in=[e.pk for e in signed]))]
        found: dict[int, list[DataSharingEntry]] = defaultdict(list)
        for each in rows:
            found[each.record.agreement_id].append(each)
        today = clock.today()
        return {each.pk: {KEEPING: keeping_of(each, found[each.pk], today)} for each in signed}

    def text_replaced(self, agreement: Agreement, before: Version, by: Acting) -> None:
        set_reviews(agreement)

    def asking_open_on(
        self, agreement: Agreement, day: date, acting: Acting
    ) -> Asking[list[OpenThings]]:
        """What was shared by the end of that day, where anything was."""
        [found] = yield [running_at(agreement, end_of(day))]
        for each in found:
            with_parties(each.record, agreement, [each])
        return [opened(agreement, found)] if found else []

    def asking_left_open(self, agreements: Collection[int]) -> Asking[Mapping[int, int]]:
        [found] = yield [still_running(agreements)]
        return dict(found)

    def goes(self) -> Sequence[Goes | GoesFile]:
        return GOES

    def deadline_kinds(self) -> list[DeadlineKind]:
        return [REVIEW]

    def sentences(self) -> dict[str, str]:
        return SENTENCES


register(DataSharingRoom())

"""What would go of an MoU and what would stay, before anybody decides."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property
from typing import Final

from django.urls import reverse

from agreements.changes.rules import DISPOSAL_WAITS, disposed_of_on
from agreements.core.parties import there_today
from agreements.disposal.queries import count_words, everything, in_the_way, waiting_disposal
from agreements.disposal.services.files import files_that_go
from agreements.disposal.what_goes import FILES
from agreements.models import Agreement, Change
from house.clock import london_day
from nhsuk.components import Link
from nhsuk.dates import day
from nhsuk.words import plural
from parties.acting import Acting
from parties.who import MANAGERS

STAYS: Final = (
    "its reference and title",
    "the parties, as its text called them",
    "the days: numbered, signed, in force, ended",
    "the labels and check codes of its versions, and the hash of each signed file",
    "who decided, answered, approved and signed, for whom and when, without what was said",
    "who proposed to dispose of it and why, who accepted that, and when it was done",
    "the audit, whose entries nobody changes and system administrators alone read",
    "back-ups of before, until they run out, and for up to 90 days what was printed of it lately",
)


class Preview:
    """For one reader, on a page of its own (few queries, whatever there is)."""

    def __init__(self, agreement: Agreement, acting: Acting) -> None:
        self.agreement, self.acting = agreement, acting
        self.stays = STAYS

    @cached_property
    def goes(self) -> list[tuple[str, int]]:
        """What people call it, and how many rows or files there are."""
        _, files = everything()
        found = count_words(self.agreement)
        if number := len(files_that_go(self.agreement, files)):
            found.append((FILES, number))
        return found

    @cached_property
    def in_the_way(self) -> list[str]:
        return list(in_the_way(self.agreement))

    @cached_property
    def waiting(self) -> Change | None:
        return waiting_disposal(self.agreement)

    @property
    def how(self) -> Iterator[str]:
        waits = plural(DISPOSAL_WAITS.days, "day")
        yield (
            "One party proposes it and says why. It holds when every other party that is still "
            f"there has accepted it, and is carried out {waits} later."
        )
        yield (
            "One no, a hold, or a decision to keep it longer stops it. What is gone cannot be "
            "brought back."
        )

    @property
    def stands(self) -> str:
        """How a disposal that is under way stands; empty without one."""
        if self.waiting is None:
            return ""
        if self.waiting.state != Change.State.AGREED or self.waiting.closed_at is None:
            return "A disposal was proposed. It waits for answers."
        on = disposed_of_on(london_day(self.waiting.closed_at))
        return f"All parties accepted its disposal. It is carried out on {day(on)}."

    @property
    def stands_at(self) -> str:
        assert self.waiting  # noqa: S101 - asked before
        return reverse("agreements:change", args=[self.agreement.reference, self.waiting.pk])

    @property
    def way(self) -> Link | None:
        """To propose it, for who may, where nothing stands in the way."""
        own = {party.organisation.pk for party in there_today(self.agreement)}
        may = self.acting.organisation_id in own and MANAGERS.includes(self.acting)
        if not may or self.waiting or self.in_the_way:
            return None
        url = reverse("agreements:disposal_propose", args=[self.agreement.reference])
        return Link("Propose to dispose of it", url)

"""Who took whose place in an agreement, as its page shows it."""

from __future__ import annotations

from collections.abc import Iterator

from django.urls import reverse

from agreements.core.parties import sides_of
from agreements.models import Agreement
from agreements.succession.queries import Moved, moved_of
from agreements.succession.rules import DAY
from nhsuk.components import Button
from nhsuk.dates import day
from nhsuk.words import and_list
from parties.acting import Acting
from parties.who import DRAFTERS, MANAGERS


class Successions:
    """Those of one agreement, for one reader."""

    def __init__(self, agreement: Agreement, acting: Acting) -> None:
        self.agreement, self.acting = agreement, acting
        self.moved = moved_of(agreement)
        self.own = {party.pk for party in sides_of(agreement, acting)}

    @property
    def action(self) -> Button | None:
        for moved in self.moved:
            if self.may_choose(moved) and not moved.move.choice:
                return Button("Say what becomes of it", self.url("succession_choose", moved))
        return None

    def facts(self, moved: Moved) -> Iterator[tuple[str, str]]:
        found = moved.move.succession
        yield "Before", f"{found.old}, until {day(found.on - DAY)}"
        yield "Now", f"{found.new}, from {day(found.on)}"
        yield "Sides", and_list(party.label for party in moved.parties) or "None any more"
        yield "By", found.instrument
        if moved.move.choice:
            chosen = moved.move.get_choice_display().lower()
            yield "What becomes of it", f"{found.new} means to {chosen}."
        elif self.agreement.takes_acts and self._holds(moved):
            yield "What becomes of it", f"{found.new} has not said yet. It goes on as it is."

    def words(self, moved: Moved) -> Iterator[str]:
        for word in moved.words.values():
            said = "said that this is right" if word.agrees else "said that this is not right"
            reason = f": {word.reason}" if word.reason else "."
            yield f"{word.said_by} {said} for {word.organisation} on {day(word.at)}{reason}"

    def may_choose(self, moved: Moved) -> bool:
        own = moved.move.succession.new_id == self.acting.organisation_id
        return (
            own
            and self.agreement.takes_acts
            and MANAGERS.includes(self.acting)
            and self._holds(moved)
        )

    @staticmethod
    def _holds(moved: Moved) -> bool:
        """Whether who took over by it holds a side still: another may have taken its place."""
        new = moved.move.succession.new_id
        return any(party.organisation.pk == new and not party.left_on for party in moved.parties)

    def may_answer(self, moved: Moved) -> bool:
        took = {party.pk for party in moved.parties}
        return DRAFTERS.includes(self.acting) and bool(self.own) and took.isdisjoint(self.own)

    def url(self, name: str, moved: Moved) -> str:
        return reverse(f"agreements:{name}", args=[self.agreement.reference, moved.move.pk])

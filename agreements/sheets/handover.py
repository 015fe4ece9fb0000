"""The handover sheet of one party: its own duties and people, and its private note (X13)."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cached_property

from agreements.core.texts import ClauseName
from agreements.models import Party
from agreements.sheets.pages import Sheet
from agreements.sheets.queries import Note, notes_of
from agreements.sheets.rows import PersonRow


class HandoverSheet(Sheet):
    """The same for whoever takes it over in one organisation: its own duties, dates and people."""

    kind = "Handover sheet"
    we, owe = "we", "owe"

    @property
    def for_whom(self) -> str:
        return self.own[0].name

    @property
    def _owed(self) -> Iterable[ClauseName]:
        slots = {party.slot for party in self.own}
        return (duty for duty in self.kept.duties if not duty.owed_by or slots & {*duty.owed_by})

    @cached_property
    def people(self) -> list[PersonRow]:
        """All roles of one's own, then who looks after it for each other party."""
        own = [row for party in self.own for row in self._roles(party)]
        names = {party.name for party in self.own}
        return [*own, *(row for row in self._managers if row.party not in names)]

    @cached_property
    def notes_by_side(self) -> list[tuple[Party, Note | None]]:
        found = notes_of(self.agreement, self.acting)
        return [(party, found.get(party.pk)) for party in self.own]

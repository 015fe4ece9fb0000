"""What of a sheet one side of A4 holds at a size, and in words what it leaves out (X13)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from agreements.sheets.handover import HandoverSheet
from agreements.sheets.pages import Sheet
from agreements.sheets.queries import Words
from agreements.sheets.rows import DateRow, DutyRow, PersonRow
from agreements.sheets.sizes import Size, shortened, shortened_lines
from nhsuk.words import plural


@dataclass(frozen=True)
class NoteInShort:
    """A private note as far as there is room."""

    lines: Sequence[str]
    who: str
    is_cut: bool


class Cut:
    """A sheet at one size. Each list is the first of the sheet's; `more_…` says what is left."""

    def __init__(self, sheet: Sheet, size: Size) -> None:
        self.sheet, self.size = sheet, size

    def fit(self, text: str, times: int = 1) -> str:
        """The text in the room of one line, or of several."""
        return shortened(text, self.size.letters * times)

    @cached_property
    def duties(self) -> list[DutyRow]:
        """Side by side: those of one stand together, in the order in which the sides come."""
        shown = self.sheet.duties[: self.size.duties]
        sides = list(dict.fromkeys(row.who for row in shown))
        return sorted(shown, key=lambda row: sides.index(row.who))

    @property
    def more_duties(self) -> str:
        more = len(self.sheet.duties) - len(self.duties)
        where = "How it is kept" if self.sheet.life else "Text"
        return f"And {plural(more, 'duty', 'duties')} more: see {where}." if more else ""

    @cached_property
    def people(self) -> list[PersonRow]:
        return self.sheet.people[: self.size.people]

    @property
    def more_people(self) -> str:
        """Of many parties also how many are not named at all."""
        more = len(self.sheet.people) - len(self.people)
        if not more:
            return ""
        named = {row.party for row in self.people}
        parties = len({row.party for row in self.sheet.people} - named)
        of_them = f", those of {plural(parties, 'party', 'parties')} among them" if parties else ""
        return f"And {plural(more, 'contact')} more{of_them}: see People."

    @cached_property
    def dates(self) -> list[DateRow]:
        return self.sheet.coming[: self.size.dates]

    @property
    def more_dates(self) -> str:
        more = len(self.sheet.coming) - len(self.dates)
        return f"And {plural(more, 'date')} more: see the Overview." if more else ""

    @cached_property
    def open_lines(self) -> list[str]:
        return self.sheet.open_lines[: self.size.open_lines]

    @property
    def more_open(self) -> str:
        more = len(self.sheet.open_lines) - len(self.open_lines)
        return f"And {plural(more, 'thing')} more: see the Overview." if more else ""

    @cached_property
    def notes(self) -> list[NoteInShort]:
        """The private notes of one's own sides that say something; on the handover sheet alone."""
        if not isinstance(self.sheet, HandoverSheet):
            return []
        notes = [note.now for _, note in self.sheet.notes_by_side if note and note.now.text]
        return [self._in_short(note, len(notes)) for note in notes]

    def _in_short(self, note: Words, notes: int) -> NoteInShort:
        lines = self._lines(note.text, notes)
        return NoteInShort(lines, note.who, " ".join(lines) != " ".join(note.text.split()))

    def _lines(self, text: str, notes: int) -> list[str]:
        size = self.size
        return shortened_lines(text, size.note // notes, max(1, size.note_lines // notes))

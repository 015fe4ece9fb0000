"""Forms that ask about several things at once: a timetable, and all standing commitments."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from commitments.models import Commitment, Occurrence
from commitments.owed.reading import Owed
from commitments.owed.services.occurrences import SaidOf
from commitments.owed.services.timetable import TimetableLine, lines_from, read_lines
from commitments.owed.words import whose
from house import clock
from house.refusals import Refused
from nhsuk import forms
from nhsuk.dates import day
from parties.services.lists import sentences_of

Outcome = Occurrence.Outcome


class TimetableForm(forms.Form):
    """Typed, pasted or a file: all of its lines count, or none."""

    mark_optional = False
    text = forms.TextField(
        label="Type or paste the lines",
        help_text="Each with the first day and the last day of its period, then the day due. For "
        "example: 1 April 2015, 30 April 2015, 24 March 2015. A day of the period alone will do.",
        rows=8, max_length=20_000, required=False,
    )  # fmt: skip
    file = forms.UploadField(
        label="Or choose a file", accept=".xlsx,.csv",
        help_text="An Excel workbook (.xlsx) or a CSV file with the same dates in each row.",
        required=False,
    )  # fmt: skip

    def clean(self) -> dict[str, Any]:
        said = self.cleaned_data
        if not self.errors and bool(said.get("text")) == bool(said.get("file")):
            self.add_error("text", "Type the lines or choose a file, one of the two")
        return said

    def lines(self, commitment: Commitment) -> list[TimetableLine]:
        """What was understood. Raises Refused."""
        upload = self.cleaned_data["file"]
        if upload:
            return lines_from(upload, commitment)
        return read_lines(self.cleaned_data["text"].splitlines(), commitment)

    def add_refusal(self, refusal: Refused) -> None:
        field = "file" if self.cleaned_data.get("file") else "text"
        for sentence in sentences_of(refusal):
            self.add_error(field, sentence)
        self.take_moment(refusal)


# So many standing commitments are asked about on one page; those without an answer come first.
MOST_ASKED: Final = 40


class StandingForm(forms.Form):
    """What was done for each standing commitment of a party since the last time."""

    mark_optional = False

    def __init__(self, *args: Any, asked: Sequence[Owed], **options: Any) -> None:
        super().__init__(*args, **options)
        self.asked = asked[:MOST_ASKED]
        for each in self.asked:
            self._add(each)

    def _add(self, owed: Owed) -> None:
        commitment, since = owed.commitment, day(owed.answers_from)
        pk, called = commitment.pk, commitment.what
        if commitment.owed_to_id or not commitment.owed_by_id:
            called = f"{called} ({whose(commitment)})"
        choices = [(Outcome.DONE.value, "Done"), (Outcome.NOTHING.value, "Nothing to report"),
                   (Outcome.MISSED.value, "Not done"), ("", "No answer now")]  # fmt: skip
        self.fields[f"outcome_{pk}"] = forms.RadioField(
            label=called, help_text=f"What was done since {since}.", choices=choices, initial="",
            required=False, widget=forms.Radios(inline=True),
        )  # fmt: skip
        self.fields[f"shown_{pk}"] = forms.TextField(
            label=f"What shows it, or why it was not done: {called}",
            rows=2, max_length=500, required=False,
        )  # fmt: skip

    def clean(self) -> dict[str, Any]:
        said = self.cleaned_data
        for each in self.asked:
            pk = each.commitment.pk
            words, outcome = said.get(f"shown_{pk}"), said.get(f"outcome_{pk}")
            if outcome == Outcome.MISSED and not words:
                self.add_error(f"shown_{pk}", "Say why it was not done")
            if not outcome and words:
                self.add_error(f"outcome_{pk}", "Choose what happened")
        if not self.errors and not self.answers():
            first = self.asked[0].commitment.pk
            self.add_error(f"outcome_{first}", "Answer for at least one of these")
        return said

    def answers(self) -> dict[int, SaidOf]:
        """By the ids of the commitments, those that were answered."""
        found = {}
        for each in self.asked:
            pk = each.commitment.pk
            outcome = self.cleaned_data.get(f"outcome_{pk}")
            if outcome:
                found[pk] = self._said(pk, outcome)
        return found

    def _said(self, pk: int, outcome: str) -> SaidOf:
        words, missed = self.cleaned_data[f"shown_{pk}"], outcome == Outcome.MISSED
        return SaidOf(
            outcome, clock.today() if outcome == Outcome.DONE else None,
            reason=words if missed else "", shown_by="" if missed else words,
        )  # fmt: skip

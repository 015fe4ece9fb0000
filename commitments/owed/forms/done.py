"""The form of what was done of one time that something was owed, and what shows it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

from agreements.associated.bringing import FileOrLinkForm
from commitments.models import Commitment, Occurrence
from commitments.owed.services.occurrences import SaidOf
from documents.spreadsheets import cells_from
from house import clock
from house.refusals import Refused
from house.text import tidy_line
from nhsuk import forms

Outcome = Occurrence.Outcome
MOST_ROWS: Final = 500
LONGEST_CELL: Final = 200
SAYS: Final = {
    Outcome.DONE: "It was done",
    Outcome.EXCLUDED: "It is left out, by the list of the standard",
    Outcome.MISSED: "It was not done",
    Outcome.NOTHING: "There is nothing to report",
}


class DoneForm(FileOrLinkForm):
    """What was done of one time that it was owed, and what shows it."""

    field_order = ("outcome", "done_on", "exclusion", "reason", "shown_by", "figures",
                   "figures_file", "drawn", "link", "file", "is_whole")  # fmt: skip

    outcome = forms.RadioField(
        label="What happened", error_messages={"required": "Choose what happened"}
    )
    done_on = forms.DateField(
        label="Day on which it was done", help_text="Only if it was done.", required=False
    )
    exclusion = forms.SelectField(
        label="Which reason of the list", help_text="Only if it is left out.", required=False
    )
    reason = forms.TextField(
        label="Why it was not done", help_text="Only if it was not done. The parties read it.",
        rows=2, max_length=500, required=False,
    )  # fmt: skip
    shown_by = forms.TextField(
        label="What shows it",
        help_text="In a sentence or two: what was done, and where it can be seen. The parties read "
        "it. Without anything that shows it, it does not count as kept.",
        rows=3, max_length=2_000, required=False,
    )  # fmt: skip
    figures = forms.TextField(label="Table", rows=6, max_length=50_000, required=False)
    figures_file = forms.UploadField(
        label="Or the table as a file", help_text="An Excel workbook (.xlsx) or a CSV file.",
        accept=".xlsx,.csv", required=False,
    )  # fmt: skip
    drawn = forms.PickField(
        label="Something that the portal holds already",
        help_text="A document of the list, a meeting that was held, or an action that was done.",
        nothing="Nothing", required=False,
    )  # fmt: skip

    def __init__(self, *args: Any, commitment: Commitment, shows: Mapping[str, str],
                 **options: Any) -> None:  # fmt: skip
        initial = {"outcome": Outcome.DONE.value, "done_on": clock.today()}
        super().__init__(*args, initial=initial, **options)
        self.commitment, fields = commitment, self.fields
        asked: Any = fields
        asked["outcome"].choices = [(each.value, SAYS[each]) for each in self._outcomes()]
        left_out = [(each, each) for each in commitment.exclusions]
        asked["exclusion"].choices = [("", "Choose from the list"), *left_out]
        asked["drawn"].offer(list(shows.items()))
        asked["link"].label = "Address on the web of what shows it"
        asked["link"].help_text = "It begins with https://."
        asked["file"].label = "File that shows it"
        columns = ", ".join(commitment.columns)
        asked[
            "figures"
        ].help_text = f"One row on each line, its cells parted by | in this order: {columns}."
        gone = {"exclusion": not commitment.exclusions, "drawn": not shows,
                "figures": not columns, "figures_file": not columns}  # fmt: skip
        for name in (each for each, is_gone in gone.items() if is_gone):
            del self.fields[name]

    def _outcomes(self) -> list[Outcome]:
        if self.commitment.is_standing:
            return [Outcome.DONE, Outcome.NOTHING, Outcome.MISSED]
        left_out = [Outcome.EXCLUDED] if self.commitment.exclusions else []
        return [Outcome.DONE, *left_out, Outcome.MISSED]

    def said(self) -> SaidOf:
        """As the service takes it. Raises Refused for a file that is not taken, and to ask."""
        said = self.cleaned_data
        outcome = said["outcome"]
        excluded = outcome == Outcome.EXCLUDED
        return SaidOf(
            outcome=outcome,
            done_on=said["done_on"] if outcome == Outcome.DONE else None,
            reason=said.get("exclusion", "") if excluded else _reason(outcome, said["reason"]),
            shown_by=said["shown_by"],
            link=said["link"],
            brought=self.brought_file(),
            drawn_key=said.get("drawn") or "",
            figures=self._figures(),
        )

    def _figures(self) -> list[list[str]]:
        upload = self.cleaned_data.get("figures_file")
        if upload:
            rows = cells_from(upload)
        else:
            lines = self.cleaned_data.get("figures", "").splitlines()
            rows = [line.replace("\t", "|").split("|") for line in lines if line.strip()]
        return _table(rows, self.commitment.columns, "figures_file" if upload else "figures")


def _reason(outcome: str, reason: str) -> str:
    return reason if outcome == Outcome.MISSED else ""


def _table(rows: Sequence[Sequence[str]], columns: Sequence[str], field: str) -> list[list[str]]:
    """The rows below the headings. Raises Refused for one that has other cells than the columns."""
    found = []
    for number, row in enumerate(rows, start=1):
        cells = [tidy_line(str(cell)) for cell in row]
        while len(cells) > len(columns) and not cells[-1]:
            cells.pop()
        if not any(cells) or [c.casefold() for c in cells] == [c.casefold() for c in columns]:
            continue
        if len(cells) != len(columns) or any(len(cell) > LONGEST_CELL for cell in cells):
            raise Refused(f"Row {number} of the table needs {len(columns)} cells, each of up to "
                          f"{LONGEST_CELL} characters.", field=field)  # fmt: skip
        found.append(cells)
    if len(found) > MOST_ROWS:
        raise Refused(f"The table can have {MOST_ROWS} rows.", field=field)
    return found

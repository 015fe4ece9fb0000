"""What lists of people and of organisations share: columns, and telling each wrong row.

Nothing of a list is taken until every row is right, so that a person corrects the file and
uploads it again; what is there already stays as it is.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any, TypeVar

from documents.spreadsheets import ROW
from house.refusals import Refused

R = TypeVar("R")
Row = dict[str, str]
# A column of the list, by any of the headings that people give it.
ColumnOf = tuple[str, ...]
MOST_TOLD = 20


class WrongRows(Refused):
    """One sentence for each row that cannot be taken."""

    def __init__(self, sentences: list[str]) -> None:
        super().__init__("Nothing was taken from this file: correct these rows first.")
        self.sentences = sentences[:MOST_TOLD]
        if len(sentences) > MOST_TOLD:
            self.sentences.append(f"{len(sentences) - MOST_TOLD} more rows are wrong.")


def sentences_of(refusal: Refused) -> list[str]:
    """What a refused list is told: every wrong row is a sentence of its own."""
    rows = refusal.sentences if isinstance(refusal, WrongRows) else []
    return [refusal.sentence, *rows]


@dataclass
class Taken:
    """How many rows were new, and how many told nothing new."""

    new: int = 0
    known: int = 0


def text_of(row: Row, column: ColumnOf) -> str:
    return next((row[heading] for heading in column if row.get(heading)), "")


def must_have(rows: list[Row], columns: Iterable[ColumnOf]) -> None:
    """Raises Refused when a column is missing from the first row."""
    missing = [column[0] for column in columns if rows[0].keys().isdisjoint(column)]
    if missing:
        named = " and ".join(f"“{heading}”" for heading in missing)
        raise Refused(f"The first row has no column {named}. Add it, and upload the file again.")


def read_all(rows: list[Row], read: Callable[[Row], R]) -> list[R]:
    """Reads every row; `read` raises Refused for a wrong one. Raises WrongRows for all of them."""
    good, wrong = [], []
    for row in rows:
        try:
            good.append(read(row))
        except Refused as refusal:
            wrong.append(f"Row {row[ROW]}: {refusal.sentence}")
    if wrong:
        raise WrongRows(wrong)
    return good


def one_of(text: str, choices: Any, *, what: str) -> str:
    """The value of a choice that is named by its value or its label, in any case."""
    for value, label in choices:
        if text.lower() in (str(value).lower(), str(label).lower()):
            return str(value)
    named = ", ".join(str(label) for _, label in choices)
    raise Refused(f"“{text}” is not {what}. Use one of: {named}.")


def at_most(text: str, length: int, *, what: str) -> str:
    """One line of text that is there and not too long."""
    line = " ".join(text.split())
    if not line:
        raise Refused(f"the {what} is missing.")
    if len(line) > length:
        raise Refused(f"the {what} is longer than {length} characters.")
    return line

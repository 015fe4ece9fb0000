"""What a party owes now and then, or by a day: commitments in the terms (A21, B09, B22, E21)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Annotated, Final, Literal, Self

from pydantic import Field, model_validator

from agreements.terms.base import Frozen, Key, Label
from nhsuk.dates import day
from nhsuk.words import and_list, in_sentence

# As meetings have it; "once" is by one day, "as_required" names neither day nor how often.
Rhythm = Literal[
    "as_required", "once", "monthly", "quarterly", "twice_a_year", "yearly", "n_a_year"
]
_OFTEN: Final[dict[str, str]] = {
    "as_required": "as it comes up",
    "monthly": "once in each month",
    "quarterly": "once in each quarter",
    "twice_a_year": "twice in each year",
    "yearly": "once in each year",
}


class CommitmentTerm(Frozen):
    """Something that each party of some sides owes, or somebody who is no party."""

    key: Key
    label: Annotated[str, Field(min_length=1, max_length=160)]
    # The key of the clause that asks for it; empty where no one clause does.
    clause: Annotated[str, Field(pattern=r"^([a-z][a-z0-9-]{0,79})?$")] = ""
    # Each party of these sides owes it; none where it is somebody outside, in words.
    slots: tuple[Key, ...] = ()
    outside: str = Field("", max_length=200)
    # The side of which each party gets one of its own; empty where it is for all at once.
    to: Annotated[str, Field(pattern=r"^([a-z][a-z0-9_]{0,39})?$")] = ""
    cadence: Rhythm = "as_required"
    # How many in each year, with the cadence `n_a_year` alone.
    per_year: int | None = Field(None, ge=1, le=52)
    # With the cadence `once`; None where the day is still to be said.
    due_on: date | None = None
    # Its days are those of a timetable that comes from elsewhere: without it there is none.
    by_timetable: bool = False
    # Counted in financial years, from 1 April, and so in months and quarters of the calendar.
    by_financial_year: bool = False
    # The key of the standard whose exclusions hold for it.
    standard: Annotated[str, Field(pattern=r"^([a-z][a-z0-9_]{0,39})?$")] = ""
    # What a table of figures that it brings has in its columns.
    columns: tuple[Label, ...] = Field((), max_length=8)

    @model_validator(mode="after")
    def _fits_together(self) -> Self:
        if (self.per_year is None) == (self.cadence == "n_a_year"):
            raise ValueError("per_year belongs to the cadence n_a_year, and to no other")
        if self.due_on and self.cadence != "once":
            raise ValueError("a day belongs to the cadence once, and to no other")
        if bool(self.slots) == bool(self.outside):
            raise ValueError("say whose it is: of sides, or of somebody outside")
        return self

    @property
    def is_standing(self) -> bool:
        return self.cadence == "as_required"


def often_in_words(term: CommitmentTerm) -> str:
    """ "once in each quarter", "by 31 December 2017", "five times in each year"."""
    if term.cadence == "once":
        return f"by {day(term.due_on)}" if term.due_on else "by a day that is still to be said"
    often = _OFTEN.get(term.cadence) or f"{term.per_year} times in each year"
    if term.by_financial_year:
        often = f"{often} (April to March)" if "year" in often else f"{often} of the calendar"
    return f"{often}, by the days of a timetable" if term.by_timetable else often


def commitment_in_words(
    term: CommitmentTerm, sides: Mapping[str, str], standards: Mapping[str, str]
) -> str:
    """ "Report on payments: owed by the Team once in each quarter, for each Committee by itself."

    `sides` maps slots to what their parties are called, `standards` keys to what these are.
    """
    whose = term.outside or and_list(sides.get(slot, slot) for slot in term.slots)
    to = f", for {sides.get(term.to, term.to)} by itself" if term.to else ""
    said = f"{term.label.rstrip('.')}: owed by {whose} {often_in_words(term)}{to}."
    if term.columns:
        said += f" It comes with a table: {and_list(in_sentence(each) for each in term.columns)}."
    if term.standard in standards:
        said += f" What the standard “{standards[term.standard]}” leaves out does not count."
    return said

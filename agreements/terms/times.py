"""Terms about days: meetings, review, and from when to when the agreement runs."""

from __future__ import annotations

from calendar import monthrange
from datetime import date
from typing import Annotated, Final, Literal, Self

from pydantic import Field, model_validator

from agreements.terms.base import Frozen, Key, Label, require_each_once

# How often the meetings of a series are held.
Often = Literal["as_required", "monthly", "quarterly", "twice_a_year", "yearly", "n_a_year"]
_IN_A_YEAR: Final = {
    "as_required": 0, "monthly": 12, "quarterly": 4, "twice_a_year": 2, "yearly": 1,
}  # fmt: skip


class Source(Frozen):
    """Something that every meeting of a series considers (A18)."""

    key: Key
    heading: Label


class MeetingSeries(Frozen):
    """Meetings of one kind that the parties agree to hold (A17, A18, B14)."""

    key: Key
    label: Annotated[str, Field(min_length=1, max_length=160)]
    cadence: Often = "as_required"
    # How many in each MoU year, with the cadence `n_a_year` alone.
    per_year: int | None = Field(None, ge=1, le=52)
    topics: tuple[Source, ...] = ()
    # Who comes, in the words of the text.
    attends: str = Field("", max_length=300)

    @model_validator(mode="after")
    def _says_how_many(self) -> Self:
        if (self.per_year is None) == (self.cadence == "n_a_year"):
            raise ValueError("per_year belongs to the cadence n_a_year, and to no other")
        require_each_once((topic.key for topic in self.topics), "topics")
        return self

    @property
    def in_a_year(self) -> int:
        """How many are owed in a year; 0 for those held as required."""
        return self.per_year or _IN_A_YEAR[self.cadence]


class Meetings(Frozen):
    """The series of meetings that the text asks for; none where it asks for none."""

    series: tuple[MeetingSeries, ...] = ()

    @model_validator(mode="after")
    def _keys_once(self) -> Self:
        require_each_once((each.key for each in self.series), "series of meetings")
        return self

    def called(self, key: str) -> MeetingSeries | None:
        return next((each for each in self.series if each.key == key), None)


class Days(Frozen):
    """From a first day to a last one, both within."""

    first: date
    last: date

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if self.last < self.first:
            raise ValueError("the last day is before the first")
        return self


class ReviewTerm(Frozen):
    """When the first review is, and how many days ahead people are reminded of it (A26).

    So many months after the start, on a day, in a month or within a period: one of them. Only
    what comes every so many months has a date after the first, unless the parties set one.
    """

    after_months: int | None = Field(None, ge=1, le=120)
    on: date | None = None
    # "2012-12" for December 2012.
    in_month: Annotated[str, Field(pattern=r"^(19|20)\d\d-(0[1-9]|1[0-2])$")] | None = None
    within: Days | None = None
    offsets_days: tuple[Annotated[int, Field(ge=1, le=730)], ...] = ()

    @model_validator(mode="after")
    def _says_one_time(self) -> Self:
        ways = (self.after_months, self.on, self.in_month, self.within)
        if sum(way is not None for way in ways) != 1:
            raise ValueError("say one of after_months, on, in_month and within")
        return self

    @property
    def fixed_on(self) -> date | None:
        """The last day for it, where the text names one; None where it counts from the start."""
        if self.in_month:
            year, month = map(int, self.in_month.split("-"))
            return date(year, month, monthrange(year, month)[1])
        return self.within.last if self.within else self.on

    @property
    def days_before_last(self) -> int:
        """So many days before its last day a month or a period begins; 0 for a day."""
        if self.in_month and self.fixed_on:
            return self.fixed_on.day - 1
        return (self.within.last - self.within.first).days if self.within else 0


class Period(Frozen):
    """From when to when the agreement runs, as the text says it."""

    # None: it starts with the last signature. A day before or after that is "with effect from".
    starts_on: date | None = None
    ends_on: date | None = None
    # What ends it, after "when": "the plan is delivered". With a day: whichever is sooner.
    ends_when: str = Field("", max_length=200)
    # Printed; they act once an agreement in force can be extended and ended by notice.
    extension_by: date | None = None
    notice_months: int | None = Field(None, ge=1, le=60)

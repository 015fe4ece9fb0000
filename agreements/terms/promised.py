"""Standards of service, by which the portal counts, and the seats of a panel, which are printed."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Annotated, Final, Literal

from pydantic import Field

from agreements.terms.base import Frozen, Key, Label
from nhsuk.words import spelled

RequestKind = Literal["information", "query", "practice_visit"]
# What one party asks of another, as a standard of service knows it.
REQUEST_KINDS: Final[dict[RequestKind, str]] = {
    "information": "Requests for information",
    "query": "Queries",
    "practice_visit": "Support for practice visits",
}
Calendar = Literal["england_and_wales", "united_kingdom"]


class Standard(Frozen):
    """A standard of service, such as how soon a request is answered, and what it leaves out.

    `slots` are the sides that owe it, all where the text does not say. `kind` is what it is the
    standard for; without one, and with days, it is for whatever is asked.
    """

    key: Key
    label: Label
    promise: str = Field("", max_length=1_000)
    slots: tuple[Key, ...] = ()
    kind: RequestKind | None = None
    # Working days; None where the text does not say.
    acknowledge_days: int | None = Field(None, ge=1, le=365)
    answer_days: int | None = Field(None, ge=1, le=365)
    # How soon news follows on news.
    update_days: int | None = Field(None, ge=1, le=365)
    # Whose bank holidays are no working days.
    calendar: Calendar = "england_and_wales"
    # Whether the time stands still while it waits for whoever asked.
    may_pause: bool = False
    exclusions: tuple[Annotated[str, Field(min_length=1, max_length=300)], ...] = ()

    @property
    def is_for_requests(self) -> bool:
        """Whether requests are answered by it: it says for which, or within how many days."""
        return bool(self.kind or self.acknowledge_days or self.answer_days)

    def is_owed_by(self, slot: str) -> bool:
        return not self.slots or slot in self.slots

    def is_for(self, kind: str, slot: str) -> bool:
        """Whether the side owes it for requests of this kind."""
        return self.is_for_requests and self.kind in (None, kind) and self.is_owed_by(slot)


class PanelSeat(Frozen):
    """Seats of one kind on the panel that settles what the levels did not."""

    key: Key
    label: Label
    number: int = Field(1, ge=1, le=50)
    # Whom the text names for it: "a CCG that has no part in the matter".
    drawn_from: str = Field("", max_length=300)


def counted(number: int, one: str) -> str:
    """ "one month", "six months", "18 months", "0 hours"."""
    return f"{spelled(number) if number else 0} {one if number == 1 else one + 's'}"


def bulleted(lines: Iterable[str]) -> str:
    return "\n".join(f"- {line}" for line in lines)


def standard_in_words(standard: Standard) -> str:
    """What is promised, within how many working days, and below it what the standard leaves out."""
    within = (
        (standard.acknowledge_days, "The acknowledgement comes within"),
        (standard.answer_days, "The answer, or news of it, comes within"),
        (standard.update_days, "After news of it the next comes within"),
    )
    days = [f"{said} {counted(many, 'working day')}." for many, said in within if many]
    said = " ".join(filter(None, [standard.promise, *days, *how_counted(standard)]))
    if not standard.exclusions:
        return said
    return f"{said}\n\nThe standard leaves out:\n\n{bulleted(standard.exclusions)}"


def how_counted(standard: Standard) -> Iterable[str]:
    """What is unusual in how its days are counted."""
    if standard.calendar == "united_kingdom":
        yield "Bank holidays in any part of the United Kingdom are no working days."
    if standard.may_pause:
        yield "The time stands still while it waits for whoever asked."


def seats_in_words(seat: PanelSeat) -> str:
    """ "Lay member of a Committee: two, from another area"."""
    of = f", from {seat.drawn_from}" if seat.drawn_from else ""
    return f"{seat.label}: {spelled(seat.number)}{of}"

"""Standards and the seats of a panel: printed, they wait for the rooms that will keep them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Annotated

from pydantic import Field

from agreements.terms.base import Frozen, Key, Label
from nhsuk.words import spelled


class Standard(Frozen):
    """A standard of service, such as how soon a request is answered, and what it leaves out."""

    key: Key
    label: Label
    promise: str = Field("", max_length=1_000)
    # Working days; None where the text does not say.
    acknowledge_days: int | None = Field(None, ge=1, le=365)
    answer_days: int | None = Field(None, ge=1, le=365)
    exclusions: tuple[Annotated[str, Field(min_length=1, max_length=300)], ...] = ()


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
    )
    days = [f"{said} {counted(many, 'working day')}." for many, said in within if many]
    said = " ".join(filter(None, [standard.promise, *days]))
    if not standard.exclusions:
        return said
    return f"{said}\n\nThe standard leaves out:\n\n{bulleted(standard.exclusions)}"


def seats_in_words(seat: PanelSeat) -> str:
    """ "Lay member of a Committee: two, from another area"."""
    of = f", from {seat.drawn_from}" if seat.drawn_from else ""
    return f"{seat.label}: {spelled(seat.number)}{of}"

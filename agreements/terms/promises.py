"""Standards and the seats of a panel, in the words in which a text prints them."""

from __future__ import annotations

from collections.abc import Iterable

from agreements.terms.promised import PanelSeat, Standard
from nhsuk.words import spelled


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

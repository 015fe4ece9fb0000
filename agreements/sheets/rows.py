"""The lines of a sheet: what somebody owes, whom to ring, what is next, how much is open (X13)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import chain, zip_longest

from agreements.models import KeyContact
from house.answers import OpenThings
from nhsuk.words import plural

# Of things that are open so many are named by their numbers.
MOST_NUMBERS = 8


@dataclass(frozen=True)
class DutyRow:
    """What somebody owes by a clause."""

    who: str
    clause: str
    url: str


@dataclass(frozen=True)
class PersonRow:
    """Whom to ring; the party alone where nobody is named. Of many parties `said` says who."""

    party: str
    role: str
    contact: KeyContact | None
    said: str = ""

    @property
    def who(self) -> str:
        if self.said:
            return self.said
        return str(self.contact.person or self.contact.team) if self.contact else "Nobody is named"

    @property
    def phone(self) -> str:
        return self.contact.phone if self.contact else ""

    @property
    def email(self) -> str:
        return self.contact.address if self.contact else ""


@dataclass(frozen=True)
class DateRow:
    on: date
    what: str
    who: str
    is_late: bool = False


def in_turn(rows: Sequence[DutyRow], whose: Sequence[str]) -> list[DutyRow]:
    """One of each in turn, then put together again: however many are shown, each has its share."""
    by_side: dict[str, list[DutyRow]] = {who: [] for who in whose}
    for row in rows:
        by_side[row.who].append(row)
    return [row for row in chain(*zip_longest(*by_side.values())) if row]


def counted(things: OpenThings) -> str:
    """ "3 actions are open: 1, 4 and 7", as far as there is room."""
    numbers = sorted(
        (each.number for each in things.named[:MOST_NUMBERS]), key=lambda n: n.zfill(9)
    )
    more = things.count - len(numbers)
    said = ", ".join(numbers) + (f" and {more} more" if more else "")
    verb = "is" if things.count == 1 else "are"
    return f"{plural(things.count, things.one, things.many)} {verb} open: number {said}."

"""When a key contact is to be confirmed again (A27). Dates are London calendar days."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from agreements.models import KeyContact
from house.months import months_after
from nhsuk.dates import day
from nhsuk.words import spelled


@dataclass(frozen=True)
class Standing:
    """A key contact with the day it was last said to be right, and when it is asked again.

    Naming somebody says so too; so does the signed copy, which lists the contacts.
    """

    contact: KeyContact
    known_on: date
    due_on: date


def standing(
    contact: KeyContact, *, confirmed_on: date | None, start_on: date | None, months: int
) -> Standing:
    """The contact with its dates."""
    known_on = known_since(contact.starts_on, start_on, confirmed_on)
    return Standing(contact, known_on, months_after(known_on, months))


def known_since(*days: date | None) -> date:
    """The newest of: named, the agreement in force, confirmed."""
    return max(each for each in days if each is not None)


def working_of(standings: Iterable[Standing], months: int) -> str:
    """How the date follows on which a party's contacts are to be confirmed, as a sentence."""
    first = min(each.known_on for each in standings)
    return (
        f"{spelled(months).capitalize()} months after {day(first)}, the earliest day since which "
        "one of the contacts has not been named or confirmed again."
    )

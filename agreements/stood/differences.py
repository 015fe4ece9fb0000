"""What was put right since a day, in sentences: how the record held it then and as known now."""

from __future__ import annotations

from collections.abc import Iterator

from agreements.models import KeyContact, Party
from agreements.stood.reading import Reading
from agreements.terms import ContactRole
from nhsuk.dates import day
from nhsuk.words import in_sentence

# Of more differences a page says how many they are.
MOST = 12
_DAYS = {
    "start_on": "date of sign-off",
    "effective_on": "day from which it has effect",
    "review_on": "date of review",
    "end_on": "end",
}


def differences(then: Reading, now: Reading) -> list[str]:
    """The first of them; that there are more is the last."""
    found = [*_of_agreement(then, now), *_of_parties(then, now), *_of_contacts(then, now)]
    more = len(found) - MOST
    return found if more <= 0 else [*found[:MOST], f"{more} more facts were put right."]


def _of_agreement(then: Reading, now: Reading) -> Iterator[str]:
    one, other = then.agreement, now.agreement
    if one.state != other.state:
        yield "The registration was withdrawn later: it was made in error."
    if one.title != other.title:
        yield f"The title was recorded as “{one.title}” and is “{other.title}”."
    for name, called in _DAYS.items():
        was, by_now = getattr(one, name), getattr(other, name)
        if was != by_now:
            yield f"The {called} was recorded as {_day(was)} and is {_day(by_now)}."
    if one.is_registered:
        besides, by_now = (each.registered_copy.ends_when for each in (one, other))
        if besides != by_now:
            yield f"What ends it besides was recorded as {_words(besides)} and is {_words(by_now)}."


def _of_parties(then: Reading, now: Reading) -> Iterator[str]:
    known = {party.pk: party for party in now.parties}
    for party in then.parties:
        other = known.get(party.pk)
        if other and other.name != party.name:
            yield f"{party.name} was recorded as the party; that day it was {other.name}."


def _of_contacts(then: Reading, now: Reading) -> Iterator[str]:
    for party, role in roles_of(then):
        place = (party.pk, role.key)
        one, other = then.held.get(place), now.held.get(place)
        if _who(one) != _who(other):
            label = in_sentence(role.label)
            yield f"{_who(one)} was recorded as {label} of {party.name}; it was {_who(other)}."


def roles_of(reading: Reading) -> Iterator[tuple[Party, ContactRole]]:
    """Each party with each role that the text of that day has for it."""
    if reading.version is None:
        return
    terms = reading.version.typed_terms
    for party in reading.parties:
        for role in terms.contact_roles_of(party.slot):
            yield party, role


def _who(contact: KeyContact | None) -> str:
    return str(contact.person or contact.team) if contact else "nobody"


def _words(said: str) -> str:
    return f"“{said}”" if said else "nothing"


def _day(on: object) -> str:
    return day(on) or "none"  # type: ignore[arg-type]

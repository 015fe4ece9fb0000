"""What somebody states who signs: of one text on its page, or of several ticked on one."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from agreements.core.sides import names_in
from agreements.models import SignatureRequest
from nhsuk.dates import day

STATEMENT: Final = "I am authorised to sign for {party} and I agree to this text."
OF_DEPUTY: Final = (
    "I am authorised to sign for {party} in the place of {name}, by authority: {authority}. "
    "I agree to this text."
)
OF_TICKED: Final = "I am authorised to sign for {party} and I agree to each text that I ticked."


@dataclass(frozen=True)
class Ticked:
    """Several texts that somebody ticked on one page and signed there: when, and how many."""

    at: datetime
    texts: int


def party_signed_for(request: SignatureRequest) -> str:
    """The party by name; where it took the place of whom the text names, both names (X07)."""
    party, named = request.party, names_in(request.version).get(request.party.key, "")
    if not party.former or named == party.name:
        return party.name
    last = party.former[-1].ends_on
    assert last  # noqa: S101 - it has ended
    return f"{party.name}, in the place of {named} since {day(last + timedelta(days=1))},"


def statement_for(request: SignatureRequest, ticked: Ticked | None = None) -> str:
    """What one states by signing, with the party's name as the text has it; of one of several texts
    that were ticked on a page what that page said, and how many they were; a deputy says in whose
    place and by what authority."""
    party, name = party_signed_for(request), request.in_place_of
    if ticked:
        said = OF_TICKED.format(party=party)
        return f"{said} This text is one of {ticked.texts}."
    if name:
        authority = request.authority.rstrip(".")
        return OF_DEPUTY.format(party=party, name=name, authority=authority)
    return STATEMENT.format(party=party)

"""What somebody states who signs: of one text on its page, or of several ticked on one."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from agreements.models import SignatureRequest

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


def statement_for(request: SignatureRequest, ticked: Ticked | None = None) -> str:
    """What one states by signing, with the party's name as the text has it; of one of several texts
    that were ticked on a page what that page said, and how many they were; a deputy says in whose
    place and by what authority."""
    if ticked:
        said = OF_TICKED.format(party=request.party.name)
        return f"{said} This text is one of {ticked.texts}."
    party, name = request.party.name, request.in_place_of
    if name:
        authority = request.authority.rstrip(".")
        return OF_DEPUTY.format(party=party, name=name, authority=authority)
    return STATEMENT.format(party=party)

"""What whoever asks for a signature wants of it: by when, with which message, after which other
signature of the party, and in whose place (record 0062)."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import date
from typing import Any, Final

from agreements.models import Party, SignatureRequest, Version
from deadlines.holidays import bank_holidays
from deadlines.rules.working_days import is_working_day
from house import clock
from house.refusals import Refused
from nhsuk.dates import day

BOTH: Final = "Say in whose place they sign, and by what authority: a deputy needs both."


@dataclass(frozen=True)
class Wanted:
    """As it stands in the row of the request; by default nothing more than the signature."""

    sign_by: date | None = None
    message: str = ""
    after_slot: str = ""
    in_place_of: str = ""
    authority: str = ""

    @property
    def columns(self) -> dict[str, Any]:
        return asdict(self)

    def check(self, name: str) -> None:
        """Raises Refused where whoever has this name cannot be asked so."""
        check_day(self.sign_by)
        if bool(self.in_place_of) != bool(self.authority):
            raise Refused(BOTH, field="authority" if self.in_place_of else "in_place_of")
        if self.in_place_of and self.in_place_of.casefold() == name.casefold():
            raise Refused(
                f"{name} signs. Name in whose place, or leave both boxes empty.",
                field="in_place_of",
            )


def check_day(on: date | None) -> None:
    """Raises Refused for a day to sign by that is over, or on which nobody works."""
    if on is None:
        return
    if on < clock.today():
        raise Refused("The day to sign by cannot be in the past.", field="sign_by")
    if not is_working_day(on, bank_holidays()):
        raise Refused(
            f"{day(on)} is no working day. Choose one, or leave the day out.", field="sign_by"
        )


def waits_its_turn(version: Version, party: Party, slot: str, after: str) -> bool:
    """Whether the signature is asked for later: the one that it comes after is not given yet.

    Raises Refused for one that is none of the party's others, and where each would wait for the
    other.
    """
    if not after:
        return False
    if after not in {s.key for s in version.typed_terms.signatories_of(party.slot)} - {slot}:
        raise Refused("Choose another signature of your own party.", field="after_slot")
    rows = version.signature_requests.filter(party=party).live()
    asked: dict[str, SignatureRequest] = {each.slot: each for each in rows}
    first = asked.get(after)
    if first and first.state == SignatureRequest.State.SIGNED:
        return False
    seen: set[str] = set()
    while after and after not in seen:
        seen.add(after)
        each = asked.get(after)
        after = each.after_slot if each and each.state == SignatureRequest.State.WAITS else ""
        if after == slot:
            raise Refused(
                "That signature waits for this one already, so neither would be asked for.",
                field="after_slot",
            )
    return True

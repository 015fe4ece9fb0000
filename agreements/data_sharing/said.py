"""What somebody says of data that is shared, and whether it can be so."""

from __future__ import annotations

from dataclasses import dataclass, fields
from datetime import date
from typing import Any, Final

from agreements.models import DataSharing, DataSharingEntry, Party
from house import clock
from house.refusals import Refused
from nhsuk.dates import day
from parties.acting import Acting

Law = DataSharingEntry.Law
# On this day the Data Protection Act 1998 was replaced.
GDPR_FROM: Final = date(2018, 5, 25)


@dataclass(frozen=True)
class End:
    """Where the data comes from, or goes to: a party, somebody outside in words, or with neither
    every other party."""

    party: Party | None = None
    outside: str = ""

    @property
    def is_every_other(self) -> bool:
        return self.party is None and not self.outside


@dataclass(frozen=True)
class Said:
    """An arrangement as somebody describes it."""

    what: str
    sender: End
    receiver: End
    purpose: str
    safeguards: str
    agreed_on: date
    law: str = Law.UK_GDPR
    basis: str = ""
    special: str = ""
    conditions: str = ""
    confidentiality: str = ""
    dpia: str = ""
    review_on: date | None = None

    @property
    def as_stored(self) -> dict[str, Any]:
        """By the fields of an entry."""
        plain = {each.name: getattr(self, each.name) for each in fields(self)}
        ends = {"sender": plain.pop("sender"), "receiver": plain.pop("receiver")}
        return plain | {
            key: value
            for name, end in ends.items()
            for key, value in ((name, end.party), (f"{name}_outside", end.outside))
        }


def said_in(entry: DataSharingEntry) -> Said:
    """What an entry says."""
    plain = {each.name: getattr(entry, each.name) for each in fields(Said)}
    return Said(
        **plain
        | {
            "sender": End(entry.sender, entry.sender_outside),
            "receiver": End(entry.receiver, entry.receiver_outside),
        }
    )


def check(said: Said, former: Said | None = None) -> None:
    """Raises Refused for what cannot be so, at its field."""
    _check_ends(said)
    _check_law(said)
    if said.agreed_on > clock.today():
        raise Refused(
            f"{day(said.agreed_on)} is still to come. Record what is agreed already.",
            field="agreed_on",
        )
    if former is None or said.review_on != former.review_on:
        check_next(said.review_on)


def check_next(review_on: date | None) -> None:
    """Raises Refused for a next review on a day that has passed: it would be late at once."""
    if review_on and review_on < clock.today():
        raise Refused(
            f"{day(review_on)} has passed. Enter the day of a review that is still to come.",
            field="review_on",
        )


def check_reviewed(said: Said, reviewed_on: date, before: date | None) -> None:
    """Raises Refused for a review that was not yet, before the arrangement, or before another."""
    if reviewed_on > clock.today():
        why = f"{day(reviewed_on)} is still to come. Record the review when it was done."
    elif reviewed_on < said.agreed_on:
        why = f"The arrangement is dated {day(said.agreed_on)}. Its review came later."
    elif before and reviewed_on < before:
        why = f"A review on {day(before)} is recorded already. Enter that day or a later one."
    else:
        return
    raise Refused(why, field="reviewed_on")


def _check_ends(said: Said) -> None:
    sender, receiver = said.sender, said.receiver
    if sender == receiver or (sender.party and sender.party == receiver.party):
        raise Refused(
            "The data comes from and goes to the same. Choose two that differ.", field="receiver"
        )
    if sender.outside and receiver.outside:
        raise Refused(
            "At least one of the two is a party to this agreement. Choose which.", field="receiver"
        )


def _check_law(said: Said) -> None:
    if said.law == Law.UK_GDPR:
        if clock.today() < GDPR_FROM:
            raise Refused(f"This law holds from {day(GDPR_FROM)} on.", field="law")
        if not said.basis:
            raise Refused("Choose the lawful basis.", field="basis")
        return
    if said.agreed_on >= GDPR_FROM:
        raise Refused(
            f"That Act held until 24 May 2018, and the arrangement is dated {day(said.agreed_on)}.",
            field="law",
        )
    if not said.conditions:
        raise Refused("Say which conditions of that Act allow it.", field="conditions")


def of_its_law(said: dict[str, Any]) -> dict[str, Any]:
    """What was typed without what belongs to the law that was not chosen."""
    other = ("conditions",) if said["law"] == Law.UK_GDPR else ("basis", "special")
    return said | dict.fromkeys(other, "")


def write(
    record: DataSharing, said: Said, by: Acting, *, seq: int, content_no: int,
    reviewed_on: date | None = None, because: str = "",
) -> DataSharingEntry:  # fmt: skip
    """The entry of the record that says so, from now on."""
    return DataSharingEntry.objects.create(
        record=record, seq=seq, content_no=content_no, reviewed_on=reviewed_on, because=because,
        added_by=by.who, added_for=by.on_behalf_of, added_at=clock.now(), **said.as_stored,
    )  # fmt: skip

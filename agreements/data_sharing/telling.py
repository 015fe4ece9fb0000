"""What was done with a record of shared data goes on the timeline, and to whom it concerns."""

from __future__ import annotations

from collections.abc import Iterator

from agreements.core.parties import there_today
from agreements.core.telling import record as write_down
from agreements.core.telling import tell_managers
from agreements.data_sharing.said import End, said_in
from agreements.models import DataSharingEntry, Party
from parties.acting import Acting

# What is no news for the others stands on the timeline alone.
TOLD_OF = frozenset(
    {
        *("data_sharing_recorded", "data_sharing_changed", "data_sharing_ended"),
        *("data_sharing_in_error", "data_sharing_disputed"),
    }
)


def follow(
    by: Acting, entry: DataSharingEntry, verb: str, *, because: str = "", on: str = ""
) -> None:
    """On record, by the number alone: what is shared stands on the page of the record."""
    sharing = entry.record
    happening = write_down(
        by=by, verb=verb, agreement=sharing.agreement, about=sharing, number=sharing.number,
        record=sharing.pk, because=because, **({"on": on} if on else {}),
    )  # fmt: skip
    if verb in TOLD_OF:
        only = concerned(entry)
        tell_managers(of=happening, kind="data_sharing", by=by, others_only=True, only=only)


def concerned(entry: DataSharingEntry) -> list[Party]:
    """The party that keeps the record and those between which the data goes; both of two."""
    sharing, said = entry.record, said_in(entry)
    there = there_today(sharing.agreement)
    if len(there) <= 2 or said.sender.is_every_other or said.receiver.is_every_other:
        return there
    named = {each.pk for each in (*_parties(said.sender), *_parties(said.receiver))}
    return [each for each in there if each.pk in named | {sharing.kept_by_id}]


def _parties(end: End) -> Iterator[Party]:
    if end.party:
        yield end.party

"""The decision to tell other parties of a concern, or not to, with its reason (A22)."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from agreements.core.parties import there_today
from agreements.models import Party
from escalations.concerns.rules import Reader, require_open
from escalations.concerns.services.case import in_hand, repeated, write
from escalations.concerns.services.reading import let_out
from escalations.concerns.services.receiving import read_for, receive
from escalations.concerns.services.telling import tell, tell_readers
from escalations.models import (
    CONCERN_LIFECYCLE,
    ConcernReader,
    ConcernShare,
    ConcernStep,
    PracticeConcern,
)
from house import clock
from house.lifecycle import move_locked
from house.refusals import Refused
from parties.acting import Acting

Kind = ConcernStep.Kind


def share_concern(
    *, by: Acting, concern: PracticeConcern, parties: Collection[Party], because: str
) -> None:
    """Shares it with these parties: the MoU manager of each is told, reads it, and names who else
    of theirs does. Raises Refused where all of them have it already."""
    with in_hand(by=by, concern=concern) as reader:
        reader.require_keeper()
        if repeated(reader, Kind.SHARED, because, keys := _keys(parties)):
            return
        require_open(reader.concern)
        new = [party for party in others_of(reader) if party in parties]
        has_it = {share.party_id for share in shares_of(reader.concern)}
        if not (new := [party for party in new if party.pk not in has_it]):
            raise Refused("Choose a party that does not read it yet.", field="parties")
        write(reader, Kind.SHARED, because, keys)
        move_locked(reader.concern, "share", lifecycle=CONCERN_LIFECYCLE)
        read_for(new)
        for party in new:
            ConcernShare.objects.create(concern=reader.concern, party=party, shared_at=clock.now())
            receive(reader, party)
        tell_readers(reader, "news", [reader.party])


def keep_concern(*, by: Acting, concern: PracticeConcern, because: str) -> None:
    """Decides that no other party is told for now. Raises Refused while one reads it."""
    with in_hand(by=by, concern=concern) as reader:
        reader.require_keeper()
        if repeated(reader, Kind.KEPT, because):
            return
        require_open(reader.concern)
        if shares_of(reader.concern):
            raise Refused("It is shared already. To end that, take it back.")
        write(reader, Kind.KEPT, because)
        move_locked(reader.concern, "keep", lifecycle=CONCERN_LIFECYCLE)
        tell_readers(reader, "news", [reader.party])


def take_back_concern(
    *, by: Acting, concern: PracticeConcern, parties: Collection[Party], because: str
) -> None:
    """Ends the sharing with these parties, at once: whoever of theirs reads it reads it no more,
    and is told so. What they read stands in the record. Raises Refused where none has it."""
    with in_hand(by=by, concern=concern) as reader:
        reader.require_keeper()
        if repeated(reader, Kind.TAKEN_BACK, because, _keys(parties)):
            return
        shares = shares_of(reader.concern)
        ending = [share for share in shares if share.party in parties]
        if not ending:
            raise Refused("Choose a party that reads it.", field="parties")
        write(reader, Kind.TAKEN_BACK, because, _keys(parties))
        for share in ending:
            _end(reader, share)
        if len(ending) == len(shares) and reader.concern.state == PracticeConcern.State.SHARED:
            move_locked(reader.concern, "take_back", lifecycle=CONCERN_LIFECYCLE)


def shares_of(concern: PracticeConcern) -> list[ConcernShare]:
    """With whom it is shared now."""
    rows = ConcernShare.objects.filter(concern=concern, ended_at=None)
    return list(rows.select_related("party").order_by("pk"))


def others_of(reader: Reader) -> Sequence[Party]:
    """The other parties that are there today."""
    parties = there_today(reader.concern.agreement)
    return [party for party in parties if party.pk != reader.party.pk]


def _end(reader: Reader, share: ConcernShare) -> None:
    share.ended_at = clock.now()
    share.save(update_fields=["ended_at"])
    party = next(each for each in reader.concern.agreement.sides if each.pk == share.party_id)
    rows = ConcernReader.objects.still_open().filter(concern=reader.concern, party=party)
    for row in rows.select_related("user").order_by("pk"):
        let_out(reader, row)
        tell(reader, [row.user], "ended", party=party)


def _keys(parties: Collection[Party]) -> list[str]:
    return sorted(party.key for party in parties)

"""A party proposes to dispose of an MoU; what keeps it longer stops that."""

from __future__ import annotations

from agreements.changes.rules import Kind
from agreements.changes.services.effect import close, lock_ended, tell_others
from agreements.changes.services.opening import begin_change
from agreements.core.parties import require_role, side_of
from agreements.disposal.queries import in_the_way, waiting_disposal
from agreements.models import Agreement, Change
from deadlines.services.setting import set_together
from house.once import one_job
from house.refusals import Refused
from parties.acting import Acting
from parties.who import MANAGERS


def propose_disposal(*, by: Acting, agreement: Agreement, because: str) -> Change:
    """Asks every other party that is still there to accept that the words and files of an MoU go.

    Raises Refused before its time is over, and while a hold stands or something is open.
    """
    require_role(by, MANAGERS)
    side_of(agreement, by)
    with one_job(), set_together():
        current = lock_ended(agreement)
        if sentences := list(in_the_way(current)):
            raise Refused(" ".join(sentences))
        return begin_change(by, current, Kind.DISPOSAL, because=because)


def stop_disposal(by: Acting, agreement: Agreement, because: str) -> None:
    """It is kept longer: what waits for answers, or for its day, comes to nothing. The agreement is
    locked."""
    if change := waiting_disposal(agreement):
        change.agreement = agreement
        close(change, "withdraw", because, by)
        tell_others(by, change, "change_stopped", because=because, others_only=False)

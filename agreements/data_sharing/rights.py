"""Who may do what with a record of shared data."""

from __future__ import annotations

from agreements.core.confirming import require_other_side
from agreements.core.parties import sides_of
from agreements.models import Agreement, DataSharing, DataSharingEntry
from house.refusals import NotYours
from parties.acting import Acting
from parties.who import DRAFTERS


def may_record(by: Acting, agreement: Agreement) -> bool:
    """Whether this person may record data that is shared under the agreement."""
    return agreement.takes_acts and DRAFTERS.includes(by) and bool(sides_of(agreement, by))


def may_change(by: Acting, record: DataSharing) -> bool:
    """Whether they may write what the record says: the party that keeps it."""
    own = record.kept_by in sides_of(record.agreement, by)
    return record.is_running and own and may_record(by, record.agreement)


def may_end(by: Acting, record: DataSharing) -> bool:
    """Whether they may say that it has ended: who keeps it; any party where the agreement is over,
    or the one that kept it has left."""
    sides = sides_of(record.agreement, by)
    if not (record.is_running and DRAFTERS.includes(by) and sides):
        return False
    alone = record.kept_by in sides
    return alone or record.agreement.is_over or record.kept_by.left_on is not None


def may_judge(by: Acting, record: DataSharing, newest: DataSharingEntry) -> bool:
    """Whether they may say if what another side recorded is right."""
    try:
        require_other_side(by, record.agreement, newest.added_for_id)
    except NotYours:
        return False
    return record.is_running and may_record(by, record.agreement)

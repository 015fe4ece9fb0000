"""Each party's own: under which reference its register has a risk, and where (C08)."""

from __future__ import annotations

from dataclasses import dataclass

from django.db import transaction

from agreements.core.parties import side_of
from agreements.models import Party
from commitments.logs.rights import require_reference
from commitments.logs.services.locking import locked, note, require_there
from commitments.models import LogEntry, RiskReference
from parties.acting import Acting


@dataclass(frozen=True)
class Reference:
    """A reference in a register, and its address on the web where it has one."""

    reference: str
    link: str = ""


def keep_reference(*, by: Acting, entry: LogEntry, said: Reference) -> bool:
    """Writes or changes that of one's own party, which no other party writes. Returns whether
    anything changed."""
    require_reference(by, entry)
    with transaction.atomic():
        current = locked(entry)
        require_there(current)
        party = side_of(current.agreement, by)
        changed = write_reference(current, party, said)
        if changed:
            note(by, current, "log_reference", party=party.name)
    return changed


def write_reference(entry: LogEntry, party: Party, said: Reference) -> bool:
    """The same in the caller's transaction, with the agreement locked."""
    row = RiskReference.objects.filter(entry=entry, party=party).first()
    if row and (row.reference, row.link) == (said.reference, said.link):
        return False
    row = row or RiskReference(entry=entry, party=party)
    row.reference, row.link = said.reference, said.link
    row.save()
    return True

"""A change that waits while another organisation takes a party's place (X07)."""

from __future__ import annotations

from agreements.changes.due import ask_others, no_longer_asked
from agreements.changes.queries import alive_in, said_of
from agreements.changes.rules import needs
from agreements.changes.services.effect import hold
from agreements.models import Agreement, Change
from house.lifecycle import lock
from parties.acting import Acting


def lock_waiting(agreement: Agreement) -> None:
    """Those that wait for somebody's word, in one order."""
    rows = Change.objects.filter(agreement=agreement, state=Change.State.OPEN)
    list(rows.select_for_update(no_key=True).order_by("pk"))


def ask_anew(by: Acting, agreement: Agreement) -> None:
    """Those that hold the sides now are asked; whoever was asked before is so since then. What
    waited only for a side that is now the opener's own holds; what is signed waits for its
    signatures. The agreement is locked and has its new parties."""
    for waiting in alive_in(agreement):
        if waiting.state != Change.State.OPEN:
            continue
        change = lock(waiting)
        change.agreement = agreement
        if awaited := said_of(change).awaited(agreement):
            no_longer_asked(change, but=awaited)
            ask_others(change)
        elif needs(change) in ("one", "all") and (agreement.takes_acts or change.is_of_ended):
            hold(by, change)

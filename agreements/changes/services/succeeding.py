"""A change that waits while another organisation takes a party's place (X07)."""

from __future__ import annotations

from agreements.changes.due import ask_others, no_longer_asked
from agreements.changes.queries import alive_in, said_of
from agreements.changes.rules import needs
from agreements.changes.services.effect import hold
from agreements.models import Agreement, Change
from house.lifecycle import lock
from parties.acting import Acting


def ask_anew(by: Acting, agreement: Agreement) -> None:
    """Those that hold the sides now are asked. What waited only for a side that is now the opener's
    own holds. The agreement is locked and has its new parties."""
    for waiting in alive_in(agreement):
        if waiting.state != Change.State.OPEN:
            continue
        change = lock(waiting)
        change.agreement = agreement
        if said_of(change).awaited(agreement):
            no_longer_asked(change)
            ask_others(change)
        elif needs(change) != "none" and agreement.takes_acts:
            hold(by, change)

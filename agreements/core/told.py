"""What a page says of whom `tell_managers` told: at once, in the e-mail of the day, or not yet."""

from __future__ import annotations

from collections.abc import Collection

from agreements.core.parties import parties_of
from agreements.core.telling import told_parties
from agreements.models import Agreement, Party
from nhsuk.words import and_list
from parties.acting import Acting

LATER = "The other parties hear when all have signed."


def told_managers(agreement: Agreement, by: Acting, only: Collection[Party] | None = None) -> str:
    """ "We told the MoU manager of Eastmoor CCG."; `only` are those whom it concerns."""
    every = parties_of(agreement)
    told = every if only is None else only
    others = [party for party in told if party.organisation.pk != by.organisation_id]
    at_once = told_parties((party for party in others if not party.told_daily), by)
    daily = [party.name for party in others if party.told_daily]
    hears = "hears" if len(daily) == 1 else "hear"
    in_digest = f"{and_list(daily)} {hears} of it in the e-mail of the day." if daily else ""
    later = LATER if len(told) < len(every) else ""
    return " ".join(filter(None, (at_once, in_digest, later)))

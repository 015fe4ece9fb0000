"""Whom an action told, in words: for its banner."""

from __future__ import annotations

from collections.abc import Iterable

from agreements.core.parties import parties_of
from agreements.core.recipients import managers_by_party
from agreements.models import Agreement, Party
from parties.acting import Acting
from web.told import told_in_words


def told_others(agreement: Agreement, by: Acting) -> str:
    """ "We told the MoU manager of Eastmoor CCG."; whom nobody could tell is named as well."""
    return told_parties(parties_of(agreement), by)


def told_parties(parties: Iterable[Party], by: Acting) -> str:
    """The same for the parties of several agreements."""
    others = [party for party in parties if party.organisation.pk != by.organisation_id]
    reached = managers_by_party(others)
    return told_in_words(
        (party.name for party in others if reached[party.pk]),
        (party.name for party in others if not reached[party.pk]),
    )

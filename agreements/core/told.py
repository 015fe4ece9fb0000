"""Who was told, in words: for the banner that says what an action did."""

from __future__ import annotations

from agreements.core.parties import parties_of
from agreements.core.tell import manager_addresses
from agreements.core.words import and_list
from agreements.models import Agreement
from parties.acting import Acting


def told_others(agreement: Agreement, by: Acting) -> str:
    """ "We told the MoU manager of Eastmoor CCG."; whom nobody could tell is named as well."""
    others = [p for p in parties_of(agreement) if p.organisation.pk != by.organisation_id]
    reached = [party.name for party in others if manager_addresses(party)]
    missed = [party.name for party in others if not manager_addresses(party)]
    sentences = []
    if reached:
        sentences.append(f"We told the MoU manager of {and_list(reached)}.")
    if missed:
        names = and_list(missed)
        verb = "has" if len(missed) == 1 else "have"
        sentences.append(f"{names} {verb} no MoU manager here yet, so we told nobody there.")
    return " ".join(sentences)

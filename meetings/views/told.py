"""Who was told, in words: for the banner that says what an action did."""

from __future__ import annotations

from agreements.core.tell import manager_addresses
from agreements.core.words import and_list
from meetings.models import Series
from meetings.queries.sides import parties_in
from parties.acting import Acting


def told_others(series: Series, by: Acting) -> str:
    """ "We told the MoU manager of Eastmoor CCG."; whom nobody could tell is named as well."""
    others = [p for p in parties_in(series) if p.organisation.pk != by.organisation_id]
    reached = list(dict.fromkeys(p.name for p in others if manager_addresses(p)))
    missed = [n for n in dict.fromkeys(p.name for p in others) if n not in reached]
    sentences = []
    if reached:
        managers = "MoU manager" if len(reached) == 1 else "MoU managers"
        sentences.append(f"We told the {managers} of {and_list(reached)}.")
    if missed:
        verb = "has" if len(missed) == 1 else "have"
        sentences.append(
            f"{and_list(missed)} {verb} no MoU manager here yet, so we told nobody there."
        )
    return " ".join(sentences)

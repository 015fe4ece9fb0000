"""How the parts of a text are called on pages."""

from __future__ import annotations

from collections.abc import Iterable

from agreements.models import Agreement, ClauseKind, ClauseText, Party
from house.rooms import rooms

# What a clause can be bound to and no room keeps yet: key -> label.
NOT_KEPT_YET = {
    "commitment": "a commitment with an owner and its evidence",
    "data_sharing": "the record of shared data",
    "foi_consultation": "consultations on freedom-of-information requests",
    "heads_up": "the heads-up before messages to practices",
    "improvement_plan": "improvement plans of practices",
    "practice_concern": "the record of practice concerns",
}


def keeps_in_words(bindings: Iterable[str]) -> list[str]:
    """What a clause is bound to; a name that no room knows is shown as it is."""
    labels = dict(NOT_KEPT_YET)
    for room in rooms():
        labels |= room.keeping_kinds()
    return [labels.get(name, name.replace("_", " ")) for name in bindings]


def bound_to(text: ClauseText) -> str:
    """One sentence for the clause's page."""
    if text.bindings:
        return f"This clause is kept by: {'; '.join(keeps_in_words(text.bindings))}."
    if text.kind == ClauseKind.PRINCIPLE:
        return "This is a principle. It is bound to nothing that the portal checks."
    return "This clause is bound to nothing that the portal checks."


def blank_labels(agreement: Agreement, parties: Iterable[Party]) -> dict[str, str]:
    """What each blank of the text asks for, by its key."""
    blanks = agreement.template_version.typed_blanks
    return {blank.key: blank.label for blank in blanks} | {
        party.slot: f"Name of {party.label}" for party in parties
    }

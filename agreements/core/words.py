"""How the parts of a text are called on pages."""

from __future__ import annotations

from collections.abc import Iterable

from agreements.models import Agreement, ClauseKind, ClauseText, Party

# What can keep a clause, by the names that templates use.
KEEPS = {
    "approval": "the approval of each version",
    "commitment": "a commitment with an owner and its evidence",
    "data_sharing": "the record of shared data",
    "embargo": "the embargo on drafts",
    "escalation": "the levels of a disagreement",
    "foi_consultation": "consultations on freedom-of-information requests",
    "heads_up": "the heads-up before messages to practices",
    "improvement_plan": "improvement plans of practices",
    "key_contacts": "the list of key contacts",
    "locality_meetings": "meetings with the locality manager",
    "meeting_actions": "actions agreed at meetings",
    "meetings": "the wider meetings held and owed",
    "minimum_term": "the shortest time in force",
    "practice_concern": "the record of practice concerns",
    "press_release_lead_time": "the lead time for press releases",
    "publication_lead_time": "the lead time for publications",
    "review": "the date of review",
    "signature": "the signatures",
}


def keeps_in_words(bindings: Iterable[str]) -> list[str]:
    """What a clause is bound to; a name that no room knows is shown as it is."""
    return [KEEPS.get(name, name.replace("_", " ")) for name in bindings]


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

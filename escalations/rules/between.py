"""Whom a disagreement may be between: one's own party, and at least one of the others; and what the
rest of the agreement's parties may know of it (0054).

They may know that there is one, between whom, when it was opened, and how and when it ended.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any, Final

from agreements.models import Agreement, Party
from escalations.models import Disagreement
from nhsuk.offers import Choices
from nhsuk.words import and_list, spelled
from parties.acting import Acting

ALL: Final = "all"
# What the agreement's timeline tells of it, in words of its own. The rest stands on its page.
TOLD: Final = {
    "disagreement_opened": "disagreement_opened_between",
    "disagreement_brought_in": "disagreement_brought_in_between",
    "disagreement_agreed": "disagreement_agreed_between",
    "disagreement_withdrawn": "disagreement_withdrawn_between",
}


def other_parties(agreement: Agreement, acting: Acting) -> list[Party]:
    """Those that the organisation does not hold itself."""
    return [p for p in agreement.sides if p.organisation.pk != acting.organisation_id]


def to_bring_in(agreement: Agreement, acting: Acting, between: Sequence[Party]) -> list[Party]:
    """Those that have no part in it yet."""
    return [party for party in other_parties(agreement, acting) if party not in between]


def offered(parties: Sequence[Party]) -> Choices:
    """For a form, by their keys; all of them are one choice."""
    each = [(party.key, party.name) for party in parties]
    return [(ALL, f"All {spelled(len(each))} of these"), *each] if len(each) > 1 else each


def chosen(parties: Sequence[Party], keys: Collection[str]) -> list[Party]:
    """What was chosen in it."""
    return [party for party in parties if ALL in keys or party.key in keys]


def told(disagreement: Disagreement, party: Party, brought: str = "") -> dict[str, Any]:
    """The facts of these sentences: which party did it, and between whom it is."""
    names = {each: each.name for each in disagreement.parties}
    return {
        "party": party.name,
        "others": and_list(name for each, name in names.items() if each != party),
        "between": and_list(names.values()),
        "brought": brought,
    }

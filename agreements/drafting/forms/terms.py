"""The typed terms, page by page: for an agreement's draft and for a template's draft alike.

A page has the boxes of one thing, so that none grows with the number of sides, roles or series.
"""

from __future__ import annotations

import re
from typing import Any, Final

from agreements.drafting.forms.entries import EntryPart, SeatPart, SeriesPart, StandardPart
from agreements.drafting.forms.of_commitments import CommitmentPart
from agreements.drafting.forms.of_documents import DocumentPart, LevelPart
from agreements.drafting.forms.of_levels import LevelsPart
from agreements.drafting.forms.of_roles import ContactsPart, RolePart
from agreements.drafting.forms.of_sides import SidePart
from agreements.drafting.forms.of_time import AnnouncementsPart, PeriodPart, ReportsPart, ReviewPart
from agreements.drafting.forms.part import Clauses, Part, Parties, Slots
from agreements.drafting.forms.role_keys import address_of
from agreements.terms import LEVELS, Terms

ENTRIES: Final[dict[str, type[EntryPart]]] = {
    "meetings": SeriesPart, "standard": StandardPart, "seat": SeatPart, "document": DocumentPart,
    "commitment": CommitmentPart,
}  # fmt: skip
_KEY = re.compile("[a-z][a-z0-9_]{0,39}")
# By what its address begins with; behind a hyphen follows the key of a side, role or entry.
PARTS: Final[dict[str, type[Part]]] = {
    **ENTRIES,
    "announcements": AnnouncementsPart,
    "period": PeriodPart,
    "review": ReviewPart,
    "reports": ReportsPart,
    "side": SidePart,
    "role": RolePart,
    "contacts": ContactsPart,
    "levels": LevelsPart,
    "commissioning": LevelPart,
}


def part_of(
    address: str, terms: Terms, slots: Slots, data: Any = None, parties: Parties = (),
    clauses: Clauses = (),
) -> Part | None:  # fmt: skip
    """The page of the terms at this address; None where the terms have no such page.

    `parties` are those that commission at a level, `clauses` those of the text.

    What somebody typed for an entry that another took out meanwhile is shown once more.
    """
    kind, _, key = address.partition("-")
    page, entries = PARTS.get(kind), ENTRIES.get(kind)
    may_come_back = bool(data and entries and _KEY.fullmatch(key))
    if kind == "commissioning" and not parties:
        return None
    if page and (key in _keys(kind, terms, slots) or may_come_back):
        return page(terms, slots, key, data, parties, clauses)
    return None


def _keys(kind: str, terms: Terms, slots: Slots) -> set[str]:
    if kind == "side":
        return {slot for slot, _ in slots}
    if kind == "role":
        return {address_of(role, terms.contact_roles) for role in terms.contact_roles}
    if kind == "commissioning":
        return set(LEVELS)
    entries = ENTRIES.get(kind)
    return {"", *(entry.key for entry in entries.every(terms))} if entries else {""}

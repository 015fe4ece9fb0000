"""The templates of the patterns: the library's, cut to thirty clauses, for two parties or more."""

from __future__ import annotations

from functools import cache
from typing import Any

from agreements.library import LibraryTemplate, library

# What the rooms keep, and enough beside it to be thirty.
CLAUSES = frozenset(
    """
    about-this-mou parties-and-words purpose scope five-principles
    sharing-information patient-data freedom-of-information
    announcements-and-messages publication-drafts press-release-drafts shorter-notice embargo
    improving-quality shared-approach improvement-plans
    meetings locality-manager twice-yearly-meeting meeting-actions
    contacts key-contacts contacts-kept-current
    resolving-a-disagreement four-levels joint-outcome
    approval-term-and-review approval duration review
    """.split()  # noqa: SIM905 - to be read as words
)


@cache
def template_for(parties: int) -> LibraryTemplate:
    """An area team with so many others: whatever a CCG does in the library's, each of them does."""
    source = library()["area-team-and-ccg"].model_dump(mode="json")
    others = ["ccg", *(f"ccg_{place}" for place in range(2, parties))]
    source["key"] = f"for-{parties}"
    source["name"] = f"Improving quality in general practice, {parties} parties"
    source["clauses"] = [each for each in source["clauses"] if each["key"] in CLAUSES]
    source["slots"] = _for_each(source["slots"], others, "key")
    terms = source["terms"]
    for rows in ("approval_routes", "signatories"):
        terms[rows] = _for_each(terms[rows], others, "slot")
    for role in terms["contact_roles"]:
        role["slots"] = _with(role["slots"], others)
    for level in terms["levels"]:
        for by_slot in ("posts", "roles"):
            level[by_slot] = _spread(level[by_slot], others)
    return LibraryTemplate.model_validate(source)


def _for_each(rows: list[dict[str, Any]], others: list[str], name: str) -> list[dict[str, Any]]:
    kept = [row for row in rows if row[name] != "ccg"]
    ours = [row for row in rows if row[name] == "ccg"]
    return kept + [row | {name: slot} for slot in others for row in ours]


def _with(slots: list[str], others: list[str]) -> list[str]:
    return [slot for slot in slots if slot != "ccg"] + (others if "ccg" in slots else [])


def _spread(by_slot: dict[str, str], others: list[str]) -> dict[str, str]:
    if "ccg" not in by_slot:
        return by_slot
    return by_slot | dict.fromkeys(others, by_slot["ccg"])

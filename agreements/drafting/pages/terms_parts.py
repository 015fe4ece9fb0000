"""The terms by the pages on which they are changed: what they say now, with the ways there."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import NamedTuple

from agreements.drafting.forms.part import Parties, Slots
from agreements.drafting.forms.role_keys import address_of
from agreements.drafting.forms.terms import ENTRIES
from agreements.drafting.pages.terms import terms_in_words
from agreements.terms import LEVELS, Terms
from nhsuk.components import Link
from nhsuk.words import noun


class PartOfTerms(NamedTuple):
    heading: str
    sentences: tuple[str, ...]
    links: tuple[Link, ...]


def parts_of_terms(
    terms: Terms,
    slots: Slots,
    sides: Mapping[str, str],
    at: Callable[[str], str],
    parties: Parties = (),
) -> list[PartOfTerms]:
    """In the order in which the text prints them; `at` gives the address of a page, `parties` are
    those that commission at a level."""
    said = dict(terms_in_words(terms, sides, dict(parties)))

    def part(heading: str, *links: Link, said_at: str = "") -> PartOfTerms:
        return PartOfTerms(heading, said.get(said_at or heading, ()), links)

    def change(address: str, what: str) -> Link:
        return Link("Change", at(address), what)

    def entries(kind: str) -> Iterator[Link]:
        for entry in ENTRIES[kind].every(terms):
            yield Link(f"Change {entry.label}", at(f"{kind}-{entry.key}"))
        yield Link(f"Add {ENTRIES[kind].called}", at(kind))

    every_side = [Link(f"Change who acts for {side}", at(f"side-{slot}")) for slot, side in slots]
    every = terms.contact_roles
    roles = {address_of(role, every): role.label for role in every}
    return [
        part(
            "Announcements",
            change("announcements", "when drafts are shared"),
            said_at="Drafts shared before release",
        ),
        part("Meetings", *entries("meetings")),
        part("Start and end", change("period", "start and end")),
        part("Review", change("review", "the review")),
        part("What is promised", *entries("standard")),
        part("What is owed", *entries("commitment")),
        part("How reports are used", change("reports", "how reports are used")),
        PartOfTerms(
            "The sides: who approves, who signs, and their key contacts",
            (*said.get("Who approves", ()), *said.get("Who signs", ())),
            tuple(every_side),
        ),
        part(
            "Key contacts",
            *(Link(f"Change the role {label}", at(f"role-{key}"))
              for key, label in roles.items()),
            Link("How often they are confirmed", at("contacts")),
        ),
        part(
            "If the parties disagree",
            change("levels", "the levels"),
            said_at=f"How {noun(terms.disagreement_word)} is settled",
        ),
        part("The panel", *entries("seat")),
        *([
            part("Levels of commissioning",
                 *(Link(f"Change who commissions at {called}", at(f"commissioning-{level}"))
                   for level, called in LEVELS.items()))
        ] if parties else []),
        part("Read with", *entries("document")),
    ]  # fmt: skip

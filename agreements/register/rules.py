"""What is checked when a signed MoU is registered: whom its words name, and what looks odd."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence, Set
from datetime import date
from typing import Final

from agreements.core.parties import parties_of, vacancies
from agreements.models import Agreement
from agreements.register.facts import Facts, odd_days
from agreements.terms import side_in
from nhsuk.dates import day

# What the same organisation is called in full and in short, in lower case and without stops.
SHORT: Final = {
    "clinical commissioning group": "ccg",
    "integrated care board": "icb",
    "local medical committee": "lmc",
}
# More names make no sentence.
MOST: Final = 3


def named_in(text: str, names: Mapping[str, Collection[str]]) -> set[str]:
    """The keys of `names` of which one name stands in the text, in full or in short."""
    plain = f" {_plain(text)} "
    # Of seven thousand names few have all their words in a text: only those are looked for in it.
    words = set(plain.split())

    def stands(name: str) -> bool:
        looked_for = _plain(name)
        return words.issuperset(looked_for.split()) and f" {looked_for} " in plain

    return {key for key, called in names.items() if any(stands(name) for name in called)}


def not_as_chosen(
    chosen: Mapping[str, str],
    offered: Mapping[str, Sequence[tuple[str, str]]],
    named: Set[str],
) -> dict[str, str]:
    """Side -> "Westmoor CCG, not Eastmoor CCG", where the text names another one on offer.

    `chosen` has the organisations by the keys of the parties, `offered` those of each side by name.
    A text that names nobody on offer says nothing: it may be a scan.
    """
    found = {}
    for party, key in chosen.items():
        side = side_in(party)
        others = [name for other, name in offered[side] if other in named - set(chosen.values())]
        if key not in named and others:
            found[side] = f"{' and '.join(others[:MOST])}, not {dict(offered[side])[key]}"
    return found


def _plain(text: str) -> str:
    plain = " ".join(re.findall(r"\w+", text.casefold())).removeprefix("nhs ")
    for full, short in SHORT.items():
        plain = plain.replace(full, short)
    return plain


def findings_of(agreement: Agreement, facts: Facts) -> list[str]:
    """Sentences, the weightiest first; none when nothing looks odd."""
    return [*odd_days(facts), *_about_parties(agreement, facts.signed_on)]


def _about_parties(agreement: Agreement, signed_on: date) -> list[str]:
    found = []
    for party in parties_of(agreement):
        organisation = party.organisation
        if organisation.opened_on and organisation.opened_on > signed_on:
            found.append(
                f"{party.name} opened on {day(organisation.opened_on)}, after the sign-off."
            )
        if organisation.closed_on:
            found.append(f"{party.name} closed on {day(organisation.closed_on)}.")
    return found + [vacancy.sentence for vacancy in vacancies(agreement)]

"""What is checked when a signed MoU is registered: whom its words name, and what looks odd."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence, Set
from datetime import date
from typing import Final

from agreements.core.parties import parties_of, vacancies, vacant_in_words, version_of_terms
from agreements.core.sides import names_in
from agreements.models import Agreement, Party
from agreements.register.facts import Facts
from agreements.register.order import odd_days
from agreements.terms import side_in
from nhsuk.dates import day
from nhsuk.words import and_list, plural

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


def called_so(typed: str, names: Mapping[str, Collection[str]]) -> set[str]:
    """The keys of `names` of which one name is what was typed, in full or in short."""
    wanted = _plain(typed)
    return {key for key, called in names.items() if wanted in map(_plain, called)}


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
    """Sentences that say what to do, the weightiest first; none when nothing looks odd."""
    terms = version_of_terms(agreement).typed_terms
    parties = parties_of(agreement)
    return [
        *odd_days(facts, terms),
        *_about_parties(parties, facts.signed_on),
        *_about_signatures(agreement, facts.who_signed),
        *_about_contacts(agreement),
    ]


def _about_parties(parties: Sequence[Party], signed_on: date) -> Iterator[str]:
    """Which were not there yet when it was signed, and which are gone."""
    yield from _said_of(
        [
            (party.name, f"opened on {day(on)}, after the sign-off")
            for party in parties
            if (on := party.organisation.opened_on) and on > signed_on
        ],
        "opened after the sign-off",
        "Make sure that it is the party that signed.",
        "Make sure that they are the parties that signed.",
    )
    yield from _said_of(
        [
            (party.name, _closed(party.organisation.closed_on, signed_on))
            for party in parties
            if party.organisation.closed_on and party.organisation.is_closed
        ],
        "have closed",
        "Nobody there is asked for anything: agree who has taken its part.",
        "Nobody there is asked for anything: agree who has taken their parts.",
    )


def _closed(on: date, signed_on: date) -> str:
    return f"closed on {day(on)}{', before the sign-off' if on < signed_on else ''}"


def _said_of(found: Sequence[tuple[str, str]], of_many: str, one: str, many: str) -> Iterator[str]:
    """One sentence for all: each by name with what is said of it; of many how many they are."""
    if len(found) > MOST:
        yield f"{plural(len(found), 'party', 'parties')} {of_many}. {many}"
    elif found:
        said = and_list(f"{name} {what}" for name, what in found)
        yield f"{said}. {one if len(found) == 1 else many}"


def _about_signatures(agreement: Agreement, who_signed: str) -> Iterator[str]:
    """For whom nobody stands among those who were entered; nothing where none was."""
    frozen = names_in(version_of_terms(agreement))
    names = {party.key: (party.name, frozen[party.key]) for party in parties_of(agreement)}
    lacking = names.keys() - named_in(who_signed, names) if who_signed else set()
    of = [party.name for party in parties_of(agreement) if party.key in lacking]
    if len(of) > MOST:
        of = [f"{len(of)} of {len(names)} parties"]
    if of:
        yield (
            f"Nobody is entered as having signed for {and_list(of)}. Look whether they signed, and "
            "correct the registration."
        )


def _about_contacts(agreement: Agreement) -> Iterator[str]:
    """Whom the parties have to name still; whoever has closed names nobody."""
    there = [each for each in vacancies(agreement) if not each.party.organisation.is_closed]
    for sentence in vacant_in_words(there):
        yield f"{sentence} Each party names its own on the page People."

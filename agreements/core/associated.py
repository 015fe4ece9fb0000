"""The documents that an agreement is read with: the list of today, and as a text has it (B03)."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from copy import copy
from dataclasses import dataclass
from datetime import date
from typing import Any

from agreements.core.parties import parties_of, version_of_terms
from agreements.models import Agreement, AssociatedDocument, DocumentVersion, Party, Version
from agreements.models.associated import newest_versions
from agreements.terms import ExpectedDocument, Terms
from house import clock
from house.once import each_once
from nhsuk.dates import day
from nhsuk.words import and_list, in_sentence, in_short

# Of more parties that lack a document a sentence says how many they are.
MOST_NAMED = 3


def listed(agreement: Agreement) -> list[DocumentVersion]:
    """The newest version of each document of the list, in the order in which they came to it; each
    has its document, and that its keeper, at hand. For many agreements call `read_lists` first."""
    parties = {party.pk: party for party in parties_of(agreement)}
    found = [copy(each) for each in _lists([agreement.pk])[agreement.pk]]
    for each in found:
        each.document = copy(each.document)
        each.document.agreement = agreement
        each.document.kept_by = parties[each.document.kept_by_id]
    return found


def read_lists(agreements: Iterable[Agreement]) -> None:
    """Keeps the lists of these agreements at hand (one query)."""
    _lists(agreement.pk for agreement in agreements)


@each_once(AssociatedDocument, DocumentVersion)
def _lists(agreements: Collection[int]) -> dict[int, list[DocumentVersion]]:
    found: dict[int, list[DocumentVersion]] = {pk: [] for pk in agreements}
    rows = newest_versions(document__agreement__in=found, document__ended_at=None)
    for each in rows:
        found[each.document.agreement_id].append(each)
    return found


# --- As a text has it: plain data, hashed with the text.


def to_freeze(agreement: Agreement) -> list[dict[str, Any]]:
    """The list of today as a version keeps it."""
    return [_frozen(each) for each in listed(agreement)]


def _frozen(each: DocumentVersion) -> dict[str, Any]:
    document = each.document
    return {
        "key": str(document.pk),
        "kind": kind_of(document, version_of_terms(document.agreement).typed_terms),
        "title": each.called,
        "party": document.kept_by.key if document.is_own else "",
        "version": each.label,
        "dated_on": each.dated_on.isoformat() if each.dated_on else None,
        "file": each.file.name if each.file else "",
        "sha256": each.file.sha256 if each.file else "",
        "link": each.link,
    }


def kind_of(document: AssociatedDocument, terms: Terms) -> str:
    """What it is: as the text calls it, else by its kind."""
    named = (each.label for each in terms.documents if each.key == document.term)
    return next(named, document.get_kind_display())


@dataclass(frozen=True)
class ReadWith:
    """A document as a text prints it."""

    key: str
    kind: str
    title: str
    # Whose own it is, by name; empty for one that is one for all.
    whose: str
    version: str
    dated_on: str
    file: str
    sha256: str
    link: str

    @property
    def facts(self) -> list[str]:
        """Whose it is, its version and date, its file with the check code; not its address."""
        file = f"File: {self.file}" if self.file else ""
        code = f"Check code: {self.sha256[:12]}" if self.sha256 else ""
        version = f"Version {self.version}" if self.version else ""
        of = f"Of {self.whose}" if self.whose else ""
        dated = f"Dated {self.dated_on}" if self.dated_on else ""
        return [each for each in (of, version, dated, file, code) if each]


def read_with(version: Version, names: Mapping[str, str]) -> list[ReadWith]:
    """What this text is read with: a draft with the list of today; `names` are the parties'."""
    rows = to_freeze(version.agreement) if version.is_draft else version.associated_documents or ()
    return [_as_read(each, names) for each in rows]


def _as_read(each: Mapping[str, Any], names: Mapping[str, str]) -> ReadWith:
    on = date.fromisoformat(each["dated_on"]) if each["dated_on"] else None
    return ReadWith(
        each["key"], each["kind"], each["title"], names.get(each["party"], each["party"]),
        each["version"], day(on), each["file"], each["sha256"], each["link"],
    )  # fmt: skip


# What of a document may differ, as a sentence says it.
_SAID = {"title": "its title", "version": "its version", "dated_on": "its date",
         "file": "its file", "sha256": "its file", "link": "its address"}  # fmt: skip


def changed_since(version: Version, now: Sequence[Mapping[str, Any]]) -> Iterator[str]:
    """What differs between the list as this text has it and a later one, as sentences.

    Nothing of a text from before there were such lists: nobody knows what it was read with.
    """
    if version.associated_documents is None:
        return
    before = {each["key"]: each for each in version.associated_documents}
    after = {each["key"]: each for each in now}
    for key, each in after.items():
        if key not in before:
            yield f"“{each['title']}” was added."
        elif differs := dict.fromkeys(
            said for name, said in _SAID.items() if each[name] != before[key][name]
        ):
            yield f"“{before[key]['title']}” has changed: {and_list(differs)}."
    for key, each in before.items():
        if key not in after:
            yield f"“{each['title']}” was taken off the list."


# --- What the text is to be read with, and is not there.


@dataclass(frozen=True)
class Missing:
    """A document of the terms that these parties have not brought; none of one that is for all."""

    expected: ExpectedDocument
    parties: tuple[Party, ...]

    @property
    def sentence(self) -> str:
        what = in_sentence(self.expected.label)
        if not self.parties:
            return f"The {what} is not in the list of associated documents."
        names = [party.name for party in self.parties]
        who = in_short(names) if len(names) > MOST_NAMED else and_list(names)
        have = "has" if len(names) == 1 else "have"
        return f"{who} {have} no {what} in the list of associated documents."


def missing(agreement: Agreement, terms: Terms) -> list[Missing]:
    """What these terms name and is not in the list."""
    there = {(each.document.term, each.document.kept_by_id) for each in listed(agreement)}
    terms_there = {term for term, _ in there}
    found = []
    for expected in terms.documents:
        if not expected.required:
            continue
        if not expected.slots and expected.key not in terms_there:
            found.append(Missing(expected, ()))
        lacking = [
            party
            for party in who_brings(expected, terms, parties_of(agreement))
            if (expected.key, party.pk) not in there
        ]
        if lacking:
            found.append(Missing(expected, tuple(lacking)))
    return found


def promised(agreement: Agreement) -> list[str]:
    """A sentence for each document of the list that is not there yet (C09)."""
    today = clock.today()
    return [
        f"“{each.title}” was to follow by {day(each.follows_by)}, and is not there."
        if each.follows_by < today
        else f"“{each.title}” is to follow by {day(each.follows_by)}."
        for each in listed(agreement)
        if each.follows_by
    ]


def terms_there(agreement: Agreement, own: Collection[Party]) -> set[str]:
    """Which documents of the terms the list has: those that are one for all, and of these parties
    their own."""
    documents = (each.document for each in listed(agreement))
    return {each.term for each in documents if not each.is_own or each.kept_by in own} - {""}


def who_brings(expected: ExpectedDocument, terms: Terms, parties: Iterable[Party]) -> list[Party]:
    """The parties each of which brings its own; none of a document that is one for all."""
    levels = terms.levels_by_party
    return [
        party
        for party in parties
        if party.slot in expected.slots
        and (not expected.level or levels.get(party.key) == expected.level)
    ]

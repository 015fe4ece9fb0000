"""The text of a version: its clauses' numbers and names, what is hashed, what keeps them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from agreements.core.parties import version_of_terms
from agreements.core.reached import page_of
from agreements.models import Agreement, ClauseKind, ClauseText, Party, Version
from house.canonical import fingerprint
from house.once import each_once, once_a_page
from nhsuk.components import Link
from nhsuk.words import and_list


def numbers(kinds: Iterable[str]) -> list[str]:
    """The number of each clause, from the clauses' kinds in order.

    Sections are 1, 2, 3; clauses under them 1.1, 1.2; clauses before any section stand on the
    sections' own level.
    """
    top, under, in_section, given = 0, 0, False, []
    for kind in kinds:
        if kind == ClauseKind.SECTION or not in_section:
            top, under = top + 1, 0
            in_section = in_section or kind == ClauseKind.SECTION
            given.append(str(top))
        else:
            under += 1
            given.append(f"{top}.{under}")
    return given


def next_label(version: Version, versions: Iterable[Version] | None = None) -> str:
    """The label that freezing this draft gives it: 0.1, then 0.2; of a change of the text "2.0
    draft 1", then "2.0 draft 2". `versions` are all of the agreement, where they are at hand."""
    known = version.agreement.versions.defer("terms") if versions is None else versions
    if version.change_id is None:
        return f"0.{sum(bool(each.label) for each in known) + 1}"
    drafts = f"{signed_label(version)} draft"
    given = sum(each.label_before_signature.startswith(drafts) for each in known)
    return f"{drafts} {given + 1}"


def signed_label(version: Version) -> str:
    """The label that the last signature gives it: 1.0; of a variation of 1.0 it is 2.0, of a
    correction 1.1."""
    in_force = version.agreement.in_force_version
    if version.change is None or in_force is None:
        return "1.0"
    major, minor = (int(part) for part in in_force.label.split("."))
    return f"{major}.{minor + 1}" if version.change.kind == "correction" else f"{major + 1}.0"


def content_of(version: Version, texts: Sequence[ClauseText]) -> dict[str, Any]:
    """The agreed content as plain data; it is hashed, and goes into the sealed copy as JSON.

    Neither the label, nor contacts, nor dates that are known only with the last signature (design
    record 0005). A text that is read with nothing says nothing of it, as before there were lists.
    """
    read_with = version.associated_documents
    return {
        "clauses": [
            {
                "key": text.clause.key,
                "kind": text.kind,
                "heading": text.heading,
                "body": text.body,
                "status": text.status,
                "bindings": text.bindings,
                "owed_by": text.owed_by,
            }
            for text in texts
        ],
        "terms": version.terms,
        "parties": [{"slot": p["slot"], "name": p["name"]} for p in version.party_names],
        **({"documents": read_with} if read_with else {}),
    }


def hash_of(version: Version) -> str:
    """SHA-256 of the content as the database holds it, as 64 hexadecimal digits."""
    return fingerprint(content_of(version, texts_of(version)))


@once_a_page
def texts_of(version: Version, *and_with: str) -> list[ClauseText]:
    """The version's clauses in order, with their keys and what is named (one query a page)."""
    return list(version.texts.select_related("clause", *and_with).order_by("position", "pk"))


@dataclass(frozen=True)
class ClauseName:
    """A clause by number and heading; `bindings` name what keeps it, `owed_by` the slots."""

    key: str
    number: str
    heading: str
    kind: str
    bindings: tuple[str, ...]
    owed_by: tuple[str, ...]
    url: str

    @property
    def name(self) -> str:
        return f"{self.number} {self.heading}"

    @property
    def link(self) -> Link:
        """Leads to the clause on the page of its version."""
        return Link(self.name, self.url)

    @property
    def is_duty(self) -> bool:
        return self.kind == ClauseKind.DUTY or bool(self.bindings)

    @property
    def says_so(self) -> str:
        return says_so(self.number, self.heading)


def clauses_of(version: Version) -> list[ClauseName]:
    """All clauses of a version in the order of the text (one query, two without its agreement)."""
    rows = _rows([version.pk])[version.pk]
    page = page_of(version)
    given = numbers(kind for _, _, kind, _, _ in rows)
    return [
        ClauseName(
            key, number, heading, kind, tuple(bindings), tuple(owed_by), f"{page}#clause-{key}"
        )
        for number, (key, heading, kind, bindings, owed_by) in zip(given, rows, strict=True)
    ]


def read_clauses(versions: Iterable[int | None]) -> None:
    """Keeps the clauses of these versions at hand (one query); None for what was never in force."""
    _rows(pk for pk in versions if pk)


def says_so(number: str, heading: str) -> str:
    """For an e-mail: the clause is named, its words are not."""
    return f"Clause {number}, {heading}, of the MoU asks for this."


@each_once(ClauseText)
def _rows(versions: Collection[int]) -> dict[int, list[Any]]:
    """Version id -> key, heading, kind, bindings and who owes it, for each clause in order."""
    found: dict[int, list[Any]] = {pk: [] for pk in versions}
    texts = ClauseText.objects.filter(version__in=found).order_by("position", "pk")
    columns = ("clause__key", "heading", "kind", "bindings", "owed_by")
    for version, *row in texts.values_list("version", *columns):
        found[version].append(row)
    return found


def clauses_bound_to(agreement: Agreement, bindings: Iterable[str]) -> list[ClauseName]:
    """The clauses of the text that holds now that are bound to one of these keepings, in order."""
    wanted = set(bindings)
    version = version_of_terms(agreement)
    version.agreement = agreement
    return [clause for clause in clauses_of(version) if wanted.intersection(clause.bindings)]


def clause_bound_to(agreement: Agreement, binding: str) -> ClauseName | None:
    """The first of them."""
    return next(iter(clauses_bound_to(agreement, [binding])), None)


def blank_labels(agreement: Agreement, parties: Iterable[Party]) -> dict[str, str]:
    """What each blank of the text asks for, by its key."""
    blanks = agreement.template_version.typed_blanks
    return {blank.key: blank.label for blank in blanks} | {
        party.slot: f"Name of {party.called}" for party in parties
    }


def named_in_text(parties: Iterable[Party], names: Iterable[str] = ()) -> dict[str, str]:
    """What a text prints for the name of each side: of a shared one the names of all, listed.

    `names` are the parties' in their order; without it as today.
    """
    listed: dict[str, list[str]] = defaultdict(list)
    parties = list(parties)
    for party, name in zip(parties, names or [each.name for each in parties], strict=True):
        listed[party.slot].append(name)
    return {slot: and_list(of_side) for slot, of_side in listed.items()}

"""What the text in force asks for: by an entry of its terms, or by a clause that is bound to it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from agreements.core.parties import there_today, version_of_terms
from agreements.core.texts import ClauseName, clauses_bound_to
from agreements.models import Agreement, Party
from agreements.terms import CommitmentTerm, Standard

BINDING: Final = "commitment"
LONGEST: Final = 200


@dataclass(frozen=True)
class Asked:
    """A commitment that the text asks for."""

    owed_by: Party | None
    outside: str
    owed_to: Party | None
    term_key: str
    clause_key: str
    what: str
    cadence: str = "as_required"
    per_year: int | None = None
    due_on: date | None = None
    by_timetable: bool = False
    by_financial_year: bool = False
    exclusions: tuple[str, ...] = ()
    columns: tuple[str, ...] = ()

    @property
    def identity(self) -> tuple[Any, ...]:
        """What makes it the same in two texts: its entry in the terms or its clause, and whose."""
        by, to = self.owed_by and self.owed_by.pk, self.owed_to and self.owed_to.pk
        return (self.term_key, "" if self.term_key else self.clause_key, by, self.outside, to)


def asked_for(agreement: Agreement) -> list[Asked]:
    """All that the text in force asks for, in the order of the terms, then of the clauses."""
    terms, parties = version_of_terms(agreement).typed_terms, there_today(agreement)
    bound = clauses_bound_to(agreement, [BINDING])
    named = {term.clause for term in terms.commitments}
    standards = {each.key: each for each in terms.standards}
    found = [
        asked
        for term in terms.commitments
        for asked in _of_term(term, standards.get(term.standard), parties)
    ]
    for clause in bound:
        if clause.key not in named:
            found += _of_clause(clause, parties)
    return found


def _of_term(
    term: CommitmentTerm, standard: Standard | None, parties: Iterable[Party]
) -> Iterator[Asked]:
    sides = list(parties)
    owing: list[Party | None] = [party for party in sides if party.slot in term.slots]
    for by in owing if term.slots else [None]:
        to: list[Party | None] = [p for p in sides if p.slot == term.to and p != by]
        for each in to if term.to else [None]:
            yield Asked(
                by, term.outside, each, term.key, term.clause, term.label, term.cadence,
                term.per_year, term.due_on, term.by_timetable, term.by_financial_year,
                standard.exclusions if standard else (), term.columns,
            )  # fmt: skip


def _of_clause(clause: ClauseName, parties: Iterable[Party]) -> Iterator[Asked]:
    for party in parties:
        if party.slot in clause.owed_by or not clause.owed_by:
            yield Asked(party, "", None, "", clause.key, clause.heading[:LONGEST])

"""Which clause asks for something that a room keeps."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from agreements.models import Agreement
from agreements.rules.numbering import numbers
from agreements.rules.vacancies import version_of_terms


@dataclass(frozen=True)
class BoundClause:
    """A clause of the text that holds now, with its number and the slots that owe what it says."""

    key: str
    number: str
    heading: str
    owed_by: tuple[str, ...] = ()

    @property
    def says_so(self) -> str:
        """For an e-mail: the clause is named, its words are not."""
        return f"Clause {self.number}, {self.heading}, of the MoU asks for this."


def clauses_bound_to(agreement: Agreement, bindings: Iterable[str]) -> list[BoundClause]:
    """The clauses bound to one of these keepings, in order (two queries at most)."""
    wanted = set(bindings)
    texts = version_of_terms(agreement).texts.select_related("clause").defer("body")
    in_order = list(texts.order_by("position", "pk"))
    found = zip(numbers(text.kind for text in in_order), in_order, strict=True)
    return [
        BoundClause(text.clause.key, number, text.heading, tuple(text.owed_by))
        for number, text in found
        if wanted.intersection(text.bindings)
    ]


def clause_bound_to(agreement: Agreement, binding: str) -> BoundClause | None:
    """The first of them."""
    return next(iter(clauses_bound_to(agreement, [binding])), None)

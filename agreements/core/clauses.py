"""The clauses of a text without their words: what they are called, and what keeps them."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Any

from django.urls import reverse

from agreements.core.numbering import numbers
from agreements.core.vacancies import version_of_terms
from agreements.models import Agreement, ClauseKind, ClauseText, Version
from house.once import each_once
from nhsuk.components import Link


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
        """For an e-mail: the clause is named, its words are not."""
        return f"Clause {self.number}, {self.heading}, of the MoU asks for this."


def clauses_of(version: Version) -> list[ClauseName]:
    """All clauses of a version in the order of the text (one query, two without its agreement)."""
    rows = _rows([version.pk])[version.pk]
    page = reverse("agreements:version", args=[version.agreement.reference, version.seq])
    given = numbers(kind for _, _, kind, _, _ in rows)
    return [
        ClauseName(
            key, number, heading, kind, tuple(bindings), tuple(owed_by), f"{page}#clause-{key}"
        )
        for number, (key, heading, kind, bindings, owed_by) in zip(given, rows, strict=True)
    ]


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

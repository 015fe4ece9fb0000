"""What was reviewed by hand, and until when it stands. Nothing is stored of its lapsing: it follows
from the reviews that were held and from the texts that all signed."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from agreements.models import Agreement, ByHand, ClauseText, Version
from agreements.reviews.queries import held_reviews
from house.once import once_a_page
from nhsuk.dates import day

# The words of a clause in one version: heading and body.
Words = tuple[str, str]


@dataclass(frozen=True)
class Looked:
    """One look of one party at one clause. `lapsed` says by what, "with the review of 1 June 2026";
    it is empty as long as it stands."""

    row: ByHand
    lapsed: str

    @property
    def stands(self) -> bool:
        return not self.lapsed and not self.row.is_taken_back


def looked(agreement: Agreement, rows: Sequence[ByHand]) -> list[Looked]:
    """The same rows, each with what it lapsed with (at most four queries, once a page two)."""
    held = sorted(each.review.held_on for each in held_reviews([agreement])[agreement.pk])
    texts = _Texts(agreement, rows)
    return [Looked(row, _with_review(row.reviewed_on, held) or texts.lapsed(row)) for row in rows]


@once_a_page
def standing(agreement: Agreement) -> dict[str, list[ByHand]]:
    """Clause key -> of each party the last look that stands, in the order in which it was said."""
    rows = ByHand.objects.filter(agreement=agreement).newest()
    related = rows.select_related("clause", "version", "said_by__person")
    found: dict[str, list[ByHand]] = defaultdict(list)
    for each in looked(agreement, list(related)):
        if each.stands:
            found[each.row.clause.key].append(each.row)
    return dict(found)


def version_on(agreement: Agreement, on: date) -> Version:
    """The text that was in force on that day; of a day before all of them the first."""
    versions = complete(agreement)
    held = [each for each in versions if each.holds_from and each.holds_from <= on]
    return (held or versions[:1])[-1]


def complete(agreement: Agreement) -> list[Version]:
    """The texts that all signed, the oldest first (one query)."""
    rows = Version.objects.filter(agreement=agreement, state__in=Version.COMPLETE).order_by("seq")
    found = list(rows)
    for version in found:
        version.agreement = agreement
    return found


def _with_review(on: date, held: Iterable[date]) -> str:
    """The first review after that day; one held on the day itself is what it was part of."""
    after = next((each for each in held if each > on), None)
    return f"with the review of {day(after)}" if after else ""


class _Texts:
    """The wordings of the clauses of these rows in the texts that came later."""

    def __init__(self, agreement: Agreement, rows: Sequence[ByHand]) -> None:
        newest = agreement.in_force_version
        self.later: list[Version] = []
        self.words: dict[tuple[int, int], Words] = {}
        if newest is None or all(row.version_id == newest.pk for row in rows):
            return
        self.later = complete(agreement)
        texts = ClauseText.objects.filter(
            version__in=self.later, clause__in={row.clause_id for row in rows}
        )
        named = texts.values_list("clause", "version", "heading", "body")
        self.words = {(clause, version): words for clause, version, *words in named}  # type: ignore[misc]

    def lapsed(self, row: ByHand) -> str:
        before = self._of(row, row.version_id)
        for version in self.later:
            if version.seq > row.version.seq and self._of(row, version.pk) != before:
                return f"with other words of the clause from {day(version.holds_from)}"
        return ""

    def _of(self, row: ByHand, version: int) -> Words | None:
        """None where the text does not have the clause any more."""
        return self.words.get((row.clause_id, version))

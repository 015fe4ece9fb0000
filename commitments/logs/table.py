"""One log of an agreement as an Excel workbook (C04)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from agreements.core.parties import parties_of
from agreements.models import Agreement
from commitments.logs.queries import documents_called
from commitments.logs.words import MORE, WHAT, WHEN
from commitments.models import LogEntry
from house.exports import MOST_ROWS, Sheet, workbook

Kind = LogEntry.Kind


def as_workbook(agreement: Agreement, kind: str, rows: Any) -> bytes:
    """One sheet with the entries as they were asked for; no cell runs."""
    entries = list(rows[:MOST_ROWS])
    own = {Kind.ENGAGEMENT: _engagement, Kind.RISK: _risks}.get(Kind(kind))
    headers, cells = own(agreement, entries) if own else ([], [[]] * len(entries))
    shared = ["Number", WHEN[kind], WHAT[kind], MORE[kind], "Recorded by", "State", "Reason"]
    lines = [[*_shared(each), *more] for each, more in zip(entries, cells, strict=True)]
    return workbook([Sheet(Kind(kind).label, [*shared, *headers], lines)])


def _shared(entry: LogEntry) -> list[Any]:
    return [
        entry.number, entry.happened_on, entry.what, entry.text, str(entry.recorded_for),
        entry.get_state_display(), entry.because,
    ]  # fmt: skip


def _engagement(
    _: Agreement, entries: Sequence[LogEntry]
) -> tuple[list[str], list[list[Any]]]:  # fmt: skip
    titles = documents_called(entries)
    cells = [[each.groups, each.mechanism, titles.get(each.document_id or 0, "")]
             for each in entries]  # fmt: skip
    return ["Who was asked", "In which way", "Document"], cells


def _risks(agreement: Agreement, entries: Sequence[LogEntry]) -> tuple[list[str], list[list[Any]]]:
    """Each party's own reference and its address."""
    parties = parties_of(agreement)
    names = [name for party in parties for name in (_reference(party.name), _link(party.name))]
    return ["Date of review", *names], [list(_of_risk(each, parties)) for each in entries]


def _reference(name: str) -> str:
    return f"Register of {name}"


def _link(name: str) -> str:
    return f"Its address, {name}"


def _of_risk(entry: LogEntry, parties: Iterable[Any]) -> Iterable[Any]:
    held = {each.party_id: each for each in entry.references.all()}
    yield entry.review_on
    for party in parties:
        row = held.get(party.pk)
        yield from (row.reference, row.link) if row else ("", "")

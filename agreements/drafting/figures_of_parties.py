"""The table that a text prints of those who share a side: their practices and patients (D01).

A text names it {{figures:federation}}. It follows the figures of the organisations until it is
frozen, as the blanks for terms follow the terms.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import groupby

from agreements.drafting.blanks import OF_PARTIES, PRACTICES_AND_PATIENTS
from agreements.models import Party
from agreements.terms import Slot
from house import clock
from house.sharing_out import shared_out
from nhsuk.dates import day
from nhsuk.words import capital
from parties.models import Figure, figures_on

Known = Mapping[str, Figure]


def key_of(slot: str) -> str:
    return f"{OF_PARTIES}{slot}"


def asked_for(slots: Iterable[Slot]) -> dict[str, str]:
    """What these tables show, by how a template's text names them."""
    return {
        key_of(slot.key): f"{capital(PRACTICES_AND_PATIENTS)} of {slot.each}"
        for slot in slots
        if slot.many
    }


def tables_of(parties: Sequence[Party]) -> dict[str, str]:
    """The table of each side that several take, by how a text names it (one query at most).

    None where one of them has no figures: a table that leaves somebody out does not add up.
    """
    sides = [list(side) for _, side in groupby(parties, key=lambda party: party.slot)]
    shared = [side for side in sides if side[0].number]
    if not shared:
        return {}
    figures = figures_on([p.organisation.pk for side in shared for p in side], clock.today())
    return {
        key_of(side[0].slot): _table([(p.name, figures[p.organisation.pk]) for p in side])
        for side in shared
        if all(party.organisation.pk in figures for party in side)
    }


def _table(rows: Sequence[tuple[str, Known]]) -> str:
    """Markdown: a row for each, then all of them; below it as of when the figures are."""
    kinds = [kind for kind in Figure.Kind if all(kind in known for _, known in rows)]
    numbers = [[known[kind].number for kind in kinds] for _, known in rows]
    lines = [*zip((name for name, _ in rows), numbers, strict=True)]
    lines.append(("Together", [sum(column) for column in zip(*numbers, strict=True)]))
    heads = [str(kind.label) for kind in kinds]
    cells = [[f"{number:,}" for number in numbers] for _, numbers in lines]
    if Figure.Kind.POPULATION in kinds:
        heads.append("Share")
        weights = [known[Figure.Kind.POPULATION].number for _, known in rows]
        for row, share in zip(cells, [*shared_out(100, weights), 100], strict=True):
            row.append(f"{share}%")
    typed = [_row(["", *heads]), _row(["---", *["---:" for _ in heads]])]
    typed += [_row([name, *row]) for (name, _), row in zip(lines, cells, strict=True)]
    return "\n".join([*typed, "", _as_of(rows, kinds)])


def _row(cells: Iterable[str]) -> str:
    return f"| {' | '.join(cell.replace('|', chr(92) + '|') for cell in cells)} |"


def _as_of(rows: Sequence[tuple[str, Known]], kinds: Iterable[Figure.Kind]) -> str:
    days = {known[kind].as_of for _, known in rows for kind in kinds}
    if len(days) == 1:
        return f"Figures as of {day(min(days))}."
    return f"Figures as of days between {day(min(days))} and {day(max(days))}."

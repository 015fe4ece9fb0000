"""What a disposal may do to rows that nobody changes: empty their words, and nothing besides.

A disposal stands open within the one transaction that carries it out, so nobody else ever finds it
open. The database lets it write no word of its own, and no other column (record 0073).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from house.goes import GONE
from house.triggers import Trigger, declare

_UNDER_WAY = "EXISTS (SELECT 1 FROM agreements_disposal d WHERE d.done_at IS NULL{of})"
_EMPTY = f"IN ('', '{GONE}', '{{}}', '[]')"


def disposed(of: str = "") -> str:
    """SQL that a disposal is being carried out; `of` is the id of its agreement."""
    return _UNDER_WAY.format(of=f" AND d.agreement_id = {of}" if of else "")


def only_emptied(words: Iterable[str], stays: Iterable[str], *, of: str = "") -> str:
    """SQL that an UPDATE empties these columns, leaves those, and is a disposal's."""
    emptied = [f'CAST(NEW."{each}" AS TEXT) {_EMPTY}' for each in words]
    same = [f"{_text('OLD', each)} = {_text('NEW', each)}" for each in stays]
    return " AND ".join([disposed(of), *emptied, *same])


def _text(row: str, column: str) -> str:
    return f"COALESCE(CAST({row}.\"{column}\" AS TEXT), '')"


def but_emptied(
    former: Trigger, words: Sequence[str], stays: Sequence[str], *, of: str = ""
) -> list[Trigger]:
    """In place of a trigger that refuses each UPDATE: one that lets a disposal empty `words`. What
    else `former` refuses it refuses still."""
    return list(_parted(former, only_emptied(words, stays, of=of)))


def _parted(former: Trigger, emptied: str) -> Iterator[Trigger]:
    if rest := tuple(event for event in former.events if event != "UPDATE"):
        yield declare(replace(former, events=rest))
    yield declare(
        replace(
            former,
            name=f"{former.name}_words",
            events=("UPDATE",),
            condition=f"({former.condition}) AND NOT ({emptied})",
        )
    )

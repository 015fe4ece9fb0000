"""Which clauses the draft has, and in which order. Both sides may change that."""

from __future__ import annotations

from typing import Any

from django.db import transaction

from agreements.core.content import texts_of
from agreements.core.record import record
from agreements.drafting.rules.ordering import order_after
from agreements.drafting.services.editing import lock_draft, stamp
from agreements.drafting.services.keys import free_key
from agreements.models import Clause, ClauseText, Version
from house.refusals import Refused
from house.tracked import save_all
from parties.acting import Acting


def add_clause(
    *, by: Acting, version: Version, after: ClauseText | None, **fields: Any
) -> ClauseText:
    """Adds a clause below `after`, or at the end."""
    with transaction.atomic():
        draft = lock_draft(by, version)
        texts = texts_of(draft)
        place = next((i for i, t in enumerate(texts, 1) if after and t.pk == after.pk), len(texts))
        taken = Clause.objects.filter(agreement=draft.agreement).values_list("key", flat=True)
        clause = Clause.objects.create(
            agreement=draft.agreement, key=free_key(fields["heading"], set(taken))
        )
        text = ClauseText(version=draft, clause=clause, position=place + 1, **fields)
        stamp(text, by)
        text.save()
        _put_in_order([*texts[:place], text, *texts[place:]])
        _record(by, "clause_added", text)
    return text


def remove_clause(*, by: Acting, text: ClauseText, edit_no: int | None = None) -> None:
    """Takes a clause out of the draft. Earlier versions and the history keep its words.

    Raises Refused when it is no longer the text numbered `edit_no`.
    """
    with transaction.atomic():
        draft = lock_draft(by, text.version)
        current = ClauseText.objects.select_for_update().filter(pk=text.pk).first()
        if current is None:
            raise Refused("Somebody removed this clause already.")
        if edit_no is not None and current.edit_no != edit_no:
            raise Refused(
                f"{current.edited_by or 'Somebody'} changed this clause since you opened this "
                "page. Read it as it is now, then remove it if you still want to."
            )
        _record(by, "clause_removed", current)
        current.delete()
        _put_in_order(texts_of(draft))


def move_clause(*, by: Acting, text: ClauseText, places: int) -> None:
    """Moves a clause up (negative) or down as far as the end; a section goes with its clauses."""
    with transaction.atomic():
        draft = lock_draft(by, text.version)
        texts = texts_of(draft)
        index = next((i for i, t in enumerate(texts) if t.pk == text.pk), None)
        if index is None:
            raise Refused("Somebody removed this clause meanwhile.")
        order = order_after([t.kind for t in texts], index, places)
        if _put_in_order([texts[i] for i in order]):
            _record(by, "clause_moved", texts[index])


def _put_in_order(texts: list[ClauseText]) -> bool:
    """Numbers the clauses 1, 2, 3, …, saves those whose place changed; whether there were any."""
    moved = [text for place, text in enumerate(texts, start=1) if text.position != place]
    for place, text in enumerate(texts, start=1):
        text.position = place
    save_all(moved, ["position"])
    return bool(moved)


def _record(by: Acting, verb: str, text: ClauseText) -> None:
    record(
        by=by,
        verb=verb,
        agreement=text.version.agreement,
        about=text,
        heading=text.heading,
    )

"""Editing the draft: its clauses, its terms, its blanks. Both sides may."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db import transaction

from agreements.models import Clause, ClauseText, Version
from agreements.record import record
from agreements.rules.blanks import fill
from agreements.rules.content import texts_of
from agreements.rules.parties import require_role, side_of
from agreements.services.keys import free_key
from agreements.terms import Terms
from house import clock
from house.lifecycle import lock
from house.refusals import Refused
from house.tracked import save_all
from parties.acting import Acting
from parties.models import Role


class EditedMeanwhile(Refused):
    """Somebody else saved the clause first. Carries their text, so that nothing is lost."""

    def __init__(self, theirs: ClauseText) -> None:
        super().__init__(
            f"{theirs.edited_by} saved this clause while you were editing it. "
            "Both texts are below: choose one, or bring them together, then save again."
        )
        self.theirs = theirs


def lock_draft(by: Acting, version: Version) -> Version:
    """The draft, locked, when this person may edit it now. Raises NotYours or Refused."""
    require_role(by, Role.EDITOR, Role.MANAGER)
    side_of(version.agreement, by)
    current = lock(version)
    if not current.is_draft:
        raise Refused(
            f"This text is {current.name} now and no longer changes. "
            "Recall the version to change its text."
        )
    return current


def edit_clause(*, by: Acting, text: ClauseText, edit_no: int, **changes: Any) -> ClauseText:
    """Saves a clause that was read as number `edit_no`.

    Raises EditedMeanwhile when somebody else saved it since, Refused when it was removed.
    """
    with transaction.atomic():
        lock_draft(by, text.version)
        current = ClauseText.objects.select_for_update().filter(pk=text.pk).first()
        if current is None:
            raise Refused("Somebody removed this clause while you were editing it.")
        if current.edit_no != edit_no:
            raise EditedMeanwhile(current)
        for name, value in changes.items():
            setattr(current, name, value)
        _stamp(current, by)
        current.save()
        record(by=by, verb="clause_edited", agreement=text.version.agreement, about=current,
               heading=current.heading)
    return current


def add_clause(*, by: Acting, version: Version, after: ClauseText | None, **fields: Any) -> ClauseText:
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
        _stamp(text, by)
        text.save()
        _put_in_order([*texts[:place], text, *texts[place:]])
        record(by=by, verb="clause_added", agreement=draft.agreement, about=text,
               heading=text.heading)
    return text


def remove_clause(*, by: Acting, text: ClauseText) -> None:
    """Takes a clause out of the draft. Earlier versions and the history keep its words."""
    with transaction.atomic():
        draft = lock_draft(by, text.version)
        record(by=by, verb="clause_removed", agreement=draft.agreement, about=text,
               heading=text.heading)
        text.delete()
        _put_in_order(texts_of(draft))


def move_clause(*, by: Acting, text: ClauseText, places: int) -> None:
    """Moves a clause up (negative) or down by so many places; it stops at the ends."""
    with transaction.atomic():
        draft = lock_draft(by, text.version)
        texts = texts_of(draft)
        place = next((i for i, t in enumerate(texts) if t.pk == text.pk), None)
        if place is None:
            raise Refused("Somebody removed this clause meanwhile.")
        moved = texts.pop(place)
        texts.insert(max(0, min(place + places, len(texts))), moved)
        _put_in_order(texts)
        record(by=by, verb="clause_moved", agreement=draft.agreement, about=moved,
               heading=moved.heading)


def edit_terms(*, by: Acting, version: Version, terms: Terms) -> None:
    """Changes the draft's typed terms."""
    with transaction.atomic():
        draft = lock_draft(by, version)
        draft.terms = terms.model_dump(mode="json")
        draft.save(update_fields=["terms"])
        record(by=by, verb="terms_edited", agreement=draft.agreement, about=draft)


def fill_blanks(*, by: Acting, version: Version, values: Mapping[str, str]) -> None:
    """Fills blanks in, wherever they stand in the draft."""
    with transaction.atomic():
        draft = lock_draft(by, version)
        changed = []
        for text in texts_of(draft):
            body, heading = fill(text.body, values), fill(text.heading, values)
            if (body, heading) != (text.body, text.heading):
                text.body, text.heading = body, heading
                _stamp(text, by)
                changed.append(text)
        save_all(changed, ["body", "heading", "edit_no", "edited_by", "edited_at"])
        record(by=by, verb="blanks_filled", agreement=draft.agreement, about=draft)


def _stamp(text: ClauseText, by: Acting) -> None:
    text.edit_no += 1
    text.edited_by = by.user  # type: ignore[assignment]
    text.edited_at = clock.now()


def _put_in_order(texts: list[ClauseText]) -> None:
    """Numbers the clauses 1, 2, 3, … and saves those whose place changed."""
    moved = [text for place, text in enumerate(texts, start=1) if text.position != place]
    for place, text in enumerate(texts, start=1):
        text.position = place
    save_all(moved, ["position"])

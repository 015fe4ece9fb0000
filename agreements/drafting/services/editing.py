"""Editing an agreement's draft: its clauses, its terms, its blanks. Both sides may."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db import transaction

from agreements.core.access import write_access
from agreements.core.locking import check_not_fixed, lock_version
from agreements.core.parties import require_role, side_of
from agreements.core.telling import record
from agreements.core.texts import texts_of
from agreements.drafting.blanks import LONGEST_HEADING, fill
from agreements.drafting.services.clauses import Editing
from agreements.drafting.wording import worded, words_of
from agreements.models import Clause, ClauseText, Version
from agreements.terms import Terms
from house import clock
from house.lifecycle import lock
from house.refusals import Refused
from house.tracked import save_all
from parties.acting import Acting
from parties.who import DRAFTERS

LONGEST_BODY = 20_000


def lock_draft(by: Acting, version: Version) -> Version:
    """The draft, locked, when this person may edit it now. Raises NotYours or Refused."""
    require_role(by, DRAFTERS)
    side_of(version.agreement, by)
    current = lock_version(version)
    if not current.is_draft:
        recall = " Recall the version to change its text." if current.is_under_way else ""
        raise Refused(f"This text is {current.name} now and no longer changes.{recall}")
    if current.agreement.is_over:
        raise Refused("Work on this agreement was stopped. Its text no longer changes.")
    current.agreement = version.agreement
    return current


def lock_to_edit(by: Acting, version: Version) -> Version:
    """The same for a change of clauses or terms, which a text that went to many does not take."""
    draft = lock_draft(by, version)
    check_not_fixed(draft.agreement)
    return draft


class DraftEditing(Editing[Version, ClauseText]):
    """Each edit stands in the agreement's story, and on the clause who made it."""

    rows = ClauseText
    lock = staticmethod(lock_to_edit)

    def in_order(self, draft: Version) -> list[ClauseText]:
        return texts_of(draft)

    def keys_taken(self, draft: Version) -> set[str]:
        return set(Clause.objects.filter(agreement=draft.agreement).values_list("key", flat=True))

    def make(self, by: Acting, draft: Version, key: str, **fields: Any) -> ClauseText:
        clause = Clause.objects.create(agreement=draft.agreement, key=key)
        text = ClauseText(version=draft, clause=clause, **fields)
        self.stamp(text, by)
        text.save()
        return text

    def stamp(self, clause: ClauseText, by: Acting) -> None:
        super().stamp(clause, by)
        clause.edited_by, clause.edited_at = by.who, clock.now()

    def write_down(
        self, by: Acting, verb: str, draft: Version, clause: ClauseText | None = None
    ) -> None:
        said = {"heading": clause.heading} if clause else {}
        record(by=by, verb=verb, agreement=draft.agreement, about=clause or draft, **said)

    def edit_terms(self, *, by: Acting, version: Version, terms: Terms, shown: str = "") -> bool:
        with transaction.atomic():
            changed = super().edit_terms(by=by, version=version, terms=terms, shown=shown)
            if changed:
                # The terms name the contact roles, and so say which of them are vacant.
                write_access(lock(version.agreement))
        return changed


EDITING = DraftEditing()
add_clause, edit_clause = EDITING.add_clause, EDITING.edit_clause
move_clause, remove_clause = EDITING.move_clause, EDITING.remove_clause
edit_terms = EDITING.edit_terms


def fill_blanks(*, by: Acting, version: Version, values: Mapping[str, str]) -> int:
    """Fills blanks in, wherever they stand in the draft. Returns how many clauses changed.

    Raises Refused when a heading or a text would become too long.
    """
    with transaction.atomic():
        draft = lock_draft(by, version)
        changed = []
        for text in texts_of(draft):
            body, heading = fill(text.body, values), fill(text.heading, values)
            if (body, heading) != (text.body, text.heading):
                _check_length(text, heading, body)
                text.body, text.heading = body, heading
                EDITING.stamp(text, by)
                changed.append(text)
        if changed:
            save_all(changed, ["body", "heading", "edit_no", "edited_by", "edited_at"])
            EDITING.write_down(by, "blanks_filled", draft)
    return len(changed)


def write_words(draft: Version) -> None:
    """Writes the words of the terms in place of their blanks, into the draft that is being frozen.

    What was written stays beside them for the draft after it. Raises Refused when a clause becomes
    too long.
    """
    texts, changed = texts_of(draft), []
    for text, read in zip(texts, worded(texts, words_of(draft)), strict=True):
        if text is not read:
            _check_length(text, read.heading, read.body)
            text.heading_with_blanks, text.body_with_blanks = text.heading, text.body
            text.heading, text.body = read.heading, read.body
            changed.append(text)
    save_all(changed, ["heading", "body", "heading_with_blanks", "body_with_blanks"])


def _check_length(text: ClauseText, heading: str, body: str) -> None:
    if len(heading) > LONGEST_HEADING or len(body) > LONGEST_BODY:
        raise Refused(f"With this, the clause “{text.heading}” would become too long. Shorten it.")

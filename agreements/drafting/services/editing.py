"""Editing the draft: the wording of its clauses, its terms, its blanks. Both sides may."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db import transaction

from agreements.core.access import write_access
from agreements.core.content import texts_of
from agreements.core.parties import require_role, side_of
from agreements.core.record import record
from agreements.drafting.rules.blanks import fill
from agreements.models import Agreement, ClauseKind, ClauseText, Version
from agreements.terms import Terms, as_stored
from house import clock
from house.canonical import fingerprint
from house.lifecycle import lock
from house.refusals import Refused
from house.tracked import save_all
from parties.acting import Acting
from parties.models import Role

LONGEST_HEADING = 200
LONGEST_BODY = 20_000


class EditedMeanwhile(Refused):
    """Somebody else saved the clause first. Carries their text, so that nothing is lost."""

    def __init__(self, theirs: ClauseText) -> None:
        super().__init__(
            f"{theirs.edited_by or 'Somebody'} saved this clause while you were editing it. "
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
    # Asked again: the caller's agreement may be from before somebody stopped the work.
    if Agreement.objects.filter(pk=current.agreement_id, state__in=Agreement.OVER).exists():
        raise Refused("Work on this agreement was stopped. Its text no longer changes.")
    current.agreement = version.agreement
    return current


def edit_clause(*, by: Acting, text: ClauseText, edit_no: int, **changes: Any) -> ClauseText:
    """Saves a clause that was read as number `edit_no`; a principle is bound to nothing (A04).

    Raises EditedMeanwhile when somebody else saved it since, Refused when it was removed. What is
    as it was already is not written again.
    """
    with transaction.atomic():
        lock_draft(by, text.version)
        current = ClauseText.objects.select_for_update().filter(pk=text.pk).first()
        if current is None:
            raise Refused("Somebody removed this clause while you were editing it.")
        if changes.get("kind", current.kind) == ClauseKind.PRINCIPLE:
            changes["bindings"] = []
        if all(getattr(current, name) == value for name, value in changes.items()):
            return current
        if current.edit_no != edit_no:
            raise EditedMeanwhile(current)
        for name, value in changes.items():
            setattr(current, name, value)
        stamp(current, by)
        current.save()
        record(
            by=by,
            verb="clause_edited",
            agreement=text.version.agreement,
            about=current,
            heading=current.heading,
        )
    return current


def edit_terms(*, by: Acting, version: Version, terms: Terms, shown: str = "") -> bool:
    """Changes the draft's typed terms; `shown` is the fingerprint of those one started from.

    Returns whether anything changed. Raises Refused when somebody else changed them since.
    """
    with transaction.atomic():
        draft = lock_draft(by, version)
        if draft.typed_terms == terms:
            return False
        if shown and terms_fingerprint(draft) != shown:
            raise Refused(
                "Somebody changed the terms while you were editing them. Look at them as they are "
                "now in another window, then save again to put yours in their place."
            )
        draft.terms = as_stored(terms)
        draft.save(update_fields=["terms"])
        record(by=by, verb="terms_edited", agreement=draft.agreement, about=draft)
        # The terms name the contact roles, and so say which of them are vacant.
        write_access(lock(draft.agreement))
    return True


def terms_fingerprint(version: Version) -> str:
    """Tells whether two people look at the same terms."""
    return fingerprint(version.terms)


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
                stamp(text, by)
                changed.append(text)
        if changed:
            save_all(changed, ["body", "heading", "edit_no", "edited_by", "edited_at"])
            record(by=by, verb="blanks_filled", agreement=draft.agreement, about=draft)
    return len(changed)


def stamp(text: ClauseText, by: Acting) -> None:
    """Notes on the clause, unsaved, that this person edited it now."""
    text.edit_no += 1
    text.edited_by = by.who
    text.edited_at = clock.now()


def _check_length(text: ClauseText, heading: str, body: str) -> None:
    if len(heading) > LONGEST_HEADING or len(body) > LONGEST_BODY:
        raise Refused(f"With this, the clause “{text.heading}” would become too long. Shorten it.")

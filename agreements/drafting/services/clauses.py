"""A draft as people edit it, of an agreement or of a template: its clauses, their order, its terms.

Two people may edit one draft at the same time: nothing is written over that somebody has not seen.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Collection, Sequence
from typing import Any, Generic, TypeVar, cast

from django.db import transaction
from django.utils.text import slugify

from agreements.drafting.rules import free_key, order_after
from agreements.models import ClauseKind, ClauseText, TemplateClause, TemplateVersion, Version
from agreements.terms import Terms, as_stored
from house.canonical import fingerprint
from house.refusals import Refused
from house.tracked import save_all
from parties.acting import Acting

D = TypeVar("D", bound=Version | TemplateVersion)
C = TypeVar("C", bound=ClauseText | TemplateClause)


class EditedMeanwhile(Refused):
    """Somebody else saved the clause first. Carries their text, so that nothing is lost."""

    def __init__(self, theirs: ClauseText | TemplateClause) -> None:
        super().__init__(
            f"{theirs.last_editor or 'Somebody'} saved this clause while you were editing it. "
            "Both texts are below: choose one, or bring them together, then save again."
        )
        self.theirs = theirs


class Editing(ABC, Generic[D, C]):
    """What people do to a draft. Each kind of draft says who may, and how it is written down."""

    rows: type[C]

    @abstractmethod
    def lock(self, by: Acting, version: D) -> D:
        """The draft, locked, when this person may edit it now. Raises NotYours or Refused."""

    def in_order(self, draft: D) -> list[C]:
        """Its clauses in the order of the text."""
        found = self.rows._default_manager.filter(version=draft).order_by("position", "pk")
        return cast("list[C]", list(found))

    @abstractmethod
    def keys_taken(self, draft: D) -> Collection[str]:
        """The keys of all clauses that this or an earlier version had."""

    @abstractmethod
    def make(self, by: Acting, draft: D, key: str, **fields: Any) -> C: ...

    @abstractmethod
    def write_down(self, by: Acting, verb: str, draft: D, clause: C | None = None) -> None: ...

    def stamp(self, clause: C, by: Acting) -> None:
        """Notes on the clause, unsaved, that this person edited it now."""
        clause.edit_no += 1

    def edit_clause(self, *, by: Acting, clause: C, edit_no: int, **changes: Any) -> C:
        """Saves a clause that was read as number `edit_no`; a principle is bound to nothing (A04).

        Raises EditedMeanwhile when somebody else saved it since, Refused when it was removed. What
        is as it was already is not written again.
        """
        with transaction.atomic():
            draft = self._draft_of(clause)
            self.lock(by, draft)
            gone = "Somebody removed this clause while you were editing it."
            current = self._locked(clause, gone)
            if changes.get("kind", current.kind) == ClauseKind.PRINCIPLE:
                changes["bindings"] = []
            if all(getattr(current, name) == value for name, value in changes.items()):
                return current
            if current.edit_no != edit_no:
                raise EditedMeanwhile(current)
            for name, value in changes.items():
                setattr(current, name, value)
            self.stamp(current, by)
            current.save()
            self.write_down(by, "clause_edited", draft, current)
        return current

    def add_clause(self, *, by: Acting, version: D, after: C | None = None, **fields: Any) -> C:
        """Adds a clause below `after`, or at the end; a principle is bound to nothing (A04)."""
        if fields["kind"] == ClauseKind.PRINCIPLE:
            fields["bindings"] = []
        with transaction.atomic():
            draft = self.lock(by, version)
            clauses = self.in_order(draft)
            places = (i for i, each in enumerate(clauses, 1) if after and each.pk == after.pk)
            place = next(places, len(clauses))
            stem = slugify(fields["heading"])[:70] or "clause"
            key = free_key(stem, self.keys_taken(draft))
            made = self.make(by, draft, key, position=place + 1, **fields)
            _put_in_order([*clauses[:place], made, *clauses[place:]])
            self.write_down(by, "clause_added", draft, made)
        return made

    def remove_clause(self, *, by: Acting, clause: C, edit_no: int | None = None) -> None:
        """Takes a clause out of the draft. Earlier versions and the history keep its words.

        Raises Refused when it is no longer the text numbered `edit_no`.
        """
        with transaction.atomic():
            draft = self.lock(by, self._draft_of(clause))
            current = self._locked(clause, "Somebody removed this clause already.")
            if edit_no is not None and current.edit_no != edit_no:
                raise Refused(
                    f"{current.last_editor or 'Somebody'} changed this clause since you opened "
                    "this page. Read it as it is now, then remove it if you still want to."
                )
            self.write_down(by, "clause_removed", draft, current)
            current.delete()
            _put_in_order(self.in_order(draft))

    def move_clause(self, *, by: Acting, clause: C, places: int) -> None:
        """Moves it up (negative) or down as far as the end; a section goes with its clauses."""
        with transaction.atomic():
            draft = self.lock(by, self._draft_of(clause))
            clauses = self.in_order(draft)
            index = next((i for i, each in enumerate(clauses) if each.pk == clause.pk), None)
            if index is None:
                raise Refused("Somebody removed this clause meanwhile.")
            order = order_after([each.kind for each in clauses], index, places)
            if _put_in_order([clauses[i] for i in order]):
                self.write_down(by, "clause_moved", draft, clauses[index])

    def edit_terms(self, *, by: Acting, version: D, terms: Terms, shown: str = "") -> bool:
        """Changes the draft's typed terms; `shown` is the fingerprint of those one started from.

        Returns whether anything changed. Raises Refused when somebody else changed them since.
        """
        with transaction.atomic():
            draft = self.lock(by, version)
            if draft.typed_terms == terms:
                return False
            if shown and terms_fingerprint(draft) != shown:
                raise Refused(
                    "Somebody changed the terms while you were editing them. Look at them as they "
                    "are now in another window, then save again to put yours in their place."
                )
            draft.terms = as_stored(terms)
            draft.save(update_fields=["terms"])
            self.write_down(by, "terms_edited", draft)
        return True

    def _draft_of(self, clause: C) -> D:
        return cast("D", clause.version)

    def _locked(self, clause: C, gone: str) -> C:
        """The clause as the database holds it. Raises Refused, with this sentence, without one."""
        found = self.rows._default_manager.select_for_update().filter(pk=clause.pk).first()
        if found is None:
            raise Refused(gone)
        return cast("C", found)


def terms_fingerprint(version: Version | TemplateVersion) -> str:
    """Tells whether two people look at the same terms."""
    return fingerprint(version.terms)


def _put_in_order(clauses: Sequence[ClauseText | TemplateClause]) -> bool:
    """Numbers the clauses 1, 2, 3, …, saves those whose place changed; whether there were any."""
    moved = [clause for place, clause in enumerate(clauses, 1) if clause.position != place]
    for place, clause in enumerate(clauses, 1):
        clause.position = place
    save_all(moved, ["position"])
    return bool(moved)

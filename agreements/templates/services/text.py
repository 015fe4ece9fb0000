"""Editing the text of a template's draft: its clauses, their order, its terms (A01)."""

from __future__ import annotations

from typing import Any

from django.db import transaction

from agreements.drafting.rules.ordering import order_after
from agreements.drafting.services.keys import free_key
from agreements.models import ClauseKind, TemplateClause, TemplateVersion
from agreements.templates.services.keeping import lock_draft
from agreements.terms import Terms, as_stored
from house.canonical import fingerprint
from house.refusals import Refused
from house.tracked import save_all
from parties.acting import Acting
from parties.services.recording import record


class ChangedMeanwhile(Refused):
    """Somebody else saved the clause first. Carries their text, so that nothing is lost."""

    def __init__(self, theirs: TemplateClause) -> None:
        self.who = last_editor(theirs) or "Somebody"
        super().__init__(
            f"{self.who} saved this clause while you were editing it. Both texts are below: "
            "choose one, or bring them together, then save again."
        )
        self.theirs = theirs


def last_editor(clause: TemplateClause) -> str:
    """Who saved the clause last, by name; empty when its history does not say."""
    newest = clause.history.select_related("history_user__person").first()
    return str(newest.history_user) if newest and newest.history_user else ""


def edit_template_clause(
    *, by: Acting, clause: TemplateClause, edit_no: int, **changes: Any
) -> TemplateClause:
    """Saves a clause that was read as number `edit_no`; a principle is bound to nothing (A04).

    Raises ChangedMeanwhile when somebody else saved it since, Refused when it was removed. What
    is as it was already is not written again.
    """
    with transaction.atomic():
        lock_draft(by, clause.version)
        current = _as_it_is(clause)
        if changes.get("kind", current.kind) == ClauseKind.PRINCIPLE:
            changes["bindings"] = []
        if all(getattr(current, name) == value for name, value in changes.items()):
            return current
        if current.edit_no != edit_no:
            raise ChangedMeanwhile(current)
        for name, value in changes.items():
            setattr(current, name, value)
        current.edit_no += 1
        current.save()
        record(by, "template_clause_edited", current.version.template, key=current.key)
    return current


def add_template_clause(
    *, by: Acting, version: TemplateVersion, after: TemplateClause | None = None, **fields: Any
) -> TemplateClause:
    """Adds a clause below `after`, or at the end."""
    with transaction.atomic():
        draft = lock_draft(by, version)
        clauses = _in_order(draft)
        place = next(
            (i for i, c in enumerate(clauses, 1) if after and c.pk == after.pk), len(clauses)
        )
        # A key that an earlier version used stays that clause's own.
        taken = TemplateClause.objects.filter(version__template=draft.template_id)
        key = free_key(fields["heading"], set(taken.values_list("key", flat=True)))
        clause = TemplateClause.objects.create(version=draft, key=key, position=place + 1, **fields)
        _put_in_order([*clauses[:place], clause, *clauses[place:]])
        record(by, "template_clause_added", draft.template, key=key)
    return clause


def remove_template_clause(
    *, by: Acting, clause: TemplateClause, edit_no: int | None = None
) -> None:
    """Takes a clause out of the draft. Earlier versions and the history keep its words.

    Raises Refused when it is no longer the text numbered `edit_no`.
    """
    with transaction.atomic():
        draft = lock_draft(by, clause.version)
        current = _as_it_is(clause)
        if edit_no is not None and current.edit_no != edit_no:
            raise Refused(
                f"{last_editor(current) or 'Somebody'} changed this clause since you opened this "
                "page. Read it as it is now, then remove it if you still want to."
            )
        record(by, "template_clause_removed", draft.template, key=current.key)
        current.delete()
        _put_in_order(_in_order(draft))


def move_template_clause(*, by: Acting, clause: TemplateClause, places: int) -> None:
    """Moves a clause up (negative) or down as far as the end; a section goes with its clauses."""
    with transaction.atomic():
        draft = lock_draft(by, clause.version)
        clauses = _in_order(draft)
        index = next((i for i, c in enumerate(clauses) if c.pk == clause.pk), None)
        if index is None:
            raise Refused("Somebody removed this clause meanwhile.")
        order = order_after([c.kind for c in clauses], index, places)
        if _put_in_order([clauses[i] for i in order]):
            record(by, "template_clause_moved", draft.template, key=clause.key)


def edit_template_terms(
    *, by: Acting, version: TemplateVersion, terms: Terms, shown: str = ""
) -> bool:
    """Changes the draft's terms; `shown` is the fingerprint of those one started from.

    Returns whether anything changed. Raises Refused when somebody else changed them since.
    """
    with transaction.atomic():
        draft = lock_draft(by, version)
        if draft.typed_terms == terms:
            return False
        if shown and template_terms_fingerprint(draft) != shown:
            raise Refused(
                "Somebody changed the terms while you were editing them. Look at them as they are "
                "now in another window, then save again to put yours in their place."
            )
        draft.terms = as_stored(terms)
        draft.save(update_fields=["terms"])
        record(by, "template_terms_edited", draft.template)
    return True


def template_terms_fingerprint(version: TemplateVersion) -> str:
    """Tells whether two people look at the same terms."""
    return fingerprint(version.terms)


def _as_it_is(clause: TemplateClause) -> TemplateClause:
    """The clause as the database holds it, locked. Raises Refused when it is gone."""
    current: TemplateClause | None = (
        TemplateClause.objects.select_for_update().filter(pk=clause.pk).first()
    )
    if current is None:
        raise Refused("Somebody removed this clause meanwhile.")
    return current


def _in_order(draft: TemplateVersion) -> list[TemplateClause]:
    return list(draft.clauses.order_by("position", "pk"))


def _put_in_order(clauses: list[TemplateClause]) -> bool:
    """Numbers the clauses 1, 2, 3, …, saves those whose place changed; whether there were any."""
    moved = [clause for place, clause in enumerate(clauses, 1) if clause.position != place]
    for place, clause in enumerate(clauses, 1):
        clause.position = place
    save_all(moved, ["position"])
    return bool(moved)

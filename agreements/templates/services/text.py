"""Editing the text of a template's draft: its clauses, their order, its terms (A01)."""

from __future__ import annotations

from typing import Any

from agreements.drafting.services.clauses import Editing
from agreements.models import TemplateClause, TemplateVersion
from agreements.templates.services.keeping import lock_draft
from parties.acting import Acting
from parties.services.recording import record


class TemplateEditing(Editing[TemplateVersion, TemplateClause]):
    """The history of the rows says who edited what."""

    rows = TemplateClause

    def lock(self, by: Acting, version: TemplateVersion) -> TemplateVersion:
        return lock_draft(by, version)

    def in_order(self, draft: TemplateVersion) -> list[TemplateClause]:
        return list(draft.clauses.order_by("position", "pk"))

    def keys_taken(self, draft: TemplateVersion) -> set[str]:
        # A key that an earlier version used stays that clause's own.
        ever = TemplateClause.objects.filter(version__template=draft.template_id)
        return set(ever.values_list("key", flat=True))

    def make(self, by: Acting, draft: TemplateVersion, key: str, **fields: Any) -> TemplateClause:
        made: TemplateClause = TemplateClause.objects.create(version=draft, key=key, **fields)
        return made

    def write_down(
        self, by: Acting, verb: str, draft: TemplateVersion, clause: TemplateClause | None = None
    ) -> None:
        said = {"key": clause.key} if clause else {}
        record(by, f"template_{verb}", draft.template, **said)


EDITING = TemplateEditing()
add_template_clause, edit_template_clause = EDITING.add_clause, EDITING.edit_clause
remove_template_clause, edit_template_terms = EDITING.remove_clause, EDITING.edit_terms

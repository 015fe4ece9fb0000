"""What a template's draft changes, against the version before it."""

from __future__ import annotations

from functools import cached_property

from agreements.drafting.pages.compare import Comparison, TermChange, term_changes
from agreements.drafting.pages.terms import terms_in_words
from agreements.drafting.rules.compare import ClauseChange, compare_clauses
from agreements.models import TemplateVersion
from agreements.templates.pages.text import as_text, sides_of
from nhsuk.components import Words


class TemplateComparison(Comparison):
    """Two versions of one template, compared as those of an agreement are (two queries)."""

    def __init__(self, before: TemplateVersion, after: TemplateVersion) -> None:
        self.before, self.after = before, after
        self.sides = sides_of(after)

    @cached_property
    def all_clauses(self) -> list[ClauseChange]:
        old, new = ([as_text(c) for c in v.clauses.all()] for v in (self.before, self.after))
        return compare_clauses(old, new)

    @cached_property
    def terms(self) -> list[TermChange]:
        """The terms that differ, in words."""
        old, new = (terms_in_words(v.typed_terms, self.sides) for v in (self.before, self.after))
        return term_changes(old, new)

    @cached_property
    def names(self) -> list[list[Words]]:
        return []


def changes_since(version: TemplateVersion) -> TemplateComparison | None:
    """What this version changes; None for a template's first."""
    earlier = version.template.versions.filter(seq__lt=version.seq)
    before = earlier.order_by("-seq").first()
    return TemplateComparison(before, version) if before else None

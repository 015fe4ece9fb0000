"""What the texts of templates and of versions have in common: clauses, and typed terms."""

from __future__ import annotations

from typing import Any

from django.db import models

from agreements.terms import Terms, read_terms


class ClauseKind(models.TextChoices):
    SECTION = "section", "Section heading"
    PRINCIPLE = "principle", "Principle"
    DUTY = "duty", "Duty"
    ROLE = "role", "Role"
    STATEMENT = "statement", "Statement"
    DEFINITION = "definition", "Definition"


class ClauseStatus(models.TextChoices):
    DEFINED = "defined", "Defined"
    TO_BE_DEFINED = "to_be_defined", "Left for a later version"


class ClauseFields(models.Model):
    """The wording of a clause, its place, and what keeps it."""

    position = models.PositiveIntegerField()
    kind = models.CharField(max_length=12, choices=ClauseKind.choices)
    heading = models.CharField(max_length=200)
    body = models.TextField(max_length=20_000, blank=True)
    # What keeps the clause, as names of keepings that rooms answer for.
    bindings = models.JSONField(default=list, blank=True)
    owed_by = models.JSONField(default=list, blank=True)
    # The optimistic lock: a form carries the number it was made from.
    edit_no = models.PositiveIntegerField(default=0)

    class Meta:
        abstract = True
        ordering = ["position", "pk"]

    def __str__(self) -> str:
        return self.heading


class TypedTerms:
    """Mix in before a model with a JSON field `terms`."""

    terms: Any
    _typed: tuple[Any, Terms] | None = None

    @property
    def typed_terms(self) -> Terms:
        """The terms, whatever format they are stored in.

        A page asks many times: they are checked once for what was read.
        """
        if self._typed is None or self._typed[0] is not self.terms:
            self._typed = (self.terms, read_terms(self.terms))
        return self._typed[1]

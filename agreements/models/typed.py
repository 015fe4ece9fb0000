from __future__ import annotations

from typing import Any

from agreements.terms import Terms, read_terms


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

"""The agreements that an entry can be passed on to, as a form offers them (record 0040)."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from agreements.core.choices import with_other_parties
from agreements.models import Agreement
from nhsuk.offers import FEW, Choices
from parties.acting import Acting


class OtherAgreements:
    """One's own that are in force: a list while they are few, else typed by their references."""

    how = "Type their references, for example MOU-0061."

    def __init__(self, rows: Any, acting: Acting) -> None:
        self.rows, self.acting = rows, acting

    def few(self) -> Choices | None:
        found = list(self.rows[: FEW + 1])
        return None if len(found) > FEW else self._named(found)

    def among(self, values: Collection[str]) -> Choices:
        return self._named(self.rows.filter(reference__in=values))

    def meant(self, typed: str, most: int) -> Choices:
        return self._named(self.rows.filter(reference=typed.strip().upper())[:most])

    def chosen(self, references: Collection[str]) -> list[Agreement]:
        """Those that were chosen; what is none of them any more is left out."""
        return list(self.rows.filter(reference__in=references))

    def _named(self, rows: Any) -> Choices:
        return with_other_parties(rows, self.acting, value="reference")

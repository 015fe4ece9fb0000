"""Choosing what an e-mail is about, of the things of its agreement."""

from __future__ import annotations

from functools import cached_property
from itertools import chain
from typing import Any

from django.db.models import Model

from agreements.core.emailing import Things, kinds
from agreements.emails.agreement import AgreementsEmailed
from agreements.models import Agreement
from house.refusals import Refused
from nhsuk.offers import Choices
from nhsuk.words import capital
from parties.acting import Acting

# The newest of each kind: older ones take e-mails on their own pages.
MOST = 8


class ToChoose:
    """The newest things of an agreement on which the reader may put e-mails, and it as such (a
    query or two for each kind)."""

    def __init__(self, agreement: Agreement, by: Acting, *, but: str = "") -> None:
        self.agreement, self.by, self.but = agreement, by, but

    @cached_property
    def rows(self) -> dict[str, tuple[Things[Any], Model]]:
        """By what the form sends: "change:4"."""
        found = chain.from_iterable(self._of(each) for each in kinds() if each.key != self.but)
        return {f"{things.key}:{row.pk}": (things, row) for things, row in found}

    @property
    def choices(self) -> Choices:
        return [
            (key, _called(things, things.said(row).name))
            for key, (things, row) in self.rows.items()
        ]

    def chosen(self, key: str) -> tuple[Things[Any], Model]:
        """Raises Refused for what is not there any more."""
        if key not in self.rows:
            raise Refused("This is not there any more. Choose again.", field="where")
        return self.rows[key]

    def _of(self, things: Things[Any]) -> list[tuple[Things[Any], Model]]:
        if isinstance(things, AgreementsEmailed):
            return [(things, self.agreement)]
        rows = things.of_agreement(self.agreement, self.by)
        newest = list(rows[:MOST]) if rows is not None else []
        for row in newest:
            if hasattr(row, "agreement"):
                row.agreement = self.agreement
        return [(things, row) for row in newest if things.may_put(row, self.by)]


def _called(things: Things[Any], name: str) -> str:
    return capital(things.label) if isinstance(things, AgreementsEmailed) else name

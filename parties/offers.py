"""Organisations and people as forms offer them to choose one from (nhsuk/offers.py)."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import Any

from django.db.models import Q, QuerySet

from house import clock
from house.keys import ids_in
from nhsuk.dates import day
from nhsuk.forms import PickField
from nhsuk.offers import FEW, Choices, words_in
from parties.models import Organisation, OrganisationName, Person
from parties.models.organisations import OrganisationQuerySet

LONGEST_CODE = 10
CLOSED = "closed on "


class Organisations:
    """The organisations of a query, each under the name of today and known by every name it had."""

    how = "Type the name or a part of it, or the ODS code."

    def __init__(self, rows: OrganisationQuerySet) -> None:
        self.rows = rows

    def few(self) -> Choices | None:
        if len(self.rows.order_by().values_list("pk", flat=True)[: FEW + 1]) > FEW:
            return None
        return [(str(each.pk), _told_apart(each)) for each in self._in_order(self.rows)]

    def among(self, values: Collection[str]) -> Choices:
        return self._told_apart(self.rows.filter(pk__in=ids_in(values)))

    def names_of(self, values: Collection[str]) -> Choices:
        """Those of these values that are on offer, as they are called."""
        rows = self.rows.filter(pk__in=list(values))
        return [(str(each.pk), each.name) for each in self._in_order(rows)]

    def meant(self, typed: str, most: int) -> Choices:
        for rows in self._readings(typed):
            if found := self._told_apart(rows.order_by("pk")[:most]):
                return found
        return []

    def _readings(self, typed: str) -> Iterable[OrganisationQuerySet]:
        """What the words can mean, the most exact first."""
        code = typed.rpartition(" (")[2].partition(",")[0].removesuffix(")").replace(" ", "")
        if len(code) <= LONGEST_CODE:
            yield self.rows.filter(ods_code=code.upper())
        name, _, closed = typed.partition(f" ({CLOSED}")
        if closed:
            yield self._called(Q(name__iexact=name)).filter(closed_on__lt=clock.today())
        yield self._called(Q(name__iexact=typed))
        if words := words_in(typed):
            each = (Q(name__icontains=word) for word in words)
            yield self._called(Q(*each))

    def _called(self, which: Q) -> OrganisationQuerySet:
        named = OrganisationName.objects.filter(which).values("organisation")
        return self.rows.filter(pk__in=named)

    def _told_apart(self, rows: OrganisationQuerySet) -> Choices:
        return [(str(each.pk), _told_apart(each, each.ods_code)) for each in self._in_order(rows)]

    def _in_order(self, rows: OrganisationQuerySet) -> list[Organisation]:
        return sorted(rows.named(), key=lambda each: each.name.casefold())


def _told_apart(organisation: Organisation, code: str | None = None) -> str:
    """The name, with the code, and the day on which it closed: others have the name by now."""
    closed = f"{CLOSED}{day(organisation.closed_on)}" if organisation.is_closed else ""
    behind = ", ".join(filter(None, (code, closed)))
    return f"{organisation.name} ({behind})" if behind else organisation.name


class People:
    """The people of a query, by name. Two of one name are told apart by their addresses."""

    how = "Type the name or a part of it, or the e-mail address."

    def __init__(self, rows: QuerySet[Person]) -> None:
        self.rows = rows.order_by("name", "pk")

    def few(self) -> Choices | None:
        found = list(self.rows[: FEW + 1])
        return [(str(p.pk), p.name) for p in found] if len(found) <= FEW else None

    def among(self, values: Collection[str]) -> Choices:
        return self._told_apart(self.rows.filter(pk__in=ids_in(values)))

    def meant(self, typed: str, most: int) -> Choices:
        each = (Q(name__icontains=word) for word in words_in(typed))
        by_words = self.rows.filter(*each) if words_in(typed) else self.rows.none()
        address = typed.rpartition(", ")[2]
        for rows in (self.rows.filter(email__iexact=address) if "@" in address else None,
                     self.rows.filter(name__iexact=typed), by_words):  # fmt: skip
            if rows is not None and (found := self._told_apart(rows[:most])):
                return found
        return []

    def _told_apart(self, rows: QuerySet[Person]) -> Choices:
        return [(str(p.pk), f"{p.name}, {p.email}" if p.email else p.name) for p in rows]


class PersonField(PickField):
    """The same as a person; None for nobody."""

    offered: Any

    def clean(self, value: Any) -> Any:
        chosen = super().clean(value)
        return self.offered.rows.filter(pk=chosen).first() if chosen else None

    def prepare_value(self, value: Any) -> Any:
        return super().prepare_value(str(value.pk) if isinstance(value, Person) else value)


class OrganisationField(PickField):
    """One of many organisations, as the organisation; None for none."""

    offered: Any

    def clean(self, value: Any) -> Any:
        chosen = super().clean(value)
        return self.offered.rows.named().filter(pk=chosen).first() if chosen else None

    def prepare_value(self, value: Any) -> Any:
        return super().prepare_value(str(value.pk) if isinstance(value, Organisation) else value)

"""What goes with an MoU that is disposed of: each room declares the words that its rows hold.

The rows stay, with who, when and which; where there were words they say `GONE`. Those of the
history go with them, also of rows that were taken away since.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any, Final

from django.db import models
from django.db.models import Case, F, Func, Q, Subquery, Value, When

# In place of words: so no list shows an empty line, and no constraint misses a reason.
GONE: Final = "Disposed of"
Number = tuple[str, int]


@dataclass(frozen=True)
class Goes:
    """Words of the rows of one model. `what` is what people call them, "Notes of meetings".

    `fields` are emptied; without any the rows themselves go. `of` finds the rows that go with an
    agreement, by its id; without it those that the model's `TO_AGREEMENT` leads to. It names no
    primary key, since the history is asked by it as well.
    """

    what: str
    model: Any
    fields: tuple[str, ...] = ()
    of: Callable[[int], Q] | None = None

    @property
    def takes_rows(self) -> bool:
        return not self.fields

    def rows(self, agreement: int, model: Any = None) -> models.QuerySet[Any]:
        """Past every manager: a disposal asks for nobody's rights, and leaves no history."""
        found: models.QuerySet[Any] = (model or self.model)._base_manager.all()
        return found.filter(self._condition(agreement))

    def _condition(self, agreement: int) -> Q:
        return self.of(agreement) if self.of else Q(**{self.model.TO_AGREEMENT: agreement})

    def count(self, agreement: int) -> Subquery:
        """How many rows have such words, for one query that counts those of all rooms."""
        found = self.rows(agreement).filter(self._has_words()).order_by()
        number = Func(F("pk"), function="COUNT", output_field=models.IntegerField())
        return Subquery(found.annotate(how_many=number).values("how_many"))

    def _has_words(self) -> Q:
        found = Q() if self.fields else Q(pk__isnull=False)
        for name in self.fields:
            found |= ~Q(**{f"{name}__in": _empty(self._field(name))})
        return found

    def empty(self, agreement: int) -> None:
        """The history first: its rows are found by way of those that stay."""
        for model in self.tables():
            rows = self.rows(agreement, model)
            if self.takes_rows:
                rows.delete()
            else:
                rows.update(**{name: _gone(self._field(name)) for name in self.fields})

    def _field(self, name: str) -> Any:
        return self.model._meta.get_field(name)

    def tables(self) -> Iterator[Any]:
        """The models whose rows hold the words: that of the history, where it is kept, first."""
        if history := getattr(self.model, "history", None):
            yield history.model
        yield self.model


@dataclass(frozen=True)
class GoesFile:
    """Stored files that rows of one model name, which go with an agreement unless a row that stays
    names them too. `field` leads to the file."""

    what: str
    model: Any
    field: str
    of: Callable[[int], Q]
    # Those that let go of theirs: of the agreement, and of all that were disposed of before.
    letting_go: Callable[[int], Q]

    def files(self, agreement: int) -> models.QuerySet[Any]:
        """The ids of the files, to be read together with those of other models."""
        rows = self.model._base_manager.filter(self.of(agreement)).order_by()
        found: models.QuerySet[Any] = rows.exclude(**{self.field: None})
        return found.values_list(self.field, flat=True)


def _empty(field: Any) -> list[Any]:
    return [{}, []] if isinstance(field, models.JSONField) else [""]


def _gone(field: Any) -> Any:
    if not isinstance(field, models.JSONField):
        return Case(When(**{field.name: ""}, then=Value("")), default=Value(GONE))
    if field.null:
        null = When(**{f"{field.name}__isnull": True}, then=Value(None, field))
        return Case(null, default=Value({}, field))
    return Value(field.get_default(), field)


def counted(goes: Iterable[Goes], agreement: int, rows: models.QuerySet[Any]) -> list[Number]:
    """What, and how many rows have words that would go: the most first (one query; `rows` is any
    one row)."""
    every = list(goes)
    numbers = rows.values_list(*(each.count(agreement) for each in every)).get()
    found: dict[str, int] = {}
    for each, number in zip(every, numbers, strict=True):
        found[each.what] = found.get(each.what, 0) + (number or 0)
    return sorted(((what, n) for what, n in found.items() if n), key=lambda each: -each[1])

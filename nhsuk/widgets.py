"""Widgets that know what the design system can show. `parameters.py` draws them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, NamedTuple

from django import forms


class TypedDate(NamedTuple):
    """A date as somebody typed it, box by box; any text can be in a box."""

    day: str
    month: str
    year: str

    @classmethod
    def of(cls, value: date) -> TypedDate:
        return cls(str(value.day), str(value.month), str(value.year))


BOXES = TypedDate._fields


def date_boxes(name: str, value: date | None) -> dict[str, str]:
    """What a browser sends for the three boxes of field `name`."""
    typed = TypedDate.of(value) if value else TypedDate("", "", "")
    return {f"{name}-{box}": text for box, text in zip(BOXES, typed, strict=True)}


class DateInput(forms.Widget):
    """Three boxes: day, month, year, named `<name>-day` and so on."""

    def value_from_datadict(self, data: Mapping[str, Any], _: Any, name: str) -> TypedDate:
        return TypedDate(*(str(data.get(f"{name}-{box}", "")).strip() for box in BOXES))

    def value_omitted_from_data(self, data: Mapping[str, Any], _: Any, name: str) -> bool:
        return not any(f"{name}-{box}" in data for box in BOXES)

    def id_for_label(self, id_: str) -> str:
        return f"{id_}-day" if id_ else id_


class _Choices:
    """What radios and checkboxes share: a hint under a choice, and their size and direction."""

    def __init__(
        self,
        attrs: dict[str, Any] | None = None,
        choices: Sequence[tuple[Any, Any]] = (),
        *,
        hints: Mapping[Any, str] | None = None,
        inline: bool = False,
        small: bool = False,
    ) -> None:
        super().__init__(attrs, choices)  # type: ignore[call-arg]
        self.hints = {str(value): hint for value, hint in (hints or {}).items()}
        self.inline = inline
        self.small = small


class Radios(_Choices, forms.RadioSelect):
    """One of few. `hints` by value; `inline` for two short answers; `small` in filters."""


class Checkboxes(_Choices, forms.CheckboxSelectMultiple):
    """Any of few. The same options as Radios."""

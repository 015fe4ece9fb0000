"""The key that a form brings along, so that the same form sent twice makes one thing; and the ids
of rows, as forms and addresses send them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Final
from uuid import UUID

from django.db import models

# No database counts as far; Python itself refuses to read a number of thousands of digits.
MOST_DIGITS: Final = 18


def id_in(sent: str) -> int | None:
    """The number of a row that was sent; None where it can be none."""
    is_number = sent.isascii() and sent.isdecimal() and len(sent) <= MOST_DIGITS
    return int(sent) if is_number else None


def ids_in(sent: Iterable[str]) -> list[int]:
    """Of several those that can be the number of a row."""
    return [number for each in sent if (number := id_in(each)) is not None]


def key_of_form(model: type[models.Model], key: UUID | None) -> dict[str, Any]:
    """The key as a field of the new row; nothing where there is none, or another row has it.

    Whether the row of this very form is there is asked before, among those that the form is about.
    """
    taken = key is None or model._default_manager.filter(key=key).exists()
    return {} if taken else {"key": key}

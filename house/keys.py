"""The key that a form brings along, so that the same form sent twice makes one thing."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.db import models


def key_of_form(model: type[models.Model], key: UUID | None) -> dict[str, Any]:
    """The key as a field of the new row; nothing where there is none, or another row has it.

    Whether the row of this very form is there is asked before, among those that the form is about.
    """
    taken = key is None or model._default_manager.filter(key=key).exists()
    return {} if taken else {"key": key}

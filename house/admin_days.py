"""Which days the administration site takes: none so far off that nobody can count from it."""

from __future__ import annotations

from datetime import date
from typing import Any, Final

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db.models import DateField, DateTimeField, Field
from django.http import HttpRequest

FIRST: Final = date(1900, 1, 1)
LAST: Final = date(2199, 12, 31)
_IN_REACH: Final = (
    MinValueValidator(FIRST, f"Enter a day from {FIRST.year} on."),
    MaxValueValidator(LAST, f"Enter a day up to {LAST.year}."),
)


class DaysInReach:
    """Mix in before an admin or an inline with days: from the first year that a calendar knows
    nobody counts a working day back."""

    def formfield_for_dbfield(
        self, db_field: Field[Any, Any], request: HttpRequest, **kwargs: Any
    ) -> Any:
        field = super().formfield_for_dbfield(db_field, request, **kwargs)  # type: ignore[misc]
        is_day = isinstance(db_field, DateField) and not isinstance(db_field, DateTimeField)
        if field is not None and is_day:
            field.validators = [*field.validators, *_IN_REACH]
        return field

"""Several rows of another table as one value of a row: a list that the database makes."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from django.db.models import Aggregate, JSONField, OuterRef, QuerySet, Subquery
from django.db.models.functions import JSONArray


class ListOf(Aggregate):
    """The values as a JSON list, in no order; None of no values."""

    function = "JSONB_AGG"
    output_field = JSONField()

    def as_sqlite(self, compiler: Any, connection: Any, **extra: Any) -> Any:
        return self.as_sql(compiler, connection, function="JSON_GROUP_ARRAY", **extra)


def rows_below(rows: QuerySet[Any, Any], to: str, *values: Any) -> Subquery:
    """These values of the rows whose `to` is the outer row: a list of lists, None of no rows."""
    below = rows.filter(**{to: OuterRef("pk")}).order_by().values(to)
    return Subquery(below.annotate(listed=ListOf(JSONArray(*values))).values("listed"))


def instant(written: str | None) -> datetime | None:
    """An instant as a JSON value has it: with its zone, or in UTC."""
    if written is None:
        return None
    found = datetime.fromisoformat(written)
    return found if found.tzinfo else found.replace(tzinfo=UTC)

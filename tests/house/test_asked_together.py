"""Several querysets in one statement give what each gives by itself."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection
from django.db.models import Count, Exists, OuterRef, QuerySet
from django.test.utils import CaptureQueriesContext

from agreements.models import Agreement, Happening, KeyContact, Party, Version
from deadlines.models import Deadline
from house.asked_together import Asking, ask_together, read_in_one
from tests.cast import Cast
from tests.stages import in_force

pytestmark = [pytest.mark.django_db, pytest.mark.sqlite]


def asked() -> list[QuerySet[Any, Any]]:
    """Dates, instants, keys, JSON, what is null, related rows, what is annotated, values."""
    contacts = KeyContact.objects.filter(party=OuterRef("pk"))
    return [
        Agreement.objects.select_related("in_force_version", "registered_copy"),
        Version.objects.order_by("-seq"),
        Happening.objects.select_related("actor__person").order_by("-at", "-pk"),
        Deadline.objects.order_by("due_on", "pk"),
        Party.objects.annotate(named=Exists(contacts), number_of=Count("contacts")),
        Happening.objects.order_by("pk").values_list("verb", "at", "data"),
        Version.objects.none(),
    ]


def seen(row: Any, deep: int = 2) -> Any:
    """All that there is of a row, and of those that came with it."""
    if not deep or not hasattr(row, "_state"):
        return row
    related = {name: seen(each, deep - 1) for name, each in row._state.fields_cache.items()}
    return {k: v for k, v in vars(row).items() if k != "_state"} | related


def test_each_gives_what_it_gives_alone(cast: Cast) -> None:
    in_force(cast)
    alone = [list(each) for each in asked()]
    with CaptureQueriesContext(connection) as queries:
        together = read_in_one(asked())
    assert len(queries) == 1
    for one, other in zip(alone, together, strict=True):
        assert [seen(row) for row in other] == [seen(row) for row in one]
    assert all(alone[:-1])


def counting(*rounds: QuerySet[Any, Any]) -> Asking[list[int]]:
    found = []
    for each in rounds:
        [rows] = yield [each]
        found.append(len(rows))
    return found


def test_each_round_of_questions_is_one_statement(cast: Cast) -> None:
    in_force(cast)
    with CaptureQueriesContext(connection) as queries:
        answers = ask_together(
            [
                counting(Party.objects.all(), Version.objects.all()),
                counting(),
                counting(Agreement.objects.all()),
            ]
        )
    assert answers == [[2, 1], [], [1]]
    assert len(queries) == 2

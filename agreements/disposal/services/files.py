"""The stored files that go with an agreement."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db.models import Q

from agreements.models import Agreement
from documents.removing import removable
from house.goes import GoesFile


def files_that_go(agreement: Agreement, declared: Iterable[GoesFile]) -> set[int]:
    """The ids of those that no row which stays names; mended copies with their originals (three
    queries)."""
    every = [(each, *each.conditions(agreement.pk)) for each in declared]
    letting_go: dict[Any, Q] = {}
    for each, _, found in every:
        letting_go[each.model] = (
            letting_go[each.model] | found if each.model in letting_go else found
        )
    first, *others = (each.files(mine) for each, mine, _ in every)
    return removable(set(first.union(*others)), letting_go)

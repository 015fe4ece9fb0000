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
    every = list(declared)
    letting_go: dict[Any, Q] = {}
    for each in every:
        found = each.letting_go(agreement.pk)
        letting_go[each.model] = (
            letting_go[each.model] | found if each.model in letting_go else found
        )
    first, *others = (each.files(agreement.pk) for each in every)
    return removable(set(first.union(*others)), letting_go)

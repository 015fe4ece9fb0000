"""Removing stored files for good, by a recorded decision: first their names, then their bytes.

The row of a file stays, with its hash: whoever brings the same file is still told what it was. A
file that any row names which is to stay, stays.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import Any

from django.db.models import Q

from documents.models import Removal, Repair, StoredFile
from documents.storage import place_of
from house import clock
from house.goes import GONE

# For a model that names files: which of its rows let theirs go.
LettingGo = Mapping[Any, Q]


def removable(files: Collection[int], letting_go: LettingGo) -> set[int]:
    """Of these files those that no row names but the ones that let theirs go, with the originals
    of which they are mended copies (two queries)."""
    if not files:
        return set()
    first, *others = _naming(files, letting_go)
    found = set(files) - set(first.union(*others))
    originals = Repair.objects.filter(copy__in=found).values_list("original", flat=True)
    return found | set(originals)


def _naming(files: Collection[int], letting_go: LettingGo) -> Iterator[Any]:
    """Of each model that names files which of these its other rows name."""
    for relation in StoredFile._meta.related_objects:
        model: Any = relation.related_model
        if model in (Removal, Repair):
            continue
        name = relation.field.name
        naming = model._base_manager.filter(**{f"{name}__in": list(files)}).order_by()
        if model in letting_go:
            naming = naming.exclude(letting_go[model])
        yield naming.values_list(name, flat=True)


def remove_names(files: Iterable[int], *, by_key: str) -> int:
    """Says of each file that it is removed, in the transaction of the decision; how many there
    were. The bytes go afterwards, by `remove_bytes` with the same key."""
    rows = [Removal(file_id=pk, at=clock.now(), by_key=by_key) for pk in sorted(files)]
    Removal.objects.bulk_create(rows)
    named = StoredFile._base_manager.filter(pk__in=[row.file_id for row in rows])
    named.update(name=GONE)
    return len(rows)


def remove_bytes(*, by_key: str) -> None:
    """Removes from the disk what was said to be removed. May be done again after a kill."""
    removals = Removal.objects.filter(by_key=by_key).select_related("file")
    for removal in removals.order_by("pk"):
        place_of(removal.file.key).unlink(missing_ok=True)

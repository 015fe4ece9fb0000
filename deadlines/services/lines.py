"""Stores the lines of deadlines as their rooms say them now."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from django.db import transaction
from django.db.models import Q

from deadlines.kinds import lines_now
from deadlines.models import Deadline

BATCH = 500


def put_lines(deadlines: Iterable[Deadline]) -> list[Deadline]:
    """Puts the lines on them, unsaved. Gives those that said something else before."""
    changed = []
    for deadline, line in lines_now(list(deadlines)):
        now = line.as_stored if line else {}
        if deadline.line != now:
            deadline.line = now
            changed.append(deadline)
    return changed


def write_lines(deadlines: Iterable[Deadline]) -> None:
    """Stores those lines that say something else by now."""
    Deadline.objects.bulk_update(put_lines(deadlines), ["line"])


def write_lines_of(kind: str, subject_key: str) -> None:
    """Something that the lines of these deadlines rest on has changed, and no date."""
    of_subject = Deadline.objects.still_open().filter(kind=kind, subject_key=subject_key)
    write_lines(of_subject.select_for_update(no_key=True).order_by("pk"))


def make_up_for_lines(*, again: bool = False) -> Iterator[int]:
    """Stores the lines that open deadlines lack, a batch after the other; gives how many.

    They are from before the portal kept lines. `again` writes every line anew.
    """
    lacking = Deadline.objects.still_open().filter(Q() if again else Q(line__isnull=True))
    last = 0
    while True:
        with transaction.atomic():
            rows = lacking.filter(pk__gt=last).select_for_update(no_key=True)
            batch = list(rows.order_by("pk")[:BATCH])
            write_lines(batch)
        if not batch:
            return
        last = batch[-1].pk
        yield len(batch)

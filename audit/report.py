"""What can be said of the whole audit now: what holds, by what it is proved, and what is not.

To look changes nothing: what has no link yet is counted, and linked by the chainer alone.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from django.db.models import Q

from audit.chain import Fault, first_fault, head, late_before
from audit.heads import Compared, Noted, compare, restores
from audit.models import Entry, Link
from house.clock import LONDON

MOST_NAMED = 20


@dataclass(frozen=True)
class Report:
    """The first fault, if there is one; the rest is only said where there is none."""

    fault: Fault | None
    links: int = 0
    head: str = ""
    compared: Compared | None = None
    waiting: int = 0
    late: Sequence[str] = field(default=())
    restored: Sequence[str] = field(default=())

    def sentences(self) -> Iterator[str]:
        if self.fault:
            yield self.fault.sentence
            return
        yield f"The audit holds: {self.links} links, head {self.links}:{self.head}."
        newest = self.compared.newest if self.compared else None
        proved = newest.seq if newest else 0
        if newest:
            yield f"Proved up to link {proved}, by {newest.where}."
        yield (
            f"Not proved: what came later (links: {self.links - proved}; entries that have no link "
            f"yet: {self.waiting}). Whoever may write into the database could have changed it."
        )
        yield from self.late
        yield from self.restored


def examine(noted: Iterable[Noted] = ()) -> Report:
    """Walks the chain and compares it with what was noted. Writes nothing."""
    if fault := first_fault():
        return Report(fault)
    compared = compare(noted)
    links, digest = head()
    return Report(
        compared.fault,
        links,
        digest,
        compared,
        waiting=Entry.objects.filter(link=None).count(),
        late=list(_late()),
        restored=list(_restored(compared)),
    )


def _late() -> Iterator[str]:
    """Those that were linked late, and those that will be; the newest first."""
    before = late_before()
    overdue = Q(link=None, at__lt=before) if before else Q(pk=None)
    rows = Entry.objects.filter(Q(link__late=True) | overdue).select_related("link")
    for entry in rows.order_by("-pk")[:MOST_NAMED]:
        link = getattr(entry, "link", None)
        how = f"was linked as late (link {link.seq})" if link else "has no link"
        yield (
            f"Late: entry {entry.pk}, which says {entry.at.astimezone(LONDON):%Y-%m-%d %H:%M}, "
            f"{how}, though newer ones were linked ten minutes before. Look at it."
        )


def _restored(compared: Compared) -> Iterator[str]:
    for links, entry in restores():
        yield (
            f"Restored: entry {entry.pk} of {entry.at.astimezone(LONDON):%Y-%m-%d %H:%M} says that "
            f"a back-up with {links} links was restored. What was linked later than that before "
            "it, is lost."
        )
    for each in compared.lost[:MOST_NAMED]:
        yield f"Later than the back-up that was restored: link {each.seq}, noted in {each.where}."
    if others := compared.lost[MOST_NAMED:]:
        yield f"Later than the back-up that was restored: {len(others):,} more that were noted."


def late_links() -> int:
    return Link.objects.filter(late=True).count()

"""Heads: what a link was when it was noted outside the database, and whether it still is.

The chain alone cannot show that its end was cut off, nor that the portal itself chained anew what
somebody had changed and unlinked. A head in a sealed copy or in an e-mail is out of the reach of
whoever changes the database.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from django.db import transaction

from audit.chain import Fault, head
from audit.models import Entry, Link
from audit.services import write_entry
from house.wall import WhoAsks

RESTORED = "said that a back-up was restored"


@dataclass(frozen=True)
class Noted:
    """A link's number and hash, and where it was noted: "the final signed copy of MOU-0001"."""

    seq: int
    hash: str
    where: str


@dataclass(frozen=True)
class Compared:
    """What the noted heads say of the chain, which holds by itself."""

    fault: Fault | None
    # The newest that is as it was noted: up to there nothing was changed.
    newest: Noted | None
    # Those that a restored back-up did not have any more.
    lost: Sequence[Noted]


def compare(noted: Iterable[Noted]) -> Compared:
    """Looks whether each noted link is still there, and the same."""
    heads = sorted(noted, key=lambda each: each.seq)
    hashes = dict(Link.objects.filter(seq__in={h.seq for h in heads}).values_list("seq", "hash"))
    right = [each for each in heads if hashes.get(each.seq) == each.hash]
    wrong = [each for each in heads if hashes.get(each.seq) != each.hash]
    kept = min((links for links, _ in restores()), default=None)
    lost = [each for each in wrong if kept is not None and each.seq > kept]
    bad = [each for each in wrong if kept is None or each.seq <= kept]
    fault = _fault(bad[0], right) if bad else None
    return Compared(fault, right[-1] if right else None, lost)


def _fault(bad: Noted, right: Sequence[Noted]) -> Fault:
    last, _ = head()
    if bad.seq > last:
        return Fault(
            last + 1,
            f"Link {last + 1} is missing, and what followed it: link {bad.seq} is noted in "
            f"{bad.where}. The end was cut off, or an older back-up was restored.",
        )
    first = max((each.seq for each in right if each.seq < bad.seq), default=0) + 1
    where = f"Link {bad.seq}" if first == bad.seq else f"One of the links {first} to {bad.seq}"
    return Fault(
        first, f"{where} was changed and chained anew: {bad.where} has another link {bad.seq}."
    )


def restores() -> Iterator[tuple[int, Entry]]:
    """How many links each back-up had that was restored, as was said, and the entry that says it.

    Whoever can write into the database can say so too: whoever checks is told of each.
    """
    for entry in Entry.objects.filter(verb=RESTORED).order_by("pk"):
        links = entry.payload.get("links")
        yield links if isinstance(links, int) else 0, entry


def note_restore(*, by: WhoAsks) -> int:
    """Says that a back-up was restored, before anything new is linked. Returns its links."""
    with transaction.atomic():
        newest = Link.objects.select_related("entry").order_by("-seq").first()
        links = newest.seq if newest else 0
        about = newest or Link()
        said = {"links": links}
        write_entry(actor=by.user, organisation_id=None, verb=RESTORED, about=about, payload=said)
    return links

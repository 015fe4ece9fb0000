"""The chain: each link's hash covers its entry and the link before it, keyed with AUDIT_KEY.

One chainer at a time links what is new; acting transactions only insert entries, so that they
never wait for each other. Entries get their place in the order in which the chainer finds them. One
that turns up when its time is long past is linked as late: somebody may have put it there.
"""

from __future__ import annotations

import hmac
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from django.conf import settings
from django.db import connection, transaction

from audit.models import Entry, Link
from house.canonical import canonical_json

GENESIS = "0" * 64
# Any number that no other advisory lock of the portal uses.
_LOCK = 7_203_115
LATE_AFTER: Final = timedelta(minutes=10)
_waits: ContextVar[bool] = ContextVar("chainer_waits", default=False)


@dataclass(frozen=True)
class Fault:
    """The first place at which the chain does not hold."""

    seq: int
    sentence: str


def link_new_entries(*, at_most: int = 10_000) -> int:
    """Links the entries that have no link yet, oldest first. Returns how many."""
    with transaction.atomic():
        if _waits.get() or not _alone():
            return 0
        (seq, previous), latest = head(), late_before()
        links = []
        for entry in Entry.objects.filter(link=None).order_by("pk")[:at_most]:
            seq += 1
            late = latest is not None and entry.at < latest
            link = Link(entry=entry, seq=seq, previous=previous, late=late)
            link.hash = previous = _hash(link)
            links.append(link)
        Link.objects.bulk_create(links)
    return len(links)


@contextmanager
def unlinked() -> Iterator[None]:
    """Nothing is linked in the block, so that a signed copy made of what will be rolled back notes
    no link that never was."""
    token = _waits.set(True)
    try:
        yield
    finally:
        _waits.reset(token)


def late_before() -> datetime | None:
    """An entry of before this time that has no link is late; None where there is no link yet."""
    newest = Link.objects.filter(late=False).select_related("entry").order_by("-seq").first()
    return newest.entry.at - LATE_AFTER if newest else None


def first_fault() -> Fault | None:
    """Walks the whole chain; None when every link holds.

    A cut-off tail cannot be seen from the chain alone: `audit.heads` compares what was noted.
    """
    previous, expected = GENESIS, 1
    for link in _links():
        if link.seq != expected:
            return Fault(expected, f"Link {expected} is missing.")
        if link.previous != previous:
            return Fault(link.seq, f"Link {link.seq} does not follow the one before it.")
        if not hmac.compare_digest(link.hash, _hash(link)):
            return Fault(link.seq, f"Entry {link.entry_id} (link {link.seq}) was changed.")
        previous, expected = link.hash, expected + 1
    return None


def head() -> tuple[int, str]:
    """The number and hash of the newest link; (0, zeros) for an empty chain."""
    last = Link.objects.order_by("-seq").first()
    return (last.seq, last.hash) if last else (0, GENESIS)


def _links() -> Iterator[Link]:
    return Link.objects.select_related("entry").order_by("seq").iterator(chunk_size=2_000)


def _alone() -> bool:
    """True for one chainer at a time. SQLite's IMMEDIATE transaction is that by itself."""
    if connection.vendor != "postgresql":
        return True
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [_LOCK])
        return bool(cursor.fetchone()[0])


def _hash(link: Link) -> str:
    entry = link.entry
    fields = {
        "domain": "mou-portal audit 1",
        "seq": link.seq,
        "previous": link.previous,
        "entry": entry.pk,
        "at": entry.at.isoformat(timespec="microseconds"),
        "actor": entry.actor_id,
        "organisation": entry.organisation_id,
        "verb": entry.verb,
        "object": [entry.object_type, entry.object_id],
        "payload": entry.payload,
        # Only where it is so: links from before have no such field.
        **({"late": True} if link.late else {}),
    }
    return hmac.new(settings.AUDIT_KEY.encode(), canonical_json(fields), "sha256").hexdigest()

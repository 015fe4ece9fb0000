"""What the next e-mails are made of, read for many at once."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from time import monotonic

from house import clock
from house.once import forget, read_together
from mail.kinds import read_ahead
from mail.models import Delivery

logger = logging.getLogger(__name__)

MOST = 25
# An e-mail says what is so at the moment: what was read longer ago is read anew. Less than it takes
# to send so many, or a slow server would have each of them read for all.
SECONDS = 5.0


class Ahead:
    """Reads ahead of one sender; of several each reads for itself."""

    def __init__(self, at: datetime | None) -> None:
        self._at, self._known, self._until = at, set[int](), 0.0

    def see_to(self, delivery: Delivery) -> None:
        """Keeps at hand what this e-mail, and those that come next, are made of."""
        if delivery.pk in self._known and monotonic() < self._until:
            return
        forget()
        self._until = monotonic() + SECONDS
        rows = Delivery.objects.due(self._at or clock.now())
        found = {each.pk: each.whole_context for each in (delivery, *rows[:MOST])}
        self._known = set(found)
        try:
            read_ahead(found.values())
        except Exception:
            # Each then reads for itself, and the one at fault says so.
            logger.exception("What e-mails are made of could not be read ahead")


@contextmanager
def reading_ahead(at: datetime | None) -> Iterator[Ahead]:
    with read_together():
        yield Ahead(at)

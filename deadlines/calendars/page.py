"""What the page of a calendar says."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from django.http import QueryDict

from deadlines.calendars.services import SHOWN_FOR
from deadlines.calendars.tokens import address_of
from deadlines.models import Feed
from deadlines.todos import named_to
from house import clock
from nhsuk.dates import clock_time, moment
from parties.acting import Acting

# Of a reference.
MOST_LETTERS: Final = 20


def called(feed: Feed) -> str:
    """What the list and the page call it."""
    if feed.organisation is None:
        return "My dates"
    name = feed.organisation.name
    return f"{feed.reference}, as {name}" if feed.reference else f"All dates of {name}"


def reference_in(asked: QueryDict, acting: Acting) -> str:
    """The agreement that somebody comes from, if they may see it."""
    reference = asked.get("agreement", "")
    if not (reference.isascii() and reference.isprintable() and 0 < len(reference) <= MOST_LETTERS):
        return ""
    return reference if named_to({reference}, acting) else ""


class CalendarPage:
    """One calendar, with its address while that can be read."""

    def __init__(self, feed: Feed) -> None:
        self.feed, self.heading = feed, called(feed)
        self._until: datetime = feed.made_at + SHOWN_FOR

    @property
    def address(self) -> str:
        """Empty once its time is over."""
        return address_of(self.feed) if clock.now() < self._until else ""

    @property
    def until(self) -> str:
        return clock_time(self._until)

    @property
    def at_once(self) -> str:
        """The same address as programs on this device take it."""
        return f"webcal:{self.address.partition(':')[2]}"

    @property
    def made(self) -> str:
        return moment(self.feed.made_at)

    @property
    def read(self) -> str:
        return moment(self.feed.read_at) or "Not yet"

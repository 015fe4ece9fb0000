"""What the pages of somebody's calendars say."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Final

from deadlines.calendars.forms import AGREEMENT, HOME, ORGANISATION
from deadlines.calendars.services import SHOWN_FOR
from deadlines.calendars.tokens import address_of
from deadlines.models import Feed
from deadlines.todos import named_to
from house import clock
from nhsuk.dates import clock_time, moment
from parties.acting import Acting

# Of a reference.
MOST_LETTERS: Final = 20


class CalendarsPage:
    """Somebody's calendars, and those that they can still make.

    `asked` is the reference of the agreement that they come from, as their browser says.
    """

    def __init__(self, acting: Acting, asked: str = "") -> None:
        self._acting = acting
        rows = Feed.objects.visible_to(acting).working().select_related("organisation")
        self.feeds: Sequence[Feed] = list(rows.order_by("-made_at"))
        references = {feed.reference for feed in self.feeds if feed.reference}
        if asked.isascii() and asked.isprintable() and 0 < len(asked) <= MOST_LETTERS:
            references.add(asked)
        self._named = named_to(references, acting)
        self.reference = asked if asked in self._named else ""

    def called(self, feed: Feed) -> str:
        """What the list and the page call it."""
        if feed.organisation is None:
            return "My dates"
        name = feed.organisation.name
        if not feed.reference:
            return f"All dates of {name}"
        return f"{self._title(feed.reference)}, for {name}"

    @property
    def choices(self) -> dict[str, str]:
        """Those that they do not have, with what the form calls them."""
        own, here = self._acting.organisation_id, self._acting.organisation
        have = {(feed.organisation_id, feed.reference) for feed in self.feeds}
        found = {}
        if self.reference and (own, self.reference) not in have:
            found[AGREEMENT] = f"{self._title(self.reference)}, for {here}"
        if (None, "") not in have:
            found[HOME] = "My dates: what Home shows me, of all my organisations"
        if (own, "") not in have:
            found[ORGANISATION] = f"All dates of {here}"
        return found

    def _title(self, reference: str) -> str:
        """ "Working together (MOU-0001)"; of one that another organisation of theirs sees, its
        reference alone."""
        named = self._named.get(reference)
        return f"{named.title} ({reference})" if named else reference


class CalendarPage:
    """One calendar, with its address while that can be read."""

    def __init__(self, feed: Feed, heading: str) -> None:
        self.feed, self.heading = feed, heading
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

"""What the home page shows: what needs the reader, by time, and their agreements and year."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property

from django.urls import reverse

from deadlines.dates import dates_between, entries_of
from deadlines.holidays import bank_holidays
from deadlines.kinds import nouns_of
from deadlines.models import Deadline
from deadlines.picture import Picture
from deadlines.queries import DueLines, due_until, next_after
from deadlines.rules.working_days import Holidays, distance
from deadlines.undelivered import undelivered
from house import clock
from house.clock import months_after
from house.room import AgreementRow, Todo
from house.rooms import rooms
from nhsuk.components import Link
from nhsuk.dates import clock_time, day
from nhsuk.words import plural
from parties.acting import Acting
from parties.who import DRAFTERS

SOON = timedelta(days=60)
# More than this under one heading is shown on request.
SHOWN = 10
OF_OTHERS = "Waiting for others"


@dataclass(frozen=True)
class TodoGroup:
    """Things to do under one heading; `items` are those that the page shows of `count`."""

    heading: str
    items: list[Todo]
    count: int
    # There are more than were read.
    has_more: bool = False

    @property
    def anchor(self) -> str:
        return self.heading.lower().replace(" ", "-")

    @property
    def counted(self) -> str:
        return f"at least {self.count}" if self.has_more else str(self.count)

    @property
    def show_all(self) -> str:
        """What the link to all of them says; empty when the page shows them."""
        if len(self.items) == self.count:
            return ""
        return f"Show the nearest {self.count}" if self.has_more else f"Show all {self.count}"


class HomePage:
    """The home page of somebody who acts for an organisation."""

    def __init__(self, acting: Acting, *, everything: bool = False) -> None:
        self.acting, self.everything = acting, everything
        self.today = clock.today()

    @cached_property
    def things_to_do(self) -> list[Todo]:
        """The deadlines of the next 60 days and what waits without one, the most urgent first."""
        steps = [step for room in rooms() for step in room.todo(self.acting)]
        due = [*self._due.mine, *self._due.others]
        return sorted([*steps, *due], key=lambda item: item.order)

    @cached_property
    def mine(self) -> list[Todo]:
        return [item for item in self.things_to_do if not item.waits_for]

    @property
    def groups(self) -> list[TodoGroup]:
        """What is the reader's, by time, then what waits for others."""
        mine = {k: each for k, each in by_time(self.mine, self.today).items() if each}
        others = [item for item in self.things_to_do if item.waits_for]
        # Read in order of time, so that what was cut is missing from the last of them.
        cut = {list(mine)[-1]} if self._due.mine_is_cut and mine else set()
        cut |= {OF_OTHERS} if self._due.others_is_cut else set()
        found = mine | ({OF_OTHERS: others} if others else {})
        most = None if self.everything else SHOWN
        return [
            TodoGroup(heading, items[:most], len(items), heading in cut)
            for heading, items in found.items()
        ]

    @property
    def nothing_today(self) -> str:
        """That nothing needs the reader today, with the next date; empty when something does."""
        if any((item.due_on or self.today) <= self.today for item in self.mine):
            return ""
        dated = (item.due_on for item in self.mine if item.due_on)
        next_on = next(dated, None) or next_after(self.acting, self.today)
        near = f"The next date is {self._in_words(next_on)}." if next_on else "No date is near."
        return f"Nothing needs you today. {near}"

    @cached_property
    def agreements(self) -> list[AgreementRow]:
        return [row for room in rooms() for row in room.my_agreements(self.acting)]

    @cached_property
    def year(self) -> Picture | None:
        """The dates of these agreements in the twelve months ahead."""
        lines = {row.reference: Link(row.title, row.url) for row in self.agreements}
        return year_ahead(self.acting, lines, self.today, self._holidays) if lines else None

    @property
    def may_add(self) -> bool:
        return DRAFTERS.includes(self.acting)

    @cached_property
    def undelivered(self) -> int:
        """How many e-mails to the organisation did not arrive, for who looks after that."""
        return undelivered(self.acting).count()

    def under(self, item: Todo) -> str:
        """When it is due, what it is about, for whom it waits, as far as each is known."""
        due = due_words(item, self.today, self._holidays)
        waits = f"Waits for {item.waits_for}" if item.waits_for else ""
        return ". ".join(part.rstrip(".") for part in (due, item.about, waits) if part)

    def _in_words(self, on: date) -> str:
        return f"{day(on)}, {distance(on, self.today, self._holidays)}"

    @cached_property
    def _due(self) -> DueLines:
        return due_until(self.acting, self.today + SOON)

    @cached_property
    def _holidays(self) -> Holidays:
        return bank_holidays()


def by_time(items: Iterable[Todo], today: date) -> dict[str, list[Todo]]:
    """Today with what is late or has no date, this week, the next 60 days, later."""
    spans = {
        "Today": today,
        "This week": today + timedelta(days=6 - today.weekday()),
        "Next 60 days": today + SOON,
        "Later": date.max,
    }
    found: dict[str, list[Todo]] = {heading: [] for heading in spans}
    for item in items:
        due = item.due_on or today
        found[next(heading for heading, last in spans.items() if due <= last)].append(item)
    return found


def due_words(item: Todo, today: date, holidays: Holidays) -> str:
    """When a thing is due, as people say it."""
    if item.due_on is None:
        return ""
    late = (today - item.due_on).days
    if late > 0:
        return f"{plural(late, 'day')} late: it was due on {day(item.due_on)}"
    at = f" at {clock_time(item.due_at)}" if item.due_at else ""
    if late == 0:
        return f"Due today{at}"
    return f"Due {distance(item.due_on, today, holidays)}, on {day(item.due_on)}{at}"


def year_ahead(
    acting: Acting, agreements: Mapping[str, Link], today: date, holidays: Holidays
) -> Picture | None:
    """What is late, and what is due in the twelve months from this one on; None for nothing.

    `agreements` are the lines of the picture: a reference, and the link to its page. What concerns
    several of them has a line of its own.
    """
    first = today.replace(day=1)
    last = months_after(first, 12)

    def lane(deadline: Deadline) -> dict[str, Link | None]:
        ours = [
            agreements[c.reference] for c in deadline.concerned.all() if c.reference in agreements
        ]
        several = Link("Several agreements", reverse("agreements:list"))
        return {"lane": ours[0] if len(ours) == 1 else several}

    found = dates_between(acting, agreements, first, last).prefetch_related("concerned")
    due = nouns_of([deadline for deadline in found if deadline.is_open])
    picture = Picture(entries_of(due, today, holidays, lane), first, last, today)
    return picture if picture.entries else None

"""What the home page shows: what needs the reader, by time, and their agreements and year."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import cached_property
from operator import attrgetter
from typing import Any

from django.urls import reverse

from agreements.page.news import News, news_for
from deadlines.dates import dates_between, entries_of
from deadlines.holidays import bank_holidays
from deadlines.kinds import nouns_of
from deadlines.models import Deadline
from deadlines.queries import MOST, DueLines, asking_due_until, next_after
from deadlines.rules.working_days import Holidays, distance
from deadlines.undelivered import undelivered
from deadlines.year_picture import Picture
from house import clock
from house.answers import AgreementRow, Todo
from house.asked_together import Asking, ask_together
from house.clock import months_after
from house.rooms import rooms
from mou_portal.home_lines import (
    OF_OTHERS,
    SHOWN,
    SOON,
    TODAY,
    Several,
    TodoGroup,
    by_time,
    due_words,
)
from nhsuk.components import Link, Tag
from nhsuk.dates import day
from nhsuk.words import in_sentence
from parties.acting import Acting
from parties.who import DRAFTERS

_by_urgency = attrgetter("order")


class HomePage:
    """The home page of somebody who acts for an organisation."""

    late = Tag("Late", "red")

    def __init__(self, acting: Acting, *, everything: bool = False) -> None:
        self.acting, self.everything = acting, everything
        self.today = clock.today()

    @cached_property
    def mine(self) -> list[Todo]:
        """What the reader has to see to, the most urgent first."""
        return sorted((t for t in [*self._steps, *self._due.mine] if t.mine), key=_by_urgency)

    @property
    def others(self) -> list[Todo]:
        """What waits for others, the most urgent first."""
        found = [*(todo for todo in self._steps if not todo.mine), *self._due.others]
        return sorted(found, key=_by_urgency)

    @property
    def first(self) -> Todo | None:
        """The most urgent thing of the reader: the main action of the page."""
        return next(iter(self.mine), None)

    @property
    def groups(self) -> list[TodoGroup]:
        """What is the reader's, by time."""
        found = by_time(self.mine, self.today)
        # Read in order of time, so that what was cut is missing from the last of them.
        cut = {TODAY} if self._due.undated_is_cut else set()
        cut |= set(list(found)[-1:]) if self._due.mine_is_cut else set()
        first = next(iter(found), None)
        return [
            TodoGroup(
                heading,
                todos,
                has_more=heading in cut,
                without_first=heading == first,
                everything=self.everything,
            )
            for heading, todos in found.items()
        ]

    @cached_property
    def waiting(self) -> TodoGroup | None:
        """What waits for others; None for nothing."""
        others, cut = self.others, self._due.others_is_cut
        more = self._due.others_count - len(self._due.others)
        return (
            TodoGroup(OF_OTHERS, others, has_more=cut, unread=more, everything=self.everything)
            if others
            else None
        )

    @cached_property
    def nothing_today(self) -> str:
        """That nothing needs the reader today, with the next date; empty when something does."""
        if any((item.due_on or self.today) <= self.today for item in self.mine):
            return ""
        dated = (item.due_on for item in self.mine if item.due_on)
        next_on = next(dated, None) or next_after(self.acting, self.today)
        near = f"The next date is {self._in_words(next_on)}." if next_on else "No date is near."
        return f"Nothing needs you today. {near}"

    @cached_property
    def news(self) -> list[News]:
        """What the other parties did lately."""
        return news_for(self.acting)

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
        due = due_words(item, self._holidays)
        waits = f"Waits for {item.waits_for}" if item.waits_for else ""
        return ". ".join(part.rstrip(".") for part in (due, item.about, waits) if part)

    def first_of(self, line: Several) -> str:
        """When the most urgent of several is due."""
        first = due_words(line.todos[0], self._holidays)
        return f"The first: {in_sentence(first)}" if first else ""

    def _in_words(self, on: date) -> str:
        return f"{day(on)}, {distance(on, self.today, self._holidays)}"

    @property
    def _due(self) -> DueLines:
        return self._asked[0]

    @property
    def _steps(self) -> list[Todo]:
        return self._asked[1]

    @cached_property
    def _asked(self) -> tuple[DueLines, list[Todo]]:
        """What is due, and what waits without a date."""
        shown, until = MOST if self.everything else SHOWN, self.today + SOON
        askings: list[Asking[Any]] = [room.asking_todo(self.acting) for room in rooms()]
        due, *steps = ask_together(
            [asking_due_until(self.acting, until, of_others=shown), *askings]
        )
        return due, [step for of_room in steps for step in of_room]

    @cached_property
    def _holidays(self) -> Holidays:
        return bank_holidays()


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

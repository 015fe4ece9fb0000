"""Announcements in lists: the forward plan, its month, and the page of an agreement."""

from __future__ import annotations

from calendar import Calendar
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse

from agreements.models import Agreement
from communications.models import ConcernedAgreement
from communications.presenters import words
from communications.queries.listing import Found, by_agreement, say_about
from communications.queries.month import Falling
from communications.queries.register import LeadTimesMet
from house import clock
from house.answers import Section
from house.clock import months_after
from nhsuk.components import Button, Column, Link
from nhsuk.dates import MONTHS, WEEKDAYS
from nhsuk.words import plural
from parties.acting import Acting
from parties.who import DRAFTERS
from web.paging import MOST

REGISTER_COLUMNS = [
    Column("Agreement"),
    Column("By us", numeric=True),
    Column("By others", numeric=True),
    Column("Together", numeric=True),
]
FIRST_YEAR, LAST_YEAR = 2013, 2098
SHOWN = 5


def counted(found: Sequence[Found], *, narrowed: bool) -> str:
    """ "12 announcements, 3 still to come"; when narrowed, how many match."""
    if len(found) > MOST:
        return f"More than {plural(MOST, 'announcement')}"
    everything = plural(len(found), "announcement")
    if narrowed:
        return everything
    coming = sum(each.is_open for each in found)
    return f"{everything}, {f'{coming:,}' if coming else 'none'} still to come"


class AnnouncementMonth:
    """One month for one reader: its weeks as dates, and what falls on each."""

    weekdays = WEEKDAYS

    def __init__(self, year: int, month: int, falling: Mapping[date, Sequence[Falling]]) -> None:
        self.year, self.month = year, month
        self.today = clock.today()
        self._falling = falling

    @property
    def name(self) -> str:
        return _named(date(self.year, self.month, 1))

    @property
    def weeks(self) -> list[list[date]]:
        return Calendar().monthdatescalendar(self.year, self.month)

    def is_free(self, week: Sequence[date]) -> bool:
        return not any(self.on(day) for day in week)

    @property
    def is_empty(self) -> bool:
        return not self._falling

    @property
    def links(self) -> list[Link]:
        """To the months before and after, as far as there are any."""
        first = date(self.year, self.month, 1)
        ways = (("Previous month", months_after(first, -1)), ("Next month", months_after(first, 1)))
        return [
            Link(f"{text}: {_named(to)}", month_url(to))
            for text, to in ways
            if FIRST_YEAR <= to.year <= LAST_YEAR
        ]

    def on(self, day: date) -> Sequence[Falling]:
        """What falls on a day; days of other months only fill up the weeks."""
        return self._falling.get(day, ()) if day.month == self.month else ()


def month_url(on: date) -> str:
    return reverse("announcements:month", args=[on.year, on.month])


def _named(first: date) -> str:
    return f"{MONTHS[first.month - 1]} {first.year}"


def section_of(agreement: Agreement, acting: Acting) -> Section:
    """What is to come, then what was released last, with the way to all."""
    concerned = by_agreement([agreement.pk], acting).get(agreement.pk, ())
    coming = [row for row in concerned if row.announcement.is_open]
    others = [row for row in concerned if not row.announcement.is_open]
    shown = [*coming, *reversed(others)][:SHOWN]
    say_about(shown)
    query = urlencode({"agreement": agreement.reference})
    context: dict[str, Any] = {
        "sentence": _sentence(concerned, coming),
        "rows": shown,
        "href": f"{reverse('announcements:list')}?{query}",
        "words": words,
    }
    may_plan = DRAFTERS.includes(acting) and agreement.takes_acts
    plan = f"{reverse('announcements:plan')}?{query}"
    return Section(
        anchor="announcements",
        heading="Announcements",
        position=40,
        template="communications/section.jinja",
        context=context,
        action=Button("Plan an announcement", plan) if may_plan else None,
    )


def _sentence(concerned: Sequence[ConcernedAgreement], coming: Sequence[ConcernedAgreement]) -> str:
    if not concerned:
        return "Nothing that you may see is planned or was released."
    released = [row for row in concerned if row.announcement.is_released]
    parts = [f"{plural(len(coming), 'announcement')} to come."] if coming else []
    if released:
        share = LeadTimesMet(sum(row.met for row in released), len(released))
        parts.append(f"Of those released, {share} met the lead time.")
    return " ".join(parts) or "None is to come."

"""The page of a series: what was held, what is owed, what is next."""

from __future__ import annotations

from functools import cached_property

from django.core.paginator import Page
from django.urls import reverse

from agreements.core.parties import version_of_terms
from commitments.models import Action
from commitments.queries import actions_seen_by
from house import clock
from meetings.models import Meeting, Series, SeriesAgreement
from meetings.presenters.readers import in_words
from meetings.presenters.words import standing_tag, standing_words
from meetings.queries.seen import Overview, overviews, rows_seen
from meetings.queries.sides import (
    agreements_of,
    convener_of,
    organisations_in,
    parties_under,
    serves_of,
)
from meetings.rules.who import holds_all, may_record, may_set_cadence
from nhsuk.components import Button, Link, Tag
from nhsuk.dates import day
from nhsuk.words import capital, in_short
from parties.acting import Acting
from web.paging import LongList

SHOWN = 20


class SeriesPage:
    """One series for one reader, with the page of so many of its past meetings."""

    def __init__(self, series: Series, acting: Acting, *, number: str | None) -> None:
        self.series, self.acting, self.number = series, acting, number

    @cached_property
    def overview(self) -> Overview:
        return overviews([self.series])[0]

    @property
    def sentences(self) -> list[str]:
        """How it stands: what is owed now, and what was missed before."""
        found = [standing_words(self.overview)]
        previous = self.overview.previous
        if previous and previous.missing:
            found.append(previous.past_sentence)
        return found

    @property
    def convener(self) -> str:
        return str(convener_of(self.series) or "Any of the parties")

    @property
    def who_meet(self) -> list[str]:
        """By name while they are few."""
        found = [each.name for each in organisations_in(self.series)]
        return found if len(found) <= SHOWN else [capital(in_words(agreements_of(self.series)))]

    @property
    def serves(self) -> list[SeriesAgreement]:
        """The reader's own agreements, those that left behind the others."""
        return sorted(rows_seen(self.series), key=lambda row: row.ends_on is not None)

    def since(self, row: SeriesAgreement) -> str:
        """From when and until when, where that is not as long as there is the series."""
        joined = f"Joined on {day(row.starts_on)}" if row.starts_on else ""
        if row.starts_on and row.starts_on > clock.today():
            joined = f"Joins on {day(row.starts_on)}"
        last = f"Last day {day(row.ends_on)}" if row.ends_on else ""
        return ". ".join(filter(None, (joined, last)))

    def others_of(self, row: SeriesAgreement) -> str:
        """The other parties of one agreement, seen from the reader's side."""
        own = self.acting.organisation_id
        names = [p.name for p in parties_under([row.agreement]) if p.organisation.pk != own]
        return in_short(names or ["no other party"])

    @property
    def is_joint(self) -> bool:
        return self.series.may_be_joint and len(serves_of(self.series)) > 1

    @property
    def may_join(self) -> bool:
        """Whether the reader may add agreements: a party to each of those that meet here."""
        may = self.series.may_be_joint and self.may_record
        return may and holds_all(self.acting, self.series)

    def may_leave(self, row: SeriesAgreement) -> bool:
        """The last one does not leave: then the series ends."""
        open_rows = [each for each in serves_of(self.series) if each.ends_on is None]
        return self.is_joint and self.may_record and row in open_rows and len(open_rows) > 1

    @property
    def held_in(self) -> Series | None:
        """Where these meetings are held together with those of other agreements."""
        rows = self.series.held_in.filter(ends_on=None) if self.series.is_in_terms else None
        row = rows.select_related("series").first() if rows is not None else None
        return row.series if row else None

    @property
    def attends(self) -> str:
        """Who comes, in the words of the terms."""
        row = next(iter(rows_seen(self.series)))
        term_key = (row.instead_of or self.series).term_key
        if not term_key:
            return ""
        term = version_of_terms(row.agreement).typed_terms.meetings.called(term_key)
        return capital(term.attends) if term else ""

    @property
    def change_cadence(self) -> list[Link]:
        if not may_set_cadence(self.acting, self.series):
            return []
        return [Link("Change", self._url("cadence"), "how often they are held")]

    @property
    def buttons(self) -> list[Button]:
        if not self.may_record:
            return []
        return [
            Button("Schedule a meeting", self._url("schedule")),
            Button("Record one held elsewhere", self._url("elsewhere"), kind="secondary"),
        ]

    @cached_property
    def may_record(self) -> bool:
        return not self.series.ended_on and may_record(self.acting, self.series)

    @property
    def coming(self) -> list[Meeting]:
        """Meetings to come, the next first."""
        today = clock.today()
        scheduled = [m for m in self.overview.meetings if m.is_scheduled and m.day >= today]
        return scheduled[::-1]

    @cached_property
    def past(self) -> Page[Meeting]:
        """What was held, cancelled or entered in error, the newest first."""
        seen = Meeting.objects.visible_to(self.acting).filter(series=self.series)
        rows = seen.exclude(state=Meeting.State.SCHEDULED).defer("notes")
        found = rows.select_related("recorded_for").prefetch_related("recorded_for__names")
        return LongList(found.order_by("-day", "-pk"), SHOWN).get_page(self.number)

    def standing_tag(self, meeting: Meeting) -> Tag | None:
        """Under the reader's own agreements."""
        return standing_tag(meeting, self.overview.standing_of(meeting))

    @cached_property
    def actions(self) -> list[Action]:
        """Open actions that its meetings agreed."""
        keys = Meeting.objects.visible_to(self.acting).filter(series=self.series)
        seen = actions_seen_by(self.acting).filter(
            source_key__in=[f"meeting:{key}" for key in keys.values_list("key", flat=True)]
        )
        return list(seen.still_open().soonest_first()[:SHOWN])

    @property
    def may_end(self) -> bool:
        """Meetings that the MoU asks for end with it."""
        return self.may_record and self.series.purpose == Series.Purpose.OTHER

    def _url(self, page: str) -> str:
        return reverse(f"meetings:{page}", args=[self.series.key])

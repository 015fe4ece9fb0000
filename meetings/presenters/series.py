"""The page of a series: what was held, what is owed, what is next."""

from __future__ import annotations

from functools import cached_property

from django.core.paginator import Page
from django.urls import reverse

from agreements.core.parties import version_of_terms
from agreements.models import Agreement
from commitments.models import Action
from commitments.queries import actions_seen_by
from house import clock
from meetings.models import Meeting, Series
from meetings.presenters.words import standing_words
from meetings.queries.seen import Overview, agreements_seen, overviews
from meetings.queries.sides import convener_of, organisations_in
from meetings.rules.who import may_record, may_set_cadence
from nhsuk.components import Button, Link
from nhsuk.words import capital
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
        return [each.name for each in organisations_in(self.series)]

    @property
    def agreements(self) -> list[Agreement]:
        return agreements_seen(self.series)[:SHOWN]

    @property
    def more_agreements(self) -> int:
        return max(0, len(agreements_seen(self.series)) - SHOWN)

    @property
    def attends(self) -> str:
        """Who comes, in the words of the terms."""
        term_key, agreement = self.series.term_key, next(iter(self.agreements), None)
        if not (term_key and agreement):
            return ""
        term = version_of_terms(agreement).typed_terms.meetings.called(term_key)
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
        rows = self.series.meetings.exclude(state=Meeting.State.SCHEDULED).defer("notes")
        found = rows.select_related("recorded_for").prefetch_related("recorded_for__names")
        return LongList(found.order_by("-day", "-pk"), SHOWN).get_page(self.number)

    @cached_property
    def actions(self) -> list[Action]:
        """Open actions that its meetings agreed."""
        keys = self.series.meetings.values_list("key", flat=True)
        seen = actions_seen_by(self.acting).filter(
            source_key__in=[f"meeting:{key}" for key in keys]
        )
        return list(seen.still_open().soonest_first()[:SHOWN])

    @property
    def may_end(self) -> bool:
        """Meetings that the MoU asks for end with it."""
        return self.may_record and self.series.purpose == Series.Purpose.OTHER

    def _url(self, page: str) -> str:
        return reverse(f"meetings:{page}", args=[self.series.key])

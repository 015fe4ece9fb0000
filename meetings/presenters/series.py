"""The page of a series: what was held, what is owed, what is next."""

from __future__ import annotations

from functools import cached_property

from django.urls import reverse

from agreements.core.parties import with_whom
from commitments.models import Action as ActionModel
from commitments.presenters.lists import COLUMNS as ACTION_COLUMNS
from commitments.presenters.lists import rows_of
from commitments.queries import actions_seen_by
from house import clock
from meetings.models import Meeting, Series
from meetings.presenters.lists import MEETING_COLUMNS, meeting_page, meeting_rows, standing_words
from meetings.presenters.words import cadence_in_sentence, when
from meetings.queries.seen import (
    Overview,
    agreements_seen,
    names_of_others,
    overviews,
)
from meetings.queries.sides import convener_of, organisations_in
from meetings.rules.who import may_record, may_set_cadence
from nhsuk.components import Action, Cell, Link, SummaryRow
from parties.acting import Acting

SHOWN = 20


class SeriesPage:
    """One series for one reader."""

    action_columns = ACTION_COLUMNS
    meeting_columns = MEETING_COLUMNS

    def __init__(self, series: Series, acting: Acting, *, everything: bool = False) -> None:
        self.series, self.acting, self.everything = series, acting, everything
        self.today = clock.today()

    @cached_property
    def overview(self) -> Overview:
        return overviews([self.series])[0]

    @property
    def caption(self) -> str:
        with_others = with_whom(names_of_others(self.series, self.acting))
        return f"W{with_others[1:]}"

    @property
    def sentences(self) -> list[str]:
        """How it stands: what is owed now, and what was missed before."""
        found = [standing_words(self.overview)]
        previous = self.overview.previous
        if previous and previous.missing:
            found.append(previous.past_sentence)
        return found

    @property
    def facts(self) -> list[SummaryRow]:
        rows = [
            SummaryRow("How often", self._how_often, actions=self._change_cadence),
            SummaryRow("Who calls it", str(convener_of(self.series) or "Any of the parties")),
            SummaryRow("Who meets", [each.name for each in organisations_in(self.series)]),
        ]
        if self.series.body:
            rows.append(SummaryRow("Group", str(self.series.body)))
        return [*rows, *self._agreements]

    @property
    def buttons(self) -> list[Action]:
        if not self.may_record:
            return []
        return [
            Action("Schedule a meeting", self._url("schedule")),
            Action("Record one held elsewhere", self._url("elsewhere"), kind="secondary"),
        ]

    @cached_property
    def may_record(self) -> bool:
        return not self.series.ended_on and may_record(self.acting, self.series)

    @property
    def coming(self) -> list[tuple[Meeting, str, str]]:
        """Meetings to come, the next first: the meeting, when it is, its page."""
        scheduled = [m for m in self.overview.meetings if m.is_scheduled and m.day >= self.today]
        return [(each, when(each), meeting_page(each)) for each in reversed(scheduled)]

    @property
    def to_record(self) -> list[tuple[str, str]]:
        """Meetings whose day has passed and of which nobody wrote a record."""
        return [(when(each), meeting_page(each)) for each in self.overview.to_record]

    @cached_property
    def past(self) -> list[Meeting]:
        """What was held, cancelled or entered in error, the newest first."""
        rows = self.series.meetings.exclude(state=Meeting.State.SCHEDULED).defer("notes")
        found = rows.select_related("recorded_for").prefetch_related("recorded_for__names")
        most = None if self.everything else SHOWN + 1
        return list(found.order_by("-day", "-pk")[:most])

    @property
    def past_rows(self) -> list[list[Cell]]:
        shown = self.past if self.everything else self.past[:SHOWN]
        return meeting_rows(shown, self.today)

    @property
    def has_more(self) -> bool:
        return not self.everything and len(self.past) > SHOWN

    @property
    def action_rows(self) -> list[list[Cell]]:
        """Open actions that its meetings agreed."""
        keys = self.series.meetings.values_list("key", flat=True)
        seen = actions_seen_by(self.acting).filter(
            source_key__in=[f"meeting:{key}" for key in keys], state=ActionModel.State.OPEN
        )
        return rows_of(seen.soonest_first()[:SHOWN], self.today)

    @property
    def end_link(self) -> Link | None:
        """Meetings that the MoU asks for end with it."""
        if not self.may_record or self.series.purpose != Series.Purpose.OTHER:
            return None
        return Link("End this series", self._url("end"))

    @property
    def _how_often(self) -> str:
        said = cadence_in_sentence(self.series)
        if self.series.is_wider:
            return f"{said[0].upper()}{said[1:]}, by the terms of the MoU"
        return f"{said[0].upper()}{said[1:]}"

    @property
    def _change_cadence(self) -> list[Link]:
        if not may_set_cadence(self.acting, self.series):
            return []
        return [Link("Change", self._url("cadence"), "how often they are held")]

    @property
    def _agreements(self) -> list[SummaryRow]:
        return [
            SummaryRow(
                "Agreement",
                f"{agreement.title}, {agreement.reference}",
                href=reverse("agreements:agreement", args=[agreement.reference]),
            )
            for agreement in agreements_seen(self.series)
        ]

    def _url(self, page: str) -> str:
        return reverse(f"meetings:{page}", args=[self.series.key])

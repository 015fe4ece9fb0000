"""Which meetings of a series count under each agreement that it serves, and what is owed there.

A meeting counts under an agreement that the series served on its day, unless a party of this
agreement says that its record is not right (record 0055).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from django.db.models import F

from house import clock
from house.once import each_once
from meetings.models import Meeting, MeetingAnswer, Series, SeriesAgreement
from meetings.queries.sides import parties_under, served, serves_of
from meetings.rules.standing import Standing, covers, owed_by, period_of, standing_on
from meetings.rules.under import Words, standing_of_record

State = Meeting.State


@dataclass
class Tally:
    """A series with its meetings that are held or scheduled, the newest first.

    `serves` are the agreements that it is counted for, `words` what was said of each record.
    """

    series: Series
    serves: Sequence[SeriesAgreement]
    meetings: Sequence[Meeting]
    words: Mapping[int, Words]
    # What was held in the series of the terms before these were held together, by series.
    apart: Mapping[int, Sequence[Meeting]] = field(default_factory=dict)

    def of(self, serves: Sequence[SeriesAgreement]) -> Tally:
        """The same, counted for these alone."""
        there = [meeting for meeting in self.meetings if _is_for(meeting, serves)]
        return replace(self, serves=serves, meetings=there)

    def standing_of(self, meeting: Meeting) -> str:
        """How its record stands under these agreements."""
        if not meeting.is_held or meeting.pk not in self.words:
            return meeting.standing
        those = [row.agreement for row in self.serves if row.serves_on(meeting.day)]
        return standing_of_record(meeting.recorded_for_id, those, self.words[meeting.pk])

    def held_for(self, row: SeriesAgreement) -> list[Meeting]:
        """The meetings that count under one agreement."""
        of_one = self.of([row])
        held = (m for m in of_one.meetings if m.is_held)
        counted = [m for m in held if of_one.standing_of(m) != Meeting.Standing.DISPUTED]
        return counted + [m for m in self.apart.get(row.instead_of_id or 0, ()) if m.counts]

    @property
    def scheduled_on(self) -> list[date]:
        return [meeting.day for meeting in self.meetings if meeting.is_scheduled]

    def standings(self, on: date) -> dict[SeriesAgreement, Standing]:
        """How the period of this day stands under each agreement that owes meetings in it: it has
        duties, and is served on each day of the period."""
        owed = owed_by(self.series.cadence, self.series.per_year)
        if owed is None or on < self.series.counts_from:
            return {}
        start = self.series.counts_from
        period = period_of(on, start, owed.months)
        bound = (row for row in self.serves if row.agreement.has_duties)
        through = (row for row in bound if row.serves_through(period.first, period.last))
        return {
            row: standing_on(
                on, owed=owed, start=start, held_on=[m.day for m in self.held_for(row)]
            )
            for row in through
        }

    def owed_now(self) -> dict[SeriesAgreement, Standing]:
        """The same of today; nothing of a series that ended."""
        return {} if self.series.ended_on else self.standings(clock.today())

    def wanting(self, on: date) -> dict[SeriesAgreement, Standing]:
        """Of the period of this day those agreements under which somebody has to act.

        Where as many are scheduled in it as are owed, nobody has to: those that were lately wait
        for their record, which people are asked for. Without one they cover nothing any more.
        """
        today = clock.today()
        coming = [day for day in self.scheduled_on if covers(day, today)]
        return {
            row: standing
            for row, standing in self.standings(on).items()
            if standing.missing
            > sum(day in standing.period and row.serves_on(day) for day in coming)
        }


@each_once(Series)
def names_by_key(keys: Collection[str]) -> dict[str, str]:
    """By the key of a series what it is called; empty where there is none (one query)."""
    rows = Series.objects.filter(key__in=keys).values_list("key", "name")
    return dict.fromkeys(keys, "") | {str(key): name for key, name in rows}


@each_once(Meeting, MeetingAnswer, Series, SeriesAgreement)
def tallies(keys: Collection[str]) -> dict[str, Tally]:
    """By the key of a series what counts under each of its agreements (four queries, for any
    number; two more where somebody has yet to answer)."""
    rows = Series.objects.filter(key__in=keys).prefetch_related(served())
    found = tallied({each: serves_of(each) for each in rows})
    return {str(tally.series.key): tally for tally in found}


def tallied(serves: Mapping[Series, Sequence[SeriesAgreement]]) -> list[Tally]:
    """The same of series with what they are counted for at hand (two queries)."""
    found: dict[int, list[Meeting]] = defaultdict(list)
    apart = {row.instead_of_id for rows in serves.values() for row in rows if row.instead_of_id}
    meetings = Meeting.objects.filter(series__in={each.pk for each in serves} | apart)
    there = meetings.filter(state__in=[State.SCHEDULED, State.HELD]).defer("notes")
    for meeting in there.order_by("-day", "-pk"):
        found[meeting.series_id].append(meeting)
    words = words_of(m for each in serves if each.may_be_joint for m in found[each.pk])
    if words:
        parties_under([row.agreement for rows in serves.values() for row in rows])
    return [
        Tally(each, rows, [m for m in found[each.pk] if _is_for(m, rows)], words, found)
        for each, rows in serves.items()
    ]


def words_of(meetings: Iterable[Meeting]) -> dict[int, dict[int, bool]]:
    """By meeting, of those that somebody has yet to confirm or disputes, what each organisation
    said last of the record as it stands (one query; none where nothing waits)."""
    waiting = {Meeting.Standing.AWAITED, Meeting.Standing.DISPUTED}
    found: dict[int, dict[int, bool]] = {m.pk: {} for m in meetings if m.standing in waiting}
    if found:
        rows = MeetingAnswer.objects.filter(meeting__in=found, at__gte=F("meeting__recorded_at"))
        said = rows.order_by("at", "pk").values_list("meeting", "organisation", "agrees")
        for meeting, organisation, agrees in said:
            found[meeting][organisation] = agrees
    return found


def _is_for(meeting: Meeting, rows: Sequence[SeriesAgreement]) -> bool:
    """Whether it was or will be held for one of these."""
    return any(row.serves_on(meeting.day) for row in rows)

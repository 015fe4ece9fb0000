"""Series and meetings as the reader may see them, with what a row shows at hand."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from django.db.models import Prefetch

from agreements.models import Agreement
from house import clock
from house.once import once_a_page
from meetings.models import Meeting, Series, SeriesAgreement
from meetings.models.series import SeriesQuerySet
from meetings.queries.sides import other_organisations, read_parties_in
from meetings.rules.standing import Owed, Standing, owed_now, standing_before, standing_on
from parties.acting import Acting

State = Meeting.State


def series_seen_by(acting: Acting) -> SeriesQuerySet:
    """All that serve an agreement of the reader's, with those that they may see (three queries)."""
    own = SeriesAgreement.objects.visible_to(acting).select_related("agreement")
    seen = Prefetch("serves", own.order_by("agreement__reference"), to_attr="seen")
    return series_with_agreements(acting).prefetch_related(seen)


def series_with_agreements(acting: Acting) -> SeriesQuerySet:
    """The same for lines that name the other side and no more (two queries)."""
    serving = SeriesAgreement.objects.select_related("agreement")
    return Series.objects.visible_to(acting).prefetch_related(Prefetch("serves", serving))


def running_for(agreements: Sequence[Agreement], acting: Acting) -> dict[int, list[Overview]]:
    """Agreement id -> its running series with how they stand (two queries, once a page)."""
    return _running(frozenset(agreement.pk for agreement in agreements), acting)


@once_a_page
def _running(ids: frozenset[int], acting: Acting) -> dict[int, list[Overview]]:
    running = Series.objects.visible_to(acting).running().filter(serves__agreement__in=ids)
    rows = SeriesAgreement.objects.filter(series__in=running.order_by().values("pk"))
    served: dict[Series, list[Agreement]] = defaultdict(list)
    for row in rows.select_related("series", "agreement").order_by("series_id", "pk"):
        served[row.series].append(row.agreement)
    found: dict[int, list[Overview]] = defaultdict(list)
    for overview in _with_meetings(served):
        for agreement in overview.agreements:
            if agreement.pk in ids:
                found[agreement.pk].append(overview)
    return found


def agreements_seen(series: Series) -> list[Agreement]:
    """Of the agreements that it serves those that the reader may see."""
    seen: Iterable[SeriesAgreement] = series.seen  # type: ignore[attr-defined]
    return [row.agreement for row in seen]


def names_of_others(series: Series, acting: Acting) -> list[str]:
    return [each.name for each in other_organisations(series, acting.organisation_id)]


@dataclass
class Overview:
    """A series with how it stands: what was held and is owed, what is next, what is missing."""

    series: Series
    agreements: Sequence[Agreement]
    meetings: Sequence[Meeting]

    @cached_property
    def owed(self) -> Owed | None:
        return owed_now(self.series, self.agreements)

    @property
    def counted(self) -> list[Meeting]:
        """The meetings that count, the newest first, as `MeetingQuerySet.counted` has them."""
        return [m for m in self.meetings if m.is_held and m.standing != Meeting.Standing.DISPUTED]

    @property
    def held_on(self) -> list[date]:
        return [meeting.day for meeting in self.counted]

    @property
    def standing(self) -> Standing | None:
        """With what it owes today; None where it owes nothing."""
        start, held_on = self.series.counts_from, self.held_on
        today, owed = clock.today(), self.owed
        return standing_on(today, owed=owed, start=start, held_on=held_on) if owed else None

    @property
    def previous(self) -> Standing | None:
        """How the period before stood, if the cadence held in it."""
        if self.owed is None:
            return None
        start, held_on = self.series.counts_from, self.held_on
        found = standing_before(clock.today(), owed=self.owed, start=start, held_on=held_on)
        return found if found and found.period.last >= self.series.cadence_since else None

    @property
    def next(self) -> Meeting | None:
        today = clock.today()
        coming = [m for m in self.meetings if m.is_scheduled and m.day >= today]
        return coming[-1] if coming else None

    @property
    def to_record(self) -> list[Meeting]:
        """Scheduled for a day that has passed, and nobody has said what happened."""
        today = clock.today()
        return [m for m in self.meetings if m.is_scheduled and m.day < today]


def overviews(series: Sequence[Series]) -> list[Overview]:
    """Each with its meetings, the newest first, and the parties that meet (two queries)."""
    read_parties_in(series)
    return _with_meetings({s: [row.agreement for row in s.serves.all()] for s in series})


def _with_meetings(served: Mapping[Series, Sequence[Agreement]]) -> list[Overview]:
    found: dict[int, list[Meeting]] = defaultdict(list)
    meetings = Meeting.objects.filter(series__in=[each.pk for each in served])
    there = meetings.filter(state__in=[State.SCHEDULED, State.HELD]).defer("notes")
    for meeting in there.order_by("-day", "-pk"):
        found[meeting.series_id].append(meeting)
    return [Overview(each, agreements, found[each.pk]) for each, agreements in served.items()]

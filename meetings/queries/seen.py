"""Series and meetings as the reader may see them, with what a row shows at hand."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Prefetch

from agreements.models import Agreement
from house import clock
from house.once import once_a_page
from meetings.models import (
    AgendaItem,
    ItemAbout,
    Meeting,
    Note,
    NoteAbout,
    Series,
    SeriesAgreement,
)
from meetings.models.series import SeriesQuerySet
from meetings.queries.sides import other_organisations, read_parties_in
from meetings.queries.tally import Tally, names_by_key, tallied
from meetings.rules.standing import ONE_DAY, Standing
from parties.acting import Acting
from parties.models.organisations import name_today, with_name


def series_seen_by(acting: Acting) -> SeriesQuerySet:
    """All that serve an agreement of the reader's, with those that they may see (three queries)."""
    own = SeriesAgreement.objects.visible_to(acting).select_related("agreement")
    seen = Prefetch("serves", own.order_by("agreement__reference", "pk"), to_attr="seen")
    return series_with_agreements(acting).prefetch_related(seen)


def series_with_agreements(acting: Acting) -> SeriesQuerySet:
    """The same for lines that name the other side and no more (two queries)."""
    serving = SeriesAgreement.objects.select_related("agreement")
    return Series.objects.visible_to(acting).prefetch_related(Prefetch("serves", serving))


def running_for(agreements: Sequence[Agreement], acting: Acting) -> dict[int, list[Overview]]:
    """Agreement id -> the running series that serve it, with how they stand under it (two queries,
    once a page)."""
    return _running(frozenset(agreement.pk for agreement in agreements), acting)


@once_a_page
def _running(ids: frozenset[int], acting: Acting) -> dict[int, list[Overview]]:
    rows = SeriesAgreement.objects.visible_to(acting).on(clock.today())
    those = rows.filter(agreement__in=ids, series__ended_on=None)
    served: dict[Series, list[SeriesAgreement]] = defaultdict(list)
    for row in those.select_related("series", "agreement", "instead_of").order_by(
        "series_id", "pk"
    ):
        served[row.series].append(row)
    names_by_key.brought({str(series.key): series.name for series in served})
    found: dict[int, list[Overview]] = defaultdict(list)
    for tally in tallied(served):
        for row in tally.serves:
            found[row.agreement_id].append(Overview(tally.of([row])))
    return found


def rows_seen(series: Series) -> list[SeriesAgreement]:
    """What it serves, served or will serve of the reader's own, by reference."""
    seen: list[SeriesAgreement] = series.seen  # type: ignore[attr-defined]
    return seen


def agreements_seen(series: Series, on: date | None = None) -> list[Agreement]:
    """Of the agreements that it serves on a day, today without one, those that the reader may see;
    where it serves none of them any more, those that it served."""
    rows = rows_seen(series)
    there = [row for row in rows if row.serves_on(on or clock.today())]
    return list({row.agreement_id: row.agreement for row in there or rows}.values())


def names_of_others(series: Series, acting: Acting) -> list[str]:
    return [each.name for each in other_organisations(series, acting.organisation_id)]


def notes_seen(meeting: Meeting, acting: Acting) -> list[Note]:
    """What the reader may read of the notes that some read alone, each with the agreements that it
    is about (two queries; one where there is none)."""
    rows = Note.objects.visible_to(acting).filter(meeting=meeting).select_related("written_for")
    named = rows.annotate(called=name_today("written_for")).prefetch_related(
        about_of_each(NoteAbout)
    )
    return [with_name(row, "written_for") for row in named]


def about_of_each(model: type[ItemAbout] | type[NoteAbout]) -> Prefetch[str]:
    """For a query of items or notes: the agreements that each is about (one query)."""
    return Prefetch("about", model._default_manager.select_related("agreement"))


def about_of(marked: AgendaItem | Note) -> list[Agreement]:
    """The agreements whose parties alone read it; none where everybody who meets does."""
    rows = marked.about.select_related("agreement").order_by("agreement__reference")
    return [row.agreement for row in rows]


@dataclass
class Overview:
    """A series as it stands under the agreements that the reader looks at: what was held and is
    owed, what is next, what is missing."""

    tally: Tally

    @property
    def series(self) -> Series:
        return self.tally.series

    @property
    def meetings(self) -> Sequence[Meeting]:
        return self.tally.meetings

    @property
    def purpose(self) -> str:
        """What it is for under these agreements: it may be what their terms ask for, held together
        with others."""
        stands_for = {row.instead_of.purpose for row in self.tally.serves if row.instead_of}
        return stands_for.pop() if len(stands_for) == 1 else self.series.purpose

    @property
    def counted(self) -> list[Meeting]:
        """The meetings that count under one of these agreements, the newest first."""
        found = {m for row in self.tally.serves for m in self.tally.held_for(row)}
        return sorted(found, key=lambda meeting: (meeting.day, meeting.pk), reverse=True)

    @property
    def held_on(self) -> list[date]:
        return [meeting.day for meeting in self.counted]

    @property
    def standing(self) -> Standing | None:
        """With what it owes today, under the agreement that lacks most; None where it owes
        nothing."""
        return _worst(self.tally.owed_now().values())

    @property
    def lacking(self) -> list[SeriesAgreement]:
        """The agreements that lack a meeting now, where others of these do not."""
        owed = self.tally.owed_now()
        found = [row for row, standing in owed.items() if standing.missing]
        return found if len(found) < len(owed) else []

    @property
    def previous(self) -> Standing | None:
        """How the period before stood, if the cadence held in it."""
        owed = self.tally.owed_now()
        if not owed:
            return None
        first = next(iter(owed.values())).period.first
        found = _worst(self.tally.standings(first - ONE_DAY).values())
        return found if found and found.period.last >= self.series.cadence_since else None

    def standing_of(self, meeting: Meeting) -> str:
        return self.tally.standing_of(meeting)

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


def _worst(found: Iterable[Standing]) -> Standing | None:
    return max(found, key=lambda standing: standing.missing, default=None)


def overviews(series: Sequence[Series]) -> list[Overview]:
    """Each with its meetings, the newest first, and the parties that meet (two queries)."""
    read_parties_in(series)
    return [Overview(tally) for tally in tallied({each: rows_seen(each) for each in series})]

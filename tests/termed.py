"""Terms that tests are about, said in short."""

from __future__ import annotations

from agreements.terms import Meetings, MeetingSeries, Often, Source


def meet(per_year: int, *more: MeetingSeries, topics: tuple[Source, ...] = ()) -> Meetings:
    """So many wider meetings in each MoU year, and further series."""
    wider = series("wider", "Wider meeting", per_year=per_year)
    return Meetings(series=(wider.model_copy(update={"topics": topics}), *more))


def meet_more_often(meetings: Meetings, per_year: int) -> Meetings:
    """The same, so often in each MoU year."""
    first, *others = meetings.series
    again = first.model_copy(update={"cadence": "n_a_year", "per_year": per_year})
    return Meetings(series=(again, *others))


def series(
    key: str, label: str, cadence: Often = "n_a_year", per_year: int | None = None
) -> MeetingSeries:
    return MeetingSeries(key=key, label=label, cadence=cadence, per_year=per_year)

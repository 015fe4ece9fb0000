"""What rooms say for a report, where a rule has an edge (B15; record 0080)."""

from __future__ import annotations

from datetime import date, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agreements.core.measuring import ran_in
from agreements.models import Agreement
from commitments.measures import _stands
from commitments.models import Action
from communications.models import Announcement
from escalations.measures import _within
from escalations.measures import measures as of_disagreements
from escalations.rules.levels import Stay
from house import clock
from meetings.measures import measures as of_meetings
from meetings.models import Cadence
from meetings.services.series import make_series, set_cadence
from reports.sources import measured
from tests.agreements.reviewed import on
from tests.cast import Cast, acting
from tests.communications.desk import planned
from tests.meetings.stage import held, series_of
from tests.reports.stage import APRIL, in_force
from tests.two_of_ten import of_ten, with_ash

pytestmark = pytest.mark.django_db
DAYS = st.dates(date(2020, 1, 1), date(2024, 12, 31))
SPAN = timedelta(days=91)


# --- Actions


@given(DAYS, DAYS | st.none(), DAYS | st.none(), st.sampled_from(["done", "dropped"]))
def test_an_action_is_decided_in_one_quarter_alone(
    start: date, due: date | None, closed: date | None, how: str
) -> None:
    action = Action(due_on=due, state=how if closed else "open")
    action.closed_at = clock.london_instant(closed, time(12)) if closed else None
    found = [
        _stands(action, start + n * SPAN, start + (n + 1) * SPAN - timedelta(days=1))
        for n in range(-9, 30)
    ]
    decided = [each for each in found if each in {"met", "missed", "dropped"}]
    inside = start - 9 * SPAN, start + 30 * SPAN - timedelta(days=1)
    when = [each for each in (due, closed) if each]
    if when and all(inside[0] <= each <= inside[1] for each in when):
        late = bool(due and (closed is None or closed > due))
        assert decided == ["missed" if late else "met" if how == "done" else "dropped"]


# --- Days at a level


@given(DAYS, st.integers(0, 400), DAYS, st.integers(1, 200))
def test_days_of_quarters_that_follow_each_other_add_up(
    since: date, lasts: int, first: date, width: int
) -> None:
    noon = clock.london_instant(since, time(12))
    stay = Stay(noon, noon + timedelta(days=lasts))
    spans = [(first + n * timedelta(days=width), first + (n + 1) * timedelta(days=width))
             for n in range(3)]  # fmt: skip
    each = sum(_within(stay, begin, end - timedelta(days=1)) for begin, end in spans)
    assert each == _within(stay, spans[0][0], spans[-1][1] - timedelta(days=1))


def test_the_level_of_a_disagreement_between_some_is_told_to_nobody(cast: Cast) -> None:
    with on(date(2026, 4, 10)):
        agreement = of_ten(cast)
        with_ash(cast)
    (measure,) = of_disagreements([agreement], APRIL.first, APRIL.last)[agreement.pk]
    assert (measure.open, measure.said) == (1, "1 was opened in these months.")


# --- Meetings


def test_what_was_owed_counts_where_its_period_ends(cast: Cast) -> None:
    agreement = in_force(cast)
    with on(date(2026, 3, 2)):
        series = make_series(by=acting(cast.manager), agreements=[agreement], name="Monthly",
                             cadence="monthly")  # fmt: skip
    for day in (date(2026, 4, 1), date(2026, 5, 20)):
        held(cast.manager, series, day)
    measure = next(
        each for each in of_meetings([agreement], APRIL.first, APRIL.last)[agreement.pk]
        if each.key == "meetings.other"
    )  # fmt: skip
    # Months run from 3 February: those to 2 April, 2 May and 2 June are over; that to 2 July runs.
    assert (measure.met, measure.missed, measure.open) == (2, 1, 1)


def test_meetings_held_as_required_owe_nothing(cast: Cast) -> None:
    agreement = in_force(cast)
    series = series_of(agreement, "locality")
    if series.cadence != Cadence.AS_REQUIRED:
        set_cadence(by=acting(cast.other_manager), series=series, cadence="as_required")
    held(cast.manager, series, date(2026, 5, 20))
    measure = next(
        each for each in of_meetings([agreement], APRIL.first, APRIL.last)[agreement.pk]
        if each.key == "meetings.locality"
    )  # fmt: skip
    assert (measure.met, measure.missed, measure.open) == (0, 0, 0)
    assert measure.said == "One was held in these months."


# --- What is under embargo, and what did not run


def test_what_is_planned_is_counted_nowhere(cast: Cast) -> None:
    agreement = in_force(cast)
    with on(date(2026, 5, 4)):
        planned(cast, agreement, hours=30)
    found = measured([agreement], APRIL.first, APRIL.last)[agreement.pk]
    assert Announcement.objects.exists()
    assert not any(each.key.startswith("announcements") for each in found)


def test_an_mou_counts_while_it_runs(cast: Cast) -> None:
    agreement = Agreement.objects.get(pk=in_force(cast).pk)
    before, begun = date(2026, 2, 2), date(2026, 2, 3)
    assert not ran_in(agreement, date(2025, 1, 1), before)
    assert ran_in(agreement, date(2025, 1, 1), begun)
    agreement.state, agreement.noticed_end_on = Agreement.State.ENDED, date(2026, 5, 31)
    assert ran_in(agreement, date(2026, 5, 31), APRIL.last)
    assert not ran_in(agreement, date(2026, 6, 1), APRIL.last)
    agreement.noticed_end_on = None
    assert not ran_in(agreement, begun, APRIL.last)

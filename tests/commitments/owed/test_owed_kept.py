"""Whether a clause is kept by its commitment: only with what shows it, and it turns without."""

from __future__ import annotations

from contextlib import AbstractContextManager
from datetime import date, time, timedelta

import pytest

from agreements.models import Agreement, Review
from commitments.models import Occurrence
from commitments.owed.reading import Owed, owed_under
from commitments.owed.services.judging import occurrence_in_error, say_of_occurrence
from commitments.owed.status import keepings_of, together
from house import clock
from house.clock import months_after
from tests.cast import Cast, acting
from tests.commitments.owed.owing import LEARNING, SCHEDULES, commitment, done, kept, owing
from tests.conftest import ClientOf

pytestmark = pytest.mark.django_db


def noon(day: date) -> AbstractContextManager[None]:
    return clock.at(clock.london_instant(day, time(12)))


def first_of_month(after: int = 0) -> date:
    """The first day of the first whole month from today on, or of one so many months later."""
    today = clock.today()
    first = date(today.year, today.month, 1)
    return months_after(first, after + (first < today))


def reviewed(cast: Cast, agreement: Agreement, on: date) -> None:
    Review.objects.create(
        agreement=agreement, number=Review.objects.count() + 1, due_on=on, held_on=on,
        outcome="continue", recorded_by=cast.manager, recorded_for=cast.area_team,
        recorded_at=clock.now(),
    )  # fmt: skip


def test_a_month_is_due_then_kept_with_what_shows_it_and_missed_without(cast: Cast) -> None:
    agreement, first = owing(cast), first_of_month()
    schedules, last = commitment(agreement, SCHEDULES), first_of_month(1) - timedelta(days=1)
    with noon(first):
        assert kept(agreement, SCHEDULES).state == "due"
        bare = done(cast.colleague, schedules, first, shown_by="")
        assert "nothing shows it yet" in kept(agreement, SCHEDULES).sentence
        assert kept(agreement, SCHEDULES).state == "due"
        occurrence_in_error(by=acting(cast.manager), said=bare, because="Without the file.")
        shown = done(cast.colleague, schedules, first)
        found = kept(agreement, SCHEDULES)
        assert (found.state, len(found.evidence)) == ("kept", 1)
        occurrence_in_error(by=acting(cast.manager), said=shown, because="Wrong month.")
        assert kept(agreement, SCHEDULES).state == "due"
    with noon(last + timedelta(days=1)):
        assert kept(agreement, SCHEDULES).state == "missed"
        done(cast.colleague, schedules, first)
        late = kept(agreement, SCHEDULES)
        assert (late.state, "Done late" in late.sentence) == ("missed", True)


def test_what_the_other_side_says_is_not_right_is_not_kept(cast: Cast) -> None:
    agreement, first = owing(cast), first_of_month()
    with noon(first):
        said = done(cast.manager, commitment(agreement, SCHEDULES), first)
        other = acting(cast.other_manager)
        say_of_occurrence(by=other, said=said, agrees=False, because="We got none.")
        assert kept(agreement, SCHEDULES).state == "due"
        say_of_occurrence(by=other, said=said, agrees=True)
        assert kept(agreement, SCHEDULES).state == "kept"


def test_a_standing_one_is_asked_about_at_the_review_and_an_answer_lapses_at_the_next(
    cast: Cast,
) -> None:
    agreement = owing(cast)
    assert kept(agreement).sentence == "Asked about at the next wider meeting or review."
    today = clock.today()
    reviewed(cast, agreement, today)
    assert "not answered yet" in kept(agreement).sentence
    said = done(cast.colleague, commitment(agreement))
    assert kept(agreement).state == "kept"
    Occurrence.objects.filter(pk=said.pk).update(shown_by="")
    assert kept(agreement).state == "due"
    Occurrence.objects.filter(pk=said.pk).update(shown_by="In the minutes.")
    with noon(today + timedelta(days=200)):
        reviewed(cast, agreement, clock.today())
        assert kept(agreement).state == "due"
        done(cast.colleague, commitment(agreement), outcome="nothing", done_on=None, shown_by="")
        assert kept(agreement).state == "nothing_yet"


def test_each_clause_has_its_own_line_and_the_overview_counts_lines(
    cast: Cast, client_of: ClientOf
) -> None:
    agreement = owing(cast)
    done(cast.colleague, commitment(agreement))
    page = client_of(cast.viewer).get(f"/agreements/{agreement.reference}/kept/").content.decode()
    assert f'id="kept-commitment:{LEARNING}"' in page
    assert f'id="kept-commitment:{SCHEDULES}"' in page
    assert 'id="kept-commitment"' not in page
    again = Agreement.objects.get(pk=agreement.pk)
    found = keepings_of(owed_under([again], acting(cast.manager))[again.pk])
    assert found["commitment"].state == "nothing_yet"


def test_of_many_parties_the_worst_counts_and_is_named(cast: Cast) -> None:
    agreement = owing(cast)
    [one] = [
        o
        for o in owed_under([agreement], acting(cast.manager))[agreement.pk]
        if o.commitment.is_standing
    ]
    said = done(cast.colleague, commitment(agreement))
    shown = [Owed(one.commitment, [said]) for _ in range(10)]
    asked = Owed(one.commitment, [], [], [clock.today()])
    found = together([*shown, asked])
    assert found.state == "due"
    assert found.sentence == ("Of 11 commitments 1 due, 10 kept. 1 due: Northern Moors Area Team.")

"""A new text: what it asks for alike goes on, what it adds begins, what it drops ends today."""

from __future__ import annotations

import pytest

from agreements.models import Agreement
from agreements.terms import CommitmentTerm
from commitments.models import Commitment, Occurrence
from commitments.owed.said import Lead, When
from commitments.owed.services.recording import change_commitment
from deadlines.models import Deadline
from house import clock
from tests.agreements.varied import varied
from tests.cast import Cast, acting
from tests.commitments.owed.owing import LEARNING, MONTHLY, SCHEDULES, commitment, done, owing

pytestmark = pytest.mark.django_db
YEARLY = CommitmentTerm(key="shares", label="Shares of staff", slots=("ccg",), cadence="yearly")


def running(agreement: Agreement) -> dict[str, Commitment]:
    rows = Commitment.objects.filter(agreement=agreement, state="running")
    return {each.what: each for each in rows}


def test_what_stays_goes_on_with_what_was_recorded_and_what_is_new_begins(cast: Cast) -> None:
    agreement = owing(cast)
    before, said = running(agreement), done(cast.manager, commitment(agreement))
    varied(cast, agreement, commitments=(MONTHLY.model_copy(update={"label": "Payments"}), YEARLY))
    after = running(agreement)
    assert set(after) == {"Payments", "Purpose", "Shares of staff"}
    assert after["Payments"].pk == before["Payment schedules"].pk
    assert after["Purpose"].pk == before["Purpose"].pk
    assert Occurrence.objects.get(pk=said.pk).commitment_id == before["Purpose"].pk


def test_what_the_text_drops_or_asks_for_at_other_times_ends(cast: Cast) -> None:
    agreement = owing(cast)
    schedules = commitment(agreement, SCHEDULES)
    quarterly = MONTHLY.model_copy(update={"cadence": "quarterly"})
    varied(cast, agreement, commitments=(quarterly,))
    schedules.refresh_from_db()
    assert (schedules.state, schedules.ended_on) == ("ended", clock.today())
    new = commitment(agreement, SCHEDULES)
    assert (new.cadence, new.watched_from) == ("quarterly", clock.today())
    open_still = Deadline.objects.still_open().filter(subject_key=f"commitment:{schedules.key}")
    assert [each.due_on for each in open_still] == []


def test_days_that_the_parties_agreed_stay_where_the_new_text_says_none(cast: Cast) -> None:
    agreement = owing(cast)
    one = commitment(agreement)
    when = When("once", due_on=clock.today())
    change_commitment(by=acting(cast.manager), commitment=one, edit_no=0, lead=Lead(), when=when)
    varied(cast, agreement)
    after = commitment(agreement, LEARNING)
    assert (after.pk, after.due_on) == (one.pk, clock.today())

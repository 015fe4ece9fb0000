"""How commitments count in reports: each time by its day, in the days in which it was decided."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from agreements.models import Agreement
from agreements.terms import CommitmentTerm
from commitments.models import Commitment
from commitments.owed.measures import measures
from commitments.owed.said import When
from commitments.owed.services.judging import say_of_occurrence
from commitments.owed.services.recording import answer_commitment, record_commitment
from house.answers import Measure
from tests.agreements.reviewed import on
from tests.cast import Cast, acting
from tests.commitments.owed.owing import done, owing, party

pytestmark = pytest.mark.django_db
MAY, JUNE = (date(2026, 5, 1), date(2026, 5, 31)), (date(2026, 6, 1), date(2026, 6, 30))
DUE = date(2026, 5, 29)


@pytest.fixture
def agreement(cast: Cast) -> Agreement:
    """On a text that has what is standing alone."""
    with on(date(2026, 4, 1)):
        return owing(cast, (CommitmentTerm(key="learn", label="Learning", slots=("ccg",)),))


def recorded(cast: Cast, agreement: Agreement, **said: object) -> Commitment:
    """By the Area Team of itself, due on 29 May, unless you say otherwise."""
    facts = {"owed_by": party(agreement), "when": When("once", due_on=DUE)} | said
    with on(date(2026, 4, 2)):
        return record_commitment(by=acting(cast.manager), agreement=agreement, what="A list",
                                 **facts)  # type: ignore[arg-type]  # fmt: skip


def counted(agreement: Agreement, days: tuple[date, date] = MAY) -> list[int]:
    found = _of(agreement, days)
    return [found.met, found.missed, found.excluded, found.open] if found else []


def _of(agreement: Agreement, days: tuple[date, date]) -> Measure | None:
    again = Agreement.objects.get(pk=agreement.pk)
    return next(iter(measures([again], *days)[agreement.pk]), None)


def said(agreement: Agreement, days: tuple[date, date] = MAY) -> str:
    found = _of(agreement, days)
    return found.said if found else ""


def test_it_is_open_then_met_or_missed_on_its_day(cast: Cast, agreement: Agreement) -> None:
    owed = recorded(cast, agreement)
    assert counted(agreement, (date(2026, 5, 1), date(2026, 5, 28))) == [0, 0, 0, 1]
    assert counted(agreement) == [0, 1, 0, 0]
    assert said(agreement) == "1 was late at the end, with nothing recorded."
    assert counted(agreement, JUNE) == []
    with on(date(2026, 6, 3)):
        found = done(cast.manager, owed, owed.counts_from, done_on=date(2026, 5, 28))
    assert counted(agreement) == [1, 0, 0, 0]
    say_of_occurrence(by=acting(cast.other_manager), said=found, agrees=False, because="No.")
    assert counted(agreement) == [0, 0, 0, 0]
    assert said(agreement) == "1 is said to be not right, and not counted."


def test_what_nothing_shows_counts_and_that_is_said(cast: Cast, agreement: Agreement) -> None:
    owed = recorded(cast, agreement)
    with on(date(2026, 5, 20)):
        done(cast.manager, owed, owed.counts_from, shown_by="")
    assert counted(agreement) == [1, 0, 0, 0]
    assert said(agreement) == "Nothing shows 1 of those done in time."


def test_late_stays_missed_where_it_was_due(cast: Cast, agreement: Agreement) -> None:
    owed = recorded(cast, agreement)
    with on(date(2026, 6, 3)):
        done(cast.manager, owed, owed.counts_from)
    assert counted(agreement) == [0, 1, 0, 0]
    assert counted(agreement, JUNE) == []


def test_what_is_standing_outside_or_said_to_be_wrong_has_no_figure(
    cast: Cast, agreement: Agreement
) -> None:
    recorded(cast, agreement, owed_by=None, outside="The county council")
    theirs = recorded(cast, agreement, owed_by=party(agreement, "ccg"))
    answer_commitment(by=acting(cast.other_manager), commitment=theirs, agrees=False,
                      because="We never agreed it.")  # fmt: skip
    assert counted(agreement) == []


def test_five_ask_no_more_than_one(cast: Cast, agreement: Agreement) -> None:
    counts = []
    for more in (1, 4):
        for _ in range(more):
            owed = recorded(cast, agreement)
            with on(DUE):
                done(cast.manager, owed, owed.counts_from)
        with CaptureQueriesContext(connection) as queries:
            assert counted(agreement)
        counts.append(len(queries))
    assert counted(agreement) == [5, 0, 0, 0]
    assert counts[0] == counts[1]

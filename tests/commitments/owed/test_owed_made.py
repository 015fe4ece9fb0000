"""Commitments follow from the text: made once when it comes into force, whatever made it so."""

from __future__ import annotations

import pytest

from agreements.models import Agreement
from agreements.terms import CommitmentTerm
from commitments.models import Commitment
from commitments.owed.services.making import came_into_force, end_all, make_up_for_missing
from house.lifecycle import lock
from tests.cast import Cast, acting
from tests.commitments.owed.owing import LEARNING, owing

pytestmark = pytest.mark.django_db


def facts(agreement: Agreement) -> list[tuple[str, str, str, str]]:
    rows = Commitment.objects.filter(agreement=agreement, state="running").order_by("number")
    return [(each.what, each.who_owes, each.cadence, each.clause_key) for each in rows]


def test_a_clause_makes_one_for_each_party_that_owes_it_and_a_term_says_when(cast: Cast) -> None:
    team = cast.area_team.name
    assert facts(owing(cast)) == [
        ("Payment schedules", team, "monthly", "meet"),
        ("Purpose", team, "as_required", LEARNING),
    ]


def test_of_a_side_that_gets_its_own_there_is_one_for_each_and_somebody_outside_may_owe(
    cast: Cast,
) -> None:
    terms = (
        CommitmentTerm(key="report", label="Report", slots=("area_team",), to="ccg"),
        CommitmentTerm(key="money", label="Accounts", outside="The county council"),
    )
    agreement = owing(cast, terms)
    report, money = (
        Commitment.objects.filter(agreement=agreement).exclude(term_key="").order_by("number")
    )
    assert (report.owed_to and report.owed_to.slot) == "ccg"
    assert (money.who_owes, money.owed_by, money.is_standing) == ("The county council", None, True)


def test_again_it_makes_nothing_and_an_upgrade_makes_what_is_missing(cast: Cast) -> None:
    agreement = owing(cast)
    came_into_force(lock(agreement), acting(cast.manager))
    assert len(facts(agreement)) == 2
    assert list(make_up_for_missing()) == []
    for each in Commitment.objects.filter(agreement=agreement):
        each.history.all().delete()
        getattr(each, "next_look", None) and each.next_look.delete()
        each.delete()
    assert list(make_up_for_missing()) == [agreement.reference]
    assert len(facts(agreement)) == 2
    assert list(make_up_for_missing()) == []


def test_when_the_agreement_ends_what_was_owed_ends_with_it(cast: Cast) -> None:
    agreement = owing(cast)
    end_all(lock(agreement))
    assert facts(agreement) == []
    ended = Commitment.objects.get(agreement=agreement, clause_key=LEARNING)
    assert (ended.state, ended.because) == ("ended", "The agreement has ended.")

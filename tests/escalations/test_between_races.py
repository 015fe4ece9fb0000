"""Two at one moment bring somebody in, accept, open: one legal outcome."""

from __future__ import annotations

import pytest

from escalations.models import Disagreement, Step
from escalations.services.bringing_in import bring_in
from escalations.services.settling import accept, propose
from parties.models import User
from tests.at_once import ROUNDS, Act, at_once, refusals
from tests.cast import Cast, acting
from tests.two_of_ten import SUBJECT, of_ten, parties, somebody, with_ash

pytestmark = [pytest.mark.sqlite, pytest.mark.django_db(transaction=True)]


def brings_in(who: User, disagreement: Disagreement, key: str) -> Act:
    def act() -> Step:
        read = Disagreement.objects.select_related("agreement").get(pk=disagreement.pk)
        return bring_in(
            by=acting(who), disagreement=read, at_level="managers", because=f"{key} pays too.",
            parties=parties(read.agreement, key),
        )  # fmt: skip

    return who, act


def accepts(who: User, proposal: Step) -> Act:
    def act() -> Step:
        read = Step.objects.select_related("disagreement__agreement").get(pk=proposal.pk)
        return accept(by=acting(who), proposal=read)

    return who, act


def check(disagreement: Disagreement) -> Disagreement:
    """What the row says of its parties is what the rows say."""
    found = Disagreement.objects.get(pk=disagreement.pk)
    assert [each.key for each in found.parties] == found.between
    assert {each.party.key for each in found.concerned.all()} == set(found.between)
    return found


def test_both_bring_somebody_in_at_once(cast: Cast) -> None:
    """Both are in; the same one is in once."""
    agreement = of_ten(cast)
    ash = somebody("Mo Ash")
    for number in range(ROUNDS):
        disagreement = with_ash(cast, agreement, f"{SUBJECT} {number}")
        at_once(
            [
                brings_in(cast.other_manager, disagreement, "federation-2"),
                brings_in(ash, disagreement, "federation-3"),
            ]
        )
        named = ["ccg", "federation-1", "federation-2", "federation-3"]
        assert check(disagreement).between == named
        answers = at_once(
            [
                brings_in(cast.other_manager, disagreement, "federation-4"),
                brings_in(ash, disagreement, "federation-4"),
            ]
        )
        assert len(refusals(answers)) == 1
        assert check(disagreement).concerned.count() == 5


def test_an_acceptance_against_a_party_that_is_brought_in(cast: Cast) -> None:
    """It is settled between the two, or the third has to accept as well: never both."""
    agreement = of_ten(cast)
    ash = somebody("Mo Ash")
    for number in range(ROUNDS):
        disagreement = with_ash(cast, agreement, f"{SUBJECT} {number}")
        proposal = propose(
            by=acting(cast.other_manager), disagreement=disagreement, at_level="managers",
            text="Half each.",
        )  # fmt: skip
        answers = at_once(
            [accepts(ash, proposal), brings_in(cast.other_manager, disagreement, "federation-2")]
        )
        found = check(disagreement)
        came_too_late = len(refusals(answers)) == 1
        assert (not found.is_open) == came_too_late
        assert len(found.between) == (2 if came_too_late else 3)

"""Two people at one moment: row locks decide on PostgreSQL, the one writer on SQLite."""

from __future__ import annotations

import pytest

from agreements.models import Happening
from escalations.models import Disagreement, Step
from escalations.services.opening import open_disagreement
from escalations.services.settling import accept, take_up
from parties.models import User
from tests.at_once import ROUNDS, Act, at_once, refusals
from tests.cast import Cast, acting
from tests.disagreements import (
    MANAGERS,
    RESPONSIBLE,
    SUBJECT,
    WORKING,
    in_force,
    opened,
    proposed,
)

pytestmark = [pytest.mark.sqlite, pytest.mark.django_db(transaction=True)]


def accepts(who: User, proposal: Step) -> Act:
    def act() -> Step:
        read = Step.objects.select_related("disagreement__agreement").get(pk=proposal.pk)
        return accept(by=acting(who), proposal=read)

    return who, act


def takes_up(who: User, disagreement: Disagreement, target: str = MANAGERS) -> Act:
    def act() -> Step:
        read = Disagreement.objects.select_related("agreement").get(pk=disagreement.pk)
        return take_up(
            by=acting(who), disagreement=read, at_level=WORKING, target=target,
            because="We could not settle it.", skipped_because="No time.",
        )  # fmt: skip

    return who, act


def rounds(cast: Cast) -> list[Disagreement]:
    agreement = in_force(cast)
    return [opened(cast, agreement, f"{SUBJECT} {number}") for number in range(ROUNDS)]


def count(disagreement: Disagreement, *kinds: str) -> int:
    return disagreement.steps.filter(kind__in=kinds).count()


def test_each_accepts_the_proposal_of_the_other_at_once(cast: Cast) -> None:
    """One of the two stands as what was agreed; the other comes too late."""
    for disagreement in rounds(cast):
        ours = proposed(cast.colleague, disagreement, "Ours.")
        theirs = proposed(cast.other_colleague, disagreement, "Theirs.")
        answers = at_once([accepts(cast.colleague, theirs), accepts(cast.other_colleague, ours)])
        assert len(refusals(answers)) == 1
        assert "It is closed." in refusals(answers)[0]
        disagreement.refresh_from_db()
        agreed = disagreement.steps.get(kind="agreed")
        assert disagreement.state == "agreed"
        assert agreed.about_id in {ours.pk, theirs.pk}
        assert count(disagreement, "acceptance") == 3


def test_the_same_acceptance_pressed_by_four_at_once(cast: Cast) -> None:
    for disagreement in rounds(cast):
        ours = proposed(cast.colleague, disagreement)
        at_once([accepts(cast.other_colleague, ours) for _ in range(4)])
        assert count(disagreement, "acceptance") == 2
        assert count(disagreement, "agreed") == 1
        about = Happening.objects.filter(
            verb="disagreement_agreed", data__number=disagreement.number
        )
        assert about.count() == 1


def test_an_acceptance_against_a_step_up(cast: Cast) -> None:
    """It is settled at its level, or it is at the next with nothing accepted: never both."""
    for disagreement in rounds(cast):
        ours = proposed(cast.colleague, disagreement)
        answers = at_once(
            [accepts(cast.other_colleague, ours), takes_up(cast.colleague, disagreement)]
        )
        assert len(refusals(answers)) == 1
        disagreement.refresh_from_db()
        settled = (disagreement.state, disagreement.level) == ("agreed", WORKING)
        moved = (disagreement.state, disagreement.level) == ("open", MANAGERS)
        assert settled != moved
        assert count(disagreement, "taken_up") == int(moved)
        assert count(disagreement, "acceptance") == 1 + int(settled)


def test_two_take_it_up_at_once(cast: Cast) -> None:
    """To different levels: one goes, and only what it left out is recorded as left out."""
    for disagreement in rounds(cast):
        answers = at_once(
            [
                takes_up(cast.colleague, disagreement),
                takes_up(cast.other_colleague, disagreement, RESPONSIBLE),
            ]
        )
        assert len(refusals(answers)) == 1
        disagreement.refresh_from_db()
        step = disagreement.steps.get(kind="taken_up")
        assert step.target == disagreement.level
        assert count(disagreement, "skipped") == int(step.target == RESPONSIBLE)


def test_opened_twice_at_once_it_is_one(cast: Cast) -> None:
    agreement = in_force(cast)
    for number in range(ROUNDS):

        def act(subject: str = f"{SUBJECT} {number}") -> Disagreement:
            return open_disagreement(
                by=acting(cast.colleague), agreement=agreement, subject=subject, wanted="Fewer."
            )

        at_once([(cast.colleague, act)] * 3)
    found = Disagreement.objects.order_by("number").values_list("number", flat=True)
    assert list(found) == list(range(1, ROUNDS + 1))

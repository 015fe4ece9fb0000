"""How a version stands with one party, by its decisions in order: a table, without a database."""

from __future__ import annotations

from datetime import date

import pytest

from agreements.core.states import ApprovalStanding, standings
from agreements.models import Approval, Party, Version
from agreements.terms import ApprovalRoute, Terms, as_stored

ON = date(2014, 3, 3)


def standing(*decisions: str, route: str = "body") -> ApprovalStanding:
    approvals = tuple(
        Approval(pk=number, decision=decision, decided_on=ON, decider="Board")
        for number, decision in enumerate(decisions, start=1)
    )
    named = "" if route == "none" else "Board"
    return ApprovalStanding(Party(), ApprovalRoute(slot="ccg", route=route, name=named), approvals)


# What was decided, one after the other; whether the approval is given; the number of the rejection
# that stands, and of the decision that asks for changes; whether it is to be ratified.
TABLE: list[tuple[str, bool, int, int, bool]] = [
    ("", False, 0, 0, True),
    ("approved", True, 0, 0, False),
    ("delegated", True, 0, 0, False),
    ("by_delegate", True, 0, 0, False),
    ("changes_made", True, 0, 0, False),
    ("not_as_asked", False, 0, 0, True),
    ("for_engagement", False, 0, 0, True),
    ("noted", False, 0, 0, True),
    ("deferred", False, 0, 0, True),
    ("rejected", False, 1, 0, False),
    ("subject_to_changes", False, 0, 1, False),
    ("approved rejected", False, 2, 0, False),
    ("approved noted", False, 0, 0, True),
    ("approved subject_to_changes", False, 0, 2, False),
    ("rejected approved", True, 0, 0, False),
    ("rejected noted", False, 1, 0, False),
    ("rejected subject_to_changes", False, 1, 2, False),
    ("rejected rejected", False, 2, 0, False),
    ("rejected approved noted", False, 0, 0, True),
    ("approved rejected approved", True, 0, 0, False),
]


@pytest.mark.parametrize(("decided", "given", "rejected", "asks", "to_ratify"), TABLE)
def test_what_follows_from_the_decisions(
    decided: str, given: bool, rejected: int, asks: int, to_ratify: bool
) -> None:
    found = standing(*decided.split())
    assert found.is_given is given
    assert (found.rejection.pk if found.rejection else 0) == rejected
    assert (found.asks_changes.pk if found.asks_changes else 0) == asks
    assert found.is_to_be_ratified is to_ratify
    assert found.edit_no == len(decided.split())


def test_nobodys_approval_is_given_without_a_decision() -> None:
    found = standing(route="none")
    assert (found.is_given, found.is_to_be_ratified) == (True, False)
    assert found.so_far == found.in_words == "No approval is needed"


@pytest.mark.parametrize(
    ("decided", "so_far", "in_words"),
    [
        ("", "Not decided yet", "Approval to be ratified"),
        ("deferred", "Deferred", "Deferred. Approval to be ratified"),
        ("approved rejected", "Rejected", "Rejected"),
        ("rejected approved", "Approved", "Approved"),
    ],
)
def test_it_is_said_in_the_words_of_the_latest(decided: str, so_far: str, in_words: str) -> None:
    found = standing(*decided.split())
    assert found.so_far == so_far
    assert found.in_words.casefold() == in_words.casefold()


def test_decisions_are_in_the_order_of_their_days_then_of_their_entry() -> None:
    terms = Terms(approval_routes=(ApprovalRoute(slot="ccg", route="body", name="Board"),))
    version = Version(terms=as_stored(terms))
    ours, theirs = Party(pk=1, slot="area_team"), Party(pk=2, slot="ccg")
    days = {7: date(2014, 3, 1), 5: date(2014, 3, 2), 6: date(2014, 3, 2), 4: date(2014, 3, 3)}
    given = [Approval(pk=pk, party=theirs, decided_on=on) for pk, on in sorted(days.items())]
    first, second = standings(version, [ours, theirs], given)
    assert (first.party, first.approvals) == (ours, ())
    assert (second.party, [each.pk for each in second.approvals]) == (theirs, [7, 5, 6, 4])
    assert second.latest
    assert second.latest.pk == 4
    assert (second.edit_no, second.latest.version) == (7, version)

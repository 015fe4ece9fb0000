"""A practice concern by keyboard: recorded, shared with its reason, read, seen to and closed."""

from __future__ import annotations

import pytest

from house import clock
from tests.browser.conftest import Visits
from tests.browser.visitors import Visitor
from tests.cast import Cast
from tests.disagreements import in_force

pytestmark = pytest.mark.browser
KNOWN = "Two inspections found no emergency drugs."
YES = "Yes, share it"


@pytest.fixture
def people(parties: Cast) -> Cast:
    for name in ("colleague", "other_colleague"):
        getattr(parties, name)
    in_force(parties)
    return parties


def test_a_concern_from_its_record_to_its_end(
    people: Cast, at_keyboard: Visits, complaints: list[str]
) -> None:
    manager, other_manager = at_keyboard(people.manager), at_keyboard(people.other_manager)
    record_it(manager)
    share_it(manager)
    read_it(other_manager)
    close_it(manager)
    colleague = at_keyboard(people.colleague)
    colleague.follow("Practice concerns")
    colleague.sees("There is none that you read.")
    assert complaints == []


def record_it(manager: Visitor) -> None:
    """A name is asked about once."""
    manager.open("/agreements/MOU-0001/kept/")
    manager.press("Record a concern")
    manager.sees("A performer's name is never stored here.")
    manager.write("Practice in words", "Beckside Surgery")
    manager.choose("The Care Quality Commission")
    manager.choose("High: care may suffer")
    manager.write("What is known", f"{KNOWN} Dr Hale said so.")
    manager.press("Record the concern")
    manager.sees("There is a problem", "“Dr Hale” looks like somebody's name.")
    manager.write("What is known", KNOWN)
    answer(manager, "Are services at risk that Eastmoor CCG commissions?", "Yes")
    answer(manager, "Is there a gap in what the contract delivers?", "No")
    manager.press("Record the concern")
    manager.sees("The concern is recorded. You alone read it.", KNOWN)


def answer(visitor: Visitor, question: str, what: str) -> None:
    group = visitor.page.get_by_role("group", name=question)
    visitor._mark(group.get_by_label(what, exact=True))


def share_it(manager: Visitor) -> None:
    manager.press("Decide whether to share it")
    manager.choose(YES)
    manager.write("Why", "Their patients wait.")
    manager.press("Record the decision")
    manager.sees("We told the MoU manager of Eastmoor CCG.", "Their patients wait.")


def read_it(other_manager: Visitor) -> None:
    """From Home; who was to be informed says that it was."""
    other_manager.open("/")
    other_manager.see_to("Read the concern about Beckside Surgery", "Read it")
    other_manager.sees(KNOWN, "The practitioner informs Eastmoor CCG")
    other_manager.follow("Done or dropped action 1")
    other_manager.choose("It is done")
    other_manager.write_date("Day on which it was done (optional)", clock.today())
    other_manager.write("How that is known, or why it is dropped", "They rang us.")
    other_manager.press("Save")
    other_manager.sees("What became of action 1 is recorded.", "They rang us.")


def close_it(manager: Visitor) -> None:
    manager.press("Close it")
    manager.write("What came of it", "The drugs are there.")
    manager.press("Close it")
    manager.sees("The concern is closed.", "Closed with no action open", "The drugs are there.")

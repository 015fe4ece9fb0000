"""An end that one party proposes and the other accepts, in a browser."""

from __future__ import annotations

from datetime import timedelta

import pytest

from house import clock
from tests.browser import review as story
from tests.browser.conftest import Visits
from tests.cast import Cast
from tests.meetings.stage import in_force

pytestmark = pytest.mark.browser
PAGE = f"{story.PAGE}changes/"


def test_an_end_is_proposed_and_accepted_by_keyboard(
    parties: Cast, at_keyboard: Visits, complaints: list[str]
) -> None:
    source = parties.area_team.templates.get().versions.get()
    in_force(parties, start=clock.today() - timedelta(days=400), source=source)
    manager, other = at_keyboard(parties.manager), at_keyboard(parties.other_manager)
    manager.open(PAGE)
    manager.sees("The text gives it no end.")
    manager.follow("Propose that it ends")
    manager.write_date("Its last day", clock.today() - timedelta(days=1))
    manager.write("Why it ends", "The work is done.")
    manager.press("Record it and tell the others")
    manager.sees("Waits for the answer of Eastmoor CCG.")
    other.open(PAGE)
    other.press("Answer")
    other.choose("Yes, we accept it")
    other.press("Send your answer")
    other.open(story.PAGE)
    other.sees("Ended")
    other.sees("by agreement of all parties")
    assert complaints == []

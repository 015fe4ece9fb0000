"""What is owed as both sides live it, in a browser: recorded, confirmed, done, called not right."""

from __future__ import annotations

from datetime import timedelta

import pytest

from house import clock
from nhsuk.dates import day
from tests.browser.conftest import Visits
from tests.cast import Cast
from tests.meetings.stage import in_force

pytestmark = pytest.mark.browser
PAGE = "/agreements/MOU-0001/"


@pytest.fixture
def people(parties: Cast) -> Cast:
    """Both parties, with the area team's MoU of the library in force."""
    for name in ("viewer", "stranger"):
        getattr(parties, name)
    source = parties.area_team.templates.get().versions.get()
    in_force(parties, start=clock.today() - timedelta(days=30), source=source)
    return parties


def test_what_is_owed_by_keyboard(people: Cast, at_keyboard: Visits, complaints: list[str]) -> None:
    walk(people, at_keyboard)
    assert complaints == []


def walk(people: Cast, sits_down: Visits) -> None:
    manager, other_manager = sits_down(people.manager), sits_down(people.other_manager)
    other_manager.open(f"{PAGE}commitments/")
    other_manager.sees("Protected learning time", "As it comes up", "Nothing due yet")
    other_manager.press("Record a commitment")
    other_manager.write("What is owed", "Send us the list of schemes")
    other_manager.pick("Who owes it", "Northern Moors Area Team")
    other_manager.choose("Once, by a day")
    other_manager.write_date("Day", clock.today())
    other_manager.press("Record the commitment")
    other_manager.sees("not yet confirmed by Northern Moors Area Team")
    manager.open("/")
    manager.see_to("Say whether commitment 14 is right", "Open the commitment")
    manager.press("Say whether it is right")
    manager.choose("Yes, we confirm it")
    manager.press("Send your answer")
    manager.sees("You confirmed this commitment.")
    manager.press("Record what was done")
    manager.write("What shows it", "Sent by e-mail to the lead clinician.")
    manager.press("Record it")
    manager.sees("It is recorded.", "Kept", "Done in time")
    other_manager.open(f"{PAGE}commitments/")
    other_manager.follow("Send us the list of schemes")
    other_manager.follow(f"Recorded on {day(clock.today())}")
    other_manager.press("Say whether it is right")
    other_manager.choose("No, something is not right")
    other_manager.write("What is not right", "Two schemes are missing.")
    other_manager.press("Send your answer")
    other_manager.sees("You said what is not right.", "Two schemes are missing.")
    other_manager.open(f"{PAGE}commitments/")
    other_manager.follow("Say what was done for standing commitments")
    other_manager.press("Record the answers")
    other_manager.sees("There is a problem", "Answer for at least one of these")
    viewer = sits_down(people.viewer)
    viewer.open(f"{PAGE}commitments/")
    viewer.sees("another party says that this is not right")
    viewer.does_not_see_button("Record a commitment")
    stranger = sits_down(people.stranger)
    stranger.follow("Agreements")
    stranger.does_not_see("Working together")

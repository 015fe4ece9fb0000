"""A meeting and its actions as both sides live them, in a browser."""

from __future__ import annotations

from datetime import timedelta

import pytest

from house import clock
from tests.browser import meeting as story
from tests.browser.conftest import Visits
from tests.cast import Cast
from tests.meetings.stage import in_force

pytestmark = pytest.mark.browser


@pytest.fixture
def people(parties: Cast) -> Cast:
    """Both parties, with an agreement in force between them for some months."""
    for name in ("other_colleague", "viewer", "stranger"):
        getattr(parties, name)
    source = parties.area_team.templates.get().versions.get()
    in_force(parties, start=clock.today() - timedelta(days=100), source=source)
    return parties


def test_from_the_agenda_to_an_action_done_by_keyboard(
    people: Cast, at_keyboard: Visits, complaints: list[str]
) -> None:
    walk(people, at_keyboard)
    assert complaints == []


def walk(people: Cast, sits_down: Visits) -> None:
    other_manager, manager = sits_down(people.other_manager), sits_down(people.manager)
    story.call_it(other_manager, clock.today())
    story.add_to_its_agenda(other_manager)
    story.prepare(manager)
    story.record_it(manager)
    story.confirm_it(other_manager)
    other_colleague = sits_down(people.other_colleague)
    story.do_the_action(other_colleague)
    story.ask_for_monthly_meetings(other_colleague)
    viewer = sits_down(people.viewer)
    viewer.follow("Meetings")
    viewer.follow(story.WIDER)
    viewer.does_not_see_button("Schedule a meeting")
    stranger = sits_down(people.stranger)
    stranger.follow("Meetings")
    stranger.does_not_see(story.WIDER)

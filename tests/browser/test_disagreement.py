"""A disagreement from the working level to both chief executives, as both sides, in a browser."""

from __future__ import annotations

import pytest

from house import clock
from tests.browser import disagreement as story
from tests.browser.conftest import Visits
from tests.browser.visitors import Visitor
from tests.cast import Cast
from tests.disagreements import in_force

pytestmark = pytest.mark.browser


@pytest.fixture
def people(parties: Cast) -> Cast:
    """Both parties, with an agreement in force between them."""
    for name in ("viewer", "other_colleague", "stranger"):
        getattr(parties, name)
    in_force(parties)
    return parties


def test_up_to_both_chief_executives_by_keyboard(
    people: Cast, at_keyboard: Visits, complaints: list[str]
) -> None:
    walk(people, at_keyboard)
    assert complaints == []


def walk(people: Cast, sits_down: Visits) -> None:
    colleague, other_manager = sits_down(people.colleague), sits_down(people.other_manager)
    story.open_it(colleague)
    story.say_who_acts(other_manager)
    story.answer_and_take_up(sits_down(people.other_colleague))
    manager = sits_down(people.manager)
    story.propose(manager)
    story.refuse_and_take_up(other_manager)
    story.name_those_responsible(manager, "Vera Viewer")
    story.name_somebody_without_an_account(other_manager)
    story.record_that_advice_was_asked(other_manager, clock.today())
    viewer = sits_down(people.viewer)
    viewer.open("/")
    viewer.see_to("Settle disagreement 1", "Open")
    story.take_up(viewer, "Both chief executives jointly", "It is a question of policy.")
    story.settle_jointly(sits_down(people.signatory), sits_down(people.other_signatory))
    all_others_read_or_find_nothing(viewer, sits_down(people.stranger))


def all_others_read_or_find_nothing(viewer: Visitor, stranger: Visitor) -> None:
    viewer.follow("Disagreements")
    viewer.pick("State", "Closed")
    viewer.press("Show")
    viewer.follow(story.SUBJECT)
    viewer.sees("What was agreed:", story.OUTCOME)
    viewer.does_not_see("We could do with six.")
    stranger.follow("Disagreements")
    stranger.does_not_see(story.SUBJECT)

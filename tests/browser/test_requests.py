"""A query and a consultation as both sides live them, in a browser, by keyboard."""

from __future__ import annotations

from datetime import timedelta

import pytest

from deadlines.holidays import bank_holidays
from deadlines.rules.working_days import working_days_after
from house import clock
from tests.browser.conftest import Visits
from tests.browser.visitors import Visitor
from tests.cast import Cast
from tests.meetings.stage import in_force

pytestmark = pytest.mark.browser
AREA_TEAM, CCG = "Northern Moors Area Team", "Eastmoor CCG"
PAGE, QUERY = "/agreements/MOU-0001/requests/", "Which surgeries open on Saturdays?"


@pytest.fixture
def people(parties: Cast) -> Cast:
    """Both parties, with an agreement in force between them for some months."""
    for name in ("viewer", "stranger"):
        getattr(parties, name)
    source = parties.area_team.templates.get().versions.get()
    in_force(parties, start=clock.today() - timedelta(days=100), source=source)
    return parties


def test_from_a_query_to_its_answer_and_a_view_before_a_disclosure_by_keyboard(
    people: Cast, at_keyboard: Visits, complaints: list[str]
) -> None:
    other_manager, manager = at_keyboard(people.other_manager), at_keyboard(people.manager)
    ask(other_manager)
    answer(manager)
    say_what_is_not_right(other_manager)
    consult(manager)
    give_the_view(other_manager)
    viewer = at_keyboard(people.viewer)
    viewer.open(PAGE)
    viewer.does_not_see_button("Record a request")
    stranger = at_keyboard(people.stranger)
    stranger.open("/requests/?state=all")
    stranger.does_not_see(QUERY)
    assert complaints == []


def ask(other_manager: Visitor) -> None:
    other_manager.open(PAGE)
    other_manager.sees("No request is open.")
    other_manager.press("Record a request")
    other_manager.press("Record the request")
    other_manager.sees("There is a problem", "Choose what it is")
    other_manager.choose("Query")
    other_manager.write("What is asked, in one line", QUERY)
    other_manager.press("Record the request")
    other_manager.sees("Request 1 is recorded.", f"We told the MoU manager of {AREA_TEAM}")


def answer(manager: Visitor) -> None:
    manager.open("/")
    manager.see_to("Answer request 1", "Open the request")
    manager.press("Record the answer")
    manager.write("What was answered, or where it is (optional)", "Three of them, in the list.")
    manager.press("Record the answer")
    manager.sees("Request 1 is answered.", "this acknowledges it too")


def say_what_is_not_right(other_manager: Visitor) -> None:
    other_manager.open("/requests/?state=answered")
    other_manager.follow(QUERY)
    other_manager.follow("Say whether this is right Answered")
    other_manager.choose("No, something is not right")
    other_manager.write("What is not right", "The list has two.")
    other_manager.press("Send your answer")
    other_manager.sees("You said what is not right.", "Said to be not right")


def consult(manager: Visitor) -> None:
    manager.open(PAGE)
    manager.follow("Record a freedom-of-information consultation")
    manager.write("Your reference", "FOI-2014-032")
    manager.write("Which information is asked for", "Minutes, asked by Mr Finch")
    by = working_days_after(clock.today(), 5, bank_holidays())
    manager.write_date("Day by which you want its view", by)
    manager.press("Ask for the view")
    manager.sees("looks like a name.")
    manager.tick("This does not say who asked")
    manager.press("Ask for the view")
    manager.sees("Consultation 2 is recorded.", "Not recorded here", "20 working days end on")


def give_the_view(other_manager: Visitor) -> None:
    other_manager.open("/")
    other_manager.see_to("Give your view on consultation 2", "Open the request")
    other_manager.press("Give your view")
    other_manager.write("What you think of disclosing it, and why", "Leave out the names.")
    other_manager.press("Give this view")
    other_manager.sees("Your view is on the record.", "Leave out the names.", f"{CCG}")

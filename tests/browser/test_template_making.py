"""A template made from nothing, published, and a draft from it."""

from __future__ import annotations

import pytest

from tests.browser.conftest import Visits
from tests.browser.story import CCG
from tests.browser.visitors import Visitor
from tests.cast import Cast

pytestmark = pytest.mark.browser
NAME = "Out-of-hours care"
TITLE = "Out-of-hours care on the moor"


def test_a_manager_makes_a_template_and_starts_from_it(
    parties: Cast, at_keyboard: Visits, complaints: list[str]
) -> None:
    _ = parties.third_ccg
    manager = at_keyboard(parties.manager)
    begin(manager)
    add_sides(manager)
    add_a_blank(manager)
    write_a_clause(manager)
    publish(manager)
    share(manager)
    draft_from_it(manager, parties)
    the_other_organisation_may_use_it(at_keyboard(parties.other_manager))
    assert complaints == []


def begin(manager: Visitor) -> None:
    manager.follow("Templates")
    manager.press("Make a template")
    manager.write("Name", NAME)
    manager.press("Make it")
    manager.sees("What is left to do", "No side yet")


def add_sides(manager: Visitor) -> None:
    manager.press("Add a side")
    manager.write("What the text calls it", "the Area Team")
    manager.choose("One")
    manager.tick("NHS England area or regional team")
    manager.press("Save")
    manager.press("Add a side")
    manager.write("What the text calls it", "the CCG")
    manager.choose("Many, as one side")
    manager.write("If many: what the text calls all of them", "the CCGs")
    manager.tick("Clinical commissioning group")
    manager.press("Save")
    manager.sees("Many organisations, as one side: the CCGs")


def add_a_blank(manager: Visitor) -> None:
    manager.press("Add a blank")
    manager.write("What each agreement fills in", "Area covered")
    manager.press("Save")
    manager.sees("{{area_covered}}")


def write_a_clause(manager: Visitor) -> None:
    manager.press("Add a clause at the end")
    manager.write("Heading", "Who looks after it")
    manager.write("Text", "Each party names an MoU manager for {{area_covered}}.")
    manager.choose("Duty")
    manager.unfold("What keeps this clause")
    manager.tick("The list of key contacts")
    manager.press("Save")
    manager.sees("Kept by: the list of key contacts.", "[Area covered]")


def publish(manager: Visitor) -> None:
    manager.press("Publish version 1")
    manager.sees("What will happen")
    manager.press("Publish version 1")
    manager.sees("Version 1 is published.")


def share(manager: Visitor) -> None:
    manager.follow("Share it with another organisation, or stop that")
    manager.pick("Organisation", CCG)
    manager.press("Share it")
    manager.sees(f"{CCG} may use this template now.")


def draft_from_it(manager: Visitor, parties: Cast) -> None:
    """Two organisations take the side of many."""
    manager.follow("Agreements")
    manager.press("Start from a template")
    manager.choose(NAME)
    manager.press("Continue")
    manager.write("Title", TITLE)
    manager.tick(CCG)
    manager.tick(parties.third_ccg.name)
    manager.press("Save and continue")
    manager.write("Area covered", "the moor")
    manager.press("Save and continue")
    manager.press("Create the agreement")
    manager.sees("is created, with its first draft.")
    manager.sees(CCG, parties.third_ccg.name)


def the_other_organisation_may_use_it(manager: Visitor) -> None:
    manager.follow("Templates")
    manager.sees("Shared with you, to use")
    manager.follow(NAME)
    manager.sees("You cannot change it")
    manager.does_not_see_button("Open a draft")

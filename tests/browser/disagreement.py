"""A disagreement as a story: what each person does about it, in the words on the pages."""

from __future__ import annotations

from datetime import date

from tests.browser.visitors import Visitor

TITLE = "Working together"
AREA_TEAM, CCG = "Northern Moors Area Team", "Eastmoor CCG"
SUBJECT = "Visits to practices"
OUTCOME = "Visits each month, and none in the week after a holiday."
NEXT = "Take it to the next level"
RESPONSIBLE = "Those responsible above the MoU managers"


def open_it(colleague: Visitor) -> None:
    """From the agreement's page."""
    colleague.follow("Agreements")
    colleague.follow(TITLE)
    colleague.open("/agreements/MOU-0001/disagreements/")
    colleague.press("Open a disagreement")
    colleague.press("Open the disagreement")
    colleague.sees("There is a problem", "Enter a subject", "Say what your side wants")
    colleague.write("Subject", SUBJECT)
    colleague.write("What we want", "Fewer visits in winter.")
    colleague.press("Open the disagreement")
    colleague.sees("Disagreement 1 is open.", SUBJECT, "Now at this level", "Nobody is named yet")


def say_who_acts(other_manager: Visitor) -> None:
    """From the home page, which asks for it."""
    other_manager.open("/")
    other_manager.see_to("Say who acts for you at the level", "Say who acts")
    other_manager.pick("Who acts for us", "Oscar Othersby")
    other_manager.press("Save")
    other_manager.sees("Oscar Othersby acts for Eastmoor CCG at the level “Working level”.")


def answer_and_take_up(other_colleague: Visitor) -> None:
    other_colleague.open("/")
    other_colleague.see_to("Settle disagreement 1", "Open")
    other_colleague.press("Say what we want")
    other_colleague.write("What we want", "More visits, all year.")
    other_colleague.press("Save")
    other_colleague.sees("We told the other side.", "More visits, all year.")
    other_colleague.press("Add a note")
    other_colleague.write("Note", "We could do with six.")
    other_colleague.choose("Only Eastmoor CCG. You can share it later")
    other_colleague.press("Add the note")
    other_colleague.sees("Only Eastmoor CCG sees this", "We could do with six.")
    take_up(other_colleague, "MoU managers", "We went round in circles.")


def take_up(person: Visitor, level: str, why: str) -> None:
    person.press(NEXT)
    person.choose(level)
    person.write("Why it cannot be settled at this level", why)
    person.press("Take it up")
    person.sees(f"Disagreement 1 is at the level “{level}” now.", why)


def propose(manager: Visitor) -> None:
    manager.open("/")
    manager.see_to("Settle disagreement 1", "Open")
    manager.does_not_see("We could do with six.")
    manager.press("Make a proposal")
    manager.write("Proposal", "Visits every second month.")
    manager.press("Make the proposal")
    manager.sees("Your proposal is made", "It waits for Eastmoor CCG")


def refuse_and_take_up(other_manager: Visitor) -> None:
    other_manager.open("/")
    other_manager.sees("Answer the proposal on disagreement 1 with Northern Moors Area Team")
    other_manager.see_to("Answer the proposal", "Open")
    other_manager.press(f"Accept the proposal of {AREA_TEAM}")
    other_manager.sees("Visits every second month.", "It cannot be taken back.")
    other_manager.follow("Disagreement 1")
    take_up(other_manager, RESPONSIBLE, "It is a question of money.")


def name_those_responsible(manager: Visitor, name: str) -> None:
    manager.open("/")
    manager.see_to("Say who acts for you at the level", "Say who acts")
    manager.pick("Who acts for us", name)
    manager.press("Save")
    manager.sees(f"{name} acts for {AREA_TEAM}")


def name_somebody_without_an_account(other_manager: Visitor) -> None:
    other_manager.follow(f"Say who acts at the level {RESPONSIBLE}")
    other_manager.write("Or their name", "Wilma Without")
    other_manager.write("Their e-mail address", "wilma@moors.example")
    other_manager.press("Save")
    other_manager.sees("Wilma Without acts for Eastmoor CCG", "You record what they decide.")


def record_that_advice_was_asked(other_manager: Visitor, on: date) -> None:
    other_manager.press("Ask for advice")
    other_manager.sees("You record this for Wilma Without")
    other_manager.write("Who was asked", "Moors Local Medical Committee")
    other_manager.write_date("When", on)
    other_manager.write("What they were asked", "How often do others visit?")
    other_manager.press("Record that they were asked")
    other_manager.sees("Not answered yet", "Wilma Without, recorded by Olga Other")


def settle_jointly(director: Visitor, officer: Visitor) -> None:
    director.open("/")
    director.see_to("Settle disagreement 1", "Open")
    director.press("Record a joint outcome")
    director.write("Proposal", OUTCOME)
    director.press("Record the outcome")
    director.sees("It waits for Eastmoor CCG")
    officer.open("/")
    officer.see_to("Answer the proposal", "Open")
    officer.press(f"Accept the joint outcome of {AREA_TEAM}")
    officer.sees(OUTCOME)
    officer.press("Accept it")
    officer.sees("Disagreement 1 is settled", "What was agreed:", OUTCOME)

"""A meeting as a story: called, prepared, recorded, confirmed, its action done."""

from __future__ import annotations

from datetime import date

from deadlines.holidays import day_off
from tests.browser.visitors import Visitor

AREA_TEAM, CCG = "Northern Moors Area Team", "Eastmoor CCG"
WIDER, LOCALITY = "Wider meeting", "Meeting with the locality manager"
LATE = "Winter and its appointments"


def call_it(other_manager: Visitor, on: date) -> None:
    """From the list of meetings, which says what is owed."""
    other_manager.follow("Meetings")
    other_manager.sees("None of two held this MoU year; two owed by")
    other_manager.follow(WIDER)
    other_manager.press("Schedule a meeting")
    other_manager.press("Schedule the meeting")
    other_manager.sees("There is a problem", "Enter the day")
    other_manager.write_date("Day", on)
    other_manager.write("Time", "2:30 pm")
    other_manager.write("Place or link", "Moor House")
    other_manager.press("Schedule the meeting")
    if day_off(on):
        other_manager.sees("Tick this to go on")
        other_manager.tick("The meeting is on that day all the same")
        other_manager.press("Schedule the meeting")
    other_manager.sees("is scheduled", f"We told the MoU manager of {AREA_TEAM}", "Moor House")
    other_manager.sees("CQC inspections, where there are any", "Bring what you have.")


def add_to_its_agenda(other_manager: Visitor) -> None:
    other_manager.press("Add to the agenda")
    other_manager.write("Heading", LATE)
    other_manager.write("What to say about it", "- Beds\n- Staff")
    other_manager.press("Add it")
    other_manager.sees(f"“{LATE}” is on the agenda.", "Added by Olga Other, Eastmoor CCG")
    other_manager.press(f"Move up {LATE}")
    other_manager.sees(f"“{LATE}” moved up.")


def prepare(manager: Visitor) -> None:
    """The other party, from its home page."""
    manager.open("/")
    manager.see_to("Prepare for the wider meeting", "Open the agenda")
    manager.sees(LATE, f"Called by Olga Other, {CCG}")
    manager.follow("Edit CQC inspections, where there are any")
    manager.write("What to say about it", "Two practices were visited.")
    manager.press("Save")
    manager.sees("Two practices were visited.")


def record_it(manager: Visitor) -> None:
    """Who came, notes and actions, in one form."""
    manager.press("Record what happened")
    manager.tick("Maud Manager")
    manager.write("Who else came", "Practice nurse, Beck Street")
    manager.write("Notes", "## Winter\n\nBoth look at it again.")
    manager.write("What has to be done", "Send the list", within=("Action 1",))
    manager.press("Add rows for more actions")
    manager.write("What has to be done", "Name a nurse", within=("Action 4",))
    manager.press("Save the record")
    manager.sees("There is a problem", "Choose who takes it forward")
    manager.pick("Who takes it forward", f"{AREA_TEAM}, nobody named yet", within=("Action 1",))
    manager.pick("Who takes it forward", f"{CCG}, nobody named yet", within=("Action 4",))
    manager.press("Save the record")
    manager.sees("is recorded", f"Not yet confirmed by {CCG}.", "Practice nurse, Beck Street")
    manager.sees("Both look at it again.", "Name a nurse", "Held")


def confirm_it(other_manager: Visitor) -> None:
    other_manager.open("/")
    other_manager.sees("Say whether the record is right")
    other_manager.see_to("Say whether the record is right", "Read the record")
    other_manager.press("Say whether this is right")
    other_manager.choose("Yes, we confirm it and the actions that are ours")
    other_manager.press("Send your answer")
    other_manager.sees("You confirmed this record.", f"Confirmed by {CCG} on")


def do_the_action(other_colleague: Visitor) -> None:
    """From the meetings to the action, and back to where it was agreed."""
    other_colleague.follow("Meetings")
    other_colleague.sees("One of two held this MoU year; one owed by")
    other_colleague.follow("Actions")
    other_colleague.pick("Whose", "Our organisation")
    other_colleague.press("Show")
    other_colleague.follow("Name a nurse")
    other_colleague.press("Record progress")
    other_colleague.write("What has happened", "Nora Nurse is named.")
    other_colleague.choose("Yes, it is done")
    other_colleague.press("Save")
    other_colleague.sees("Action 2 is done.", "Nora Nurse is named.", f"Agreed at {WIDER}")


def ask_for_monthly_meetings(other_colleague: Visitor) -> None:
    other_colleague.follow("Meetings")
    other_colleague.follow(LOCALITY)
    other_colleague.sees("As required", AREA_TEAM)
    other_colleague.follow("Change how often they are held")
    other_colleague.choose("Monthly")
    other_colleague.press("Save")
    other_colleague.sees("These meetings are monthly from now on.", "One owed in the month to")

"""A review and the key contacts as a story: recorded, confirmed, answered by a link."""

from __future__ import annotations

from datetime import date

from tests.browser.visitors import Visitor

AREA_TEAM, CCG = "Northern Moors Area Team", "Eastmoor CCG"
TITLE, PAGE = "Working together", "/agreements/MOU-0001/"


def record_the_review(other_manager: Visitor, on: date) -> None:
    """From the home page, where it is late."""
    other_manager.sees(f"Review the MoU with {AREA_TEAM}", "days late")
    other_manager.see_to("Review the MoU with", "Open the review")
    other_manager.sees("A missed review ends nothing")
    other_manager.press("Record the outcome")
    other_manager.sees("There is a problem", "Enter the day of the review")
    other_manager.write_date("When was the review held?", on)
    other_manager.choose("Continue it as it is")
    other_manager.write("What was said", "It works well.")
    other_manager.press("Record the outcome")
    other_manager.sees("The review is recorded. The next one is due on", "Not yet confirmed")


def confirm_the_review(manager: Visitor) -> None:
    manager.open("/")
    manager.sees(f"Confirm what was recorded of the review of the MoU with {CCG}")
    manager.see_to("Confirm what was recorded of the review", "Look at the record")
    manager.sees("It works well.", f"for {CCG}")
    manager.choose("Yes, this is what we decided, and the dates are right")
    manager.press("Send your answer")
    manager.sees("You confirmed the record.", f"confirmed it for {AREA_TEAM}")


def put_the_record_right(other_manager: Visitor) -> None:
    other_manager.open(f"{PAGE}kept/")
    other_manager.follow(f"Put it right {_record(other_manager)}")
    other_manager.choose("Vary it")
    other_manager.write("What was wrong with the record", "We decided to vary it.")
    other_manager.press("Put it right")
    other_manager.sees("The record is put right.", "We decided to vary it. Before, it said")


def _record(visitor: Visitor) -> str:
    heading = visitor.page.get_by_role("heading", name="Review held on").first.inner_text()
    held_on = heading.split("Review held on ")[1].split(" Confirmed")[0].strip()
    return f"the record of the review held on {held_on}"


def confirm_contacts(manager: Visitor) -> None:
    manager.open(f"{PAGE}people/")
    manager.press("Confirm your contacts")
    manager.sees("Maud Manager", "Late", "Vacant")
    manager.press("Confirm that all are right")
    manager.sees("1 key contact confirmed.", "by Maud Manager")
    manager.does_not_see("Late")


def answer_by_link(somebody: Visitor, path: str) -> None:
    """Without an account."""
    somebody.open(path)
    somebody.sees("Are you still a key contact?", f"Lead clinician for the MoU with {AREA_TEAM}")
    somebody.press("Send your answer")
    somebody.sees("There is a problem", "Say whether it is still right")
    somebody.choose("Yes, but my details have changed")
    somebody.write("Your job title", "Clinical Chair")
    somebody.press("Send your answer")
    somebody.sees("Thank you. Your answer is recorded.", "Nothing is left to confirm")


def say_when_away(viewer: Visitor, first: date, last: date) -> None:
    viewer.open("/account/")
    viewer.follow("Change when you are away")
    viewer.write_date("First day away", last)
    viewer.write_date("Last day away", first)
    viewer.press("Save")
    viewer.sees("There is a problem", "The last day is before the first day.")
    viewer.write_date("First day away", first)
    viewer.write_date("Last day away", last)
    viewer.press("Save")
    viewer.sees("Deputies get the e-mails meanwhile.")

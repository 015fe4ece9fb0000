"""The main job as a story: what each person does with the portal, in the words on its pages."""

from __future__ import annotations

from house import clock
from parties.models import User
from tests.browser.visitors import Visitor
from tests.cast import PASSWORD

TITLE = "Better care in general practice"
TEMPLATE = "Area team and clinical commissioning group: improving quality in general practice"
AREA_TEAM, CCG = "Northern Moors Area Team", "Eastmoor CCG"
SUMMARY = "First text for both parties."


# --- From a template to a draft


def start_from_template(manager: Visitor) -> None:
    manager.follow("Agreements")
    manager.press("Start from a template")
    manager.choose(TEMPLATE)
    manager.press("Continue")


def name_the_parties(manager: Visitor) -> None:
    manager.sees("step 2 of 4")
    manager.write("Title", TITLE)
    manager.pick("Who is the CCG", CCG)
    manager.press("Save and continue")


def name_contacts(manager: Visitor) -> None:
    manager.sees("step 3 of 4")
    role = (AREA_TEAM, "MoU manager")
    manager.pick("MoU manager", "Maud Manager", within=role)
    manager.pick("Deputy", "Colin Colleague", within=role)
    manager.press("Save and continue")


def check_and_create(manager: Visitor) -> None:
    manager.sees("step 4 of 4", TITLE, CCG, "Maud Manager", "Deputy: Colin Colleague")
    manager.press("Create the agreement")
    manager.sees("MOU-0001 is created", f"We told the MoU manager of {CCG}", "Next:")


def create(manager: Visitor) -> None:
    start_from_template(manager)
    name_the_parties(manager)
    name_contacts(manager)
    check_and_create(manager)


# --- The text


def fill_in_blanks(manager: Visitor) -> None:
    manager.sees("2 blanks are not filled in")
    manager.press("Fill in what is missing")
    manager.write("Area covered", "Eastmoor and its villages")
    manager.write("Local medical committee", "Moors Local Medical Committee")
    manager.press("Fill in")
    manager.sees("2 blanks filled in", "Every box is filled in", "Eastmoor and its villages")


def edit_a_clause(manager: Visitor) -> None:
    manager.follow("Edit 1.2 Purpose")
    manager.write("Text", "The parties make care in practices **better** together.")
    manager.press("Preview")
    manager.sees("Preview, not saved yet", "make care in practices better together")
    manager.press("Save")
    manager.sees("Saved", "make care in practices better together")


def move_a_clause(manager: Visitor) -> None:
    manager.unfold("More for 1.2 Purpose")
    manager.press("Move down 1.2 Purpose")
    manager.sees("1.3 Purpose", "Moved")


def send_for_approval(manager: Visitor) -> None:
    manager.press("Send 0.1 for approval")
    manager.sees("Area Team Director", "Governing Body")
    manager.write("What changed", SUMMARY)
    manager.tick("Go on with what is missing")
    manager.press("Send 0.1 for approval")
    manager.sees("Version 0.1 is out for approval", "We told the MoU managers of the parties")


# --- Approval and signature


def record_decision(manager: Visitor, box: str, reference: str) -> None:
    manager.choose("Approved")
    manager.write_date("Date of the decision", clock.today())
    manager.write(box, reference)
    manager.press("Record the decision")
    manager.sees(reference)


def ask_signatory(manager: Visitor, name: str) -> None:
    manager.press("Ask for the signature")
    manager.choose(name)
    manager.press("Ask for the signature")
    manager.sees(f"{name} is asked to sign version 0.1", "We sent them an e-mail")


def sign(signatory: Visitor, user: User, organisation: str) -> None:
    signatory.press(f"Read and sign {TITLE}")
    signatory.sees("Who has approved it", f"{CCG}: approved, by its Governing Body")
    signatory.jump("Go to the signature")
    signatory.write("Your name", str(user))
    signatory.tick(f"I am authorised to sign for {organisation} and I agree to this text.")
    signatory.write("Your password", PASSWORD)
    signatory.press("Sign version 0.1")
    signatory.sees(f"You signed version 0.1 for {organisation}")

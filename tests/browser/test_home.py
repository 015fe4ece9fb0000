"""Somebody who opens the portal once a month: what needs them, how it is kept, their e-mails."""

from __future__ import annotations

from datetime import timedelta

import pytest

from commitments.services.recording import record_action
from house import clock
from mail.models import Delivery
from mail.services import queue_mail
from tests.browser.conftest import Visits
from tests.browser.visitors import Visitor
from tests.cast import Cast, acting, person_of
from tests.stages import TITLE, in_force

pytestmark = pytest.mark.browser
WHAT = "Send the audit template"


@pytest.fixture
def under_way(parties: Cast) -> Cast:
    """An MoU in force, an action of the Area Team in nine days, an e-mail that did not arrive."""
    agreement = in_force(parties).agreement
    owner = agreement.parties.get(slot="area_team")
    record_action(
        by=acting(parties.manager), agreement=agreement, owner=owner, what=WHAT,
        person=person_of(parties.manager), due_on=clock.today() + timedelta(days=9),
    )  # fmt: skip
    Delivery.objects.all().delete()
    queue_mail(
        kind="in_force", address="una@moors.example", context={}, dedupe="una",
        organisation_id=parties.area_team.pk,
    )  # fmt: skip
    Delivery.objects.update(state="failed", next_try=None, last_error="550 No such user")
    return parties


def test_both_sides_find_what_needs_them_and_how_it_is_kept(
    under_way: Cast, at_keyboard: Visits, complaints: list[str]
) -> None:
    manager = at_keyboard(under_way.manager)
    finds_what_needs_them(manager)
    sends_an_e_mail_again(manager)
    reads_how_it_is_kept(manager)
    wants_one_e_mail_a_day(manager)
    other = at_keyboard(under_way.other_manager)
    other.sees("Nothing needs you today", "Waiting for others (1)", "Waits for Maud Manager")
    reads_how_it_is_kept(other)
    assert complaints == []


def finds_what_needs_them(manager: Visitor) -> None:
    manager.sees("Nothing needs you today. The next date is", f"Do action 1: {WHAT}")
    manager.sees(f"{TITLE}, with Eastmoor CCG", "The year ahead")
    manager.press(f"Open the action {TITLE}")
    manager.sees(WHAT)
    manager.follow("Home")


def sends_an_e_mail_again(manager: Visitor) -> None:
    manager.sees("1 e-mail of your organisation did not arrive.")
    manager.follow("See which, and what to do")
    manager.sees("To una@moors.example", "The other server said: 550 No such user")
    manager.press("Send again to una@moors.example: The agreement is in force")
    manager.sees("The e-mail is on its way again", "No e-mail of your organisation is known")


def reads_how_it_is_kept(reader: Visitor) -> None:
    reader.follow("Agreements")
    reader.follow(TITLE)
    reader.sees("What is next", "The MoU year, ")
    tells_symbols_apart(reader)
    reader.follow("How it is kept")
    reader.sees("Of 2 duties the portal watches")
    reader.follow("Which reminders were sent")
    reader.sees("Reminders sent", f"Action 1: {WHAT}, due ", "What became of it")


def tells_symbols_apart(reader: Visitor) -> None:
    """With a person's own colours for all, a symbol is its outline and its number."""
    reader.page.emulate_media(forced_colors="active", color_scheme="dark")
    for symbol in reader.page.evaluate(SYMBOLS):
        assert symbol["inside"] == symbol["page"], symbol
        assert symbol["outline"] == symbol["number"] == symbol["words"], symbol
    reader.page.emulate_media(forced_colors="none", color_scheme="light")


def wants_one_e_mail_a_day(manager: Visitor) -> None:
    manager.open("/account/")
    manager.follow("Change when e-mails come")
    manager.sees("What you always get", "What comes next")
    manager.choose("Never more than one e-mail a day")
    manager.press("Save")
    manager.sees(
        "Your choice is saved.", "Reminders come in one e-mail on each working day, at 9:30 am."
    )


SYMBOLS = """() => {
  const {backgroundColor: page, color: words} = getComputedStyle(document.body);
  return [...document.querySelectorAll("svg:has(> .portal-year__number)")].map((symbol) => {
    const shape = getComputedStyle(symbol.querySelector(".portal-year__shape"));
    const number = getComputedStyle(symbol.querySelector(".portal-year__number")).fill;
    return {inside: shape.fill, outline: shape.stroke, number, page, words};
  });
}"""

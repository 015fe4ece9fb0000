"""A practice manager without an account signs on a telephone, by keyboard, in a few steps."""

from __future__ import annotations

import pytest

from agreements.models import Signature
from tests.browser.conftest import Visits
from tests.browser.visitors import Visitor
from tests.cast import Cast
from tests.conftest import Mailbox
from tests.in_browser import NARROW
from tests.without_account import ADDRESS, NAME, code_in, link_in, sent_to_practice

pytestmark = pytest.mark.browser


def test_by_keyboard(
    parties: Cast, at_keyboard: Visits, complaints: list[str], mailbox: Mailbox
) -> None:
    walk(parties, at_keyboard, mailbox)
    assert complaints == []


def walk(people: Cast, sits_down: Visits, mailbox: Mailbox) -> None:
    version = sent_to_practice(people)
    page = f"/agreements/{version.agreement.reference}/versions/{version.seq}/"
    manager, colleague = sits_down(people.manager), sits_down(people.colleague)
    _enter(manager)
    _look_through(colleague)
    manager.open(page)
    manager.follow("Ask somebody without an account to sign for Beckside Surgery")
    manager.press("Send the link")
    manager.sees(f"{NAME} is asked to sign version 0.1.", "Nobody here sees it.")
    _give_a_message(manager, page)
    petra = sits_down(None)
    _sign(petra, mailbox)
    assert Signature.objects.get().sent_to == ADDRESS
    manager.open(page)
    manager.sees("by link and code sent to s…@beckside.example")
    _withdraw(petra, mailbox)
    manager.open(page)
    manager.sees("That signature was withdrawn on", "The partners meet once more.")


def _give_a_message(manager: Visitor, page: str) -> None:
    manager.open(page)
    manager.follow(f"Change or withdraw what {NAME} is asked")
    manager.sees("Withdraw the request to")
    manager.write("Message to who signs", "Section 2 is what we talked about.")
    manager.press("Save")
    manager.sees(f"What {NAME} is asked is changed.")


def _enter(manager: Visitor) -> None:
    manager.open("/")
    manager.follow("Addresses to sign by")
    manager.sees("Nobody is on the list yet.")
    manager.press("Add an address")
    manager.pick("For which organisation they sign", "Beckside Surgery")
    manager.write("Name", NAME)
    manager.write("Job title", "Practice manager")
    manager.write("E-mail address", ADDRESS)
    manager.press("Add")
    manager.sees(f"{NAME} is on the list.", "To be looked through")


def _look_through(colleague: Visitor) -> None:
    colleague.open("/addresses/look-through/")
    colleague.sees(NAME, ADDRESS, "Maud Manager")
    colleague.press("I have looked through these addresses")
    colleague.sees("You looked through the list: 1 address is right.")


def _sign(petra: Visitor, mailbox: Mailbox) -> None:
    """On a telephone all the way."""
    petra.open(link_in(mailbox))
    _on_a_telephone(petra)
    petra.sees("Read and sign version 0.1", "The parties work together in the moors.")
    petra.sees("Message to you: Section 2 is what we talked about.")
    petra.follow("Name a contact of Beckside Surgery")
    _on_a_telephone(petra)
    petra.write("Their name", "Lena Lead")
    petra.write("Their e-mail address", "lena@beckside.example")
    petra.press("Name this contact")
    petra.sees("Beckside Surgery, Practice lead: Lena Lead")
    petra.press("Send me a code")
    _on_a_telephone(petra)
    petra.sees("We sent a code to s…@beckside.example.")
    petra.write("Your name", NAME)
    petra.tick("I am authorised to sign for Beckside Surgery and I agree to this text.")
    petra.write("The code that we sent you", code_in(mailbox))
    petra.press("Sign version 0.1")
    petra.sees("You have signed. Thank you.", "Nothing is left to sign")


def _withdraw(petra: Visitor, mailbox: Mailbox) -> None:
    """A moment later, on the same telephone: the area team has not signed yet."""
    petra.follow("Withdraw your signature")
    petra.press("Send me a code")
    petra.write("Why you withdraw your signature", "The partners meet once more.")
    petra.write("The code that we sent you", code_in(mailbox))
    petra.press("Withdraw your signature")
    petra.sees("Your signature is withdrawn.", "Nothing is asked of you by this link.")


def _on_a_telephone(somebody: Visitor) -> None:
    somebody.page.set_viewport_size({"width": NARROW, "height": 700})

"""A heads-up by keyboard: given, read by whom it names, recorded as gone out."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from agreements.models import Agreement
from house import clock
from tests.browser.conftest import Visits
from tests.browser.visitors import Visitor
from tests.cast import Cast
from tests.communications import desk

pytestmark = pytest.mark.browser
TITLE, TEXT = "New forms", "Practices send the new forms from May."


@pytest.fixture
def agreement(live_server: object, cast: Cast) -> Agreement:
    return desk.bilateral(cast)


def test_a_heads_up_by_keyboard(
    cast: Cast, agreement: Agreement, at_keyboard: Visits, complaints: list[str]
) -> None:
    sender = at_keyboard(cast.colleague)
    give(sender, clock.today() + timedelta(days=5))
    reader = at_keyboard(cast.other_colleague)
    reader.follow("Heads-ups")
    reader.follow(TITLE)
    reader.sees(TEXT, "keep it among those who need to know")
    reader.press("I have read it")
    reader.sees("You have read it")
    sender.follow("Heads-ups")
    sender.follow(TITLE)
    sender.press("Record that it went out")
    sender.write("Why it came before all were told (optional)", "It was urgent.")
    sender.press("Record it")
    sender.sees("It is recorded that it went out", "Gone out")
    assert complaints == []


def give(sender: Visitor, on: date) -> None:
    sender.follow("Heads-ups")
    sender.press("Give a heads-up")
    sender.choose("Message to practices")
    sender.write("Title", TITLE)
    sender.write("What it says", TEXT)
    sender.write("To whom it goes", "All practices")
    sender.write_date("Planned day", on)
    sender.write("Planned time", "9am")
    sender.write("A local medical committee to add (optional)", "Moors LMC")
    sender.write("E-mail address of the committee (optional)", "office@moors-lmc.example")
    sender.press("Tell them")
    sender.sees("The heads-up is given", "Not told yet")

"""An MoU that was signed on paper, long ago: registered by one party, confirmed by the other."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from documents.rendering import render
from house import clock
from tests.browser import signed_copy
from tests.browser.conftest import Visits
from tests.browser.story import AREA_TEAM, CCG, TITLE
from tests.browser.visitors import Visitor
from tests.cast import Cast
from tests.documents.sample import agreement_page

pytestmark = pytest.mark.browser


@pytest.fixture
def paper(tmp_path: Path) -> Path:
    """What a scanner might have made of an MoU."""
    file = tmp_path / "mou.pdf"
    file.write_bytes(render(agreement_page()))
    return file


def test_one_party_registers_a_signed_mou_and_the_other_confirms_it(
    parties: Cast, at_keyboard: Visits, complaints: list[str], paper: Path
) -> None:
    manager = at_keyboard(parties.manager)
    signed_on = date(clock.today().year - 1, 9, 3)
    register(manager, paper, signed_on)
    a_viewer_sees_who_is_to_confirm_it(at_keyboard(parties.other_viewer))
    confirm(at_keyboard(parties.other_manager))
    manager.open("/agreements/MOU-0001/")
    manager.sees(f"Olga Other confirmed it for {CCG}")
    signed_copy.the_page_says(at_keyboard(None), paper, "The portal did not seal it")
    assert complaints == []


def register(manager: Visitor, paper: Path, signed_on: date) -> None:
    manager.follow("Agreements")
    manager.press("Register a signed MoU")
    manager.give("The signed MoU", paper)
    manager.write("Title", TITLE)
    manager.pick("Who is the CCG", CCG)
    manager.write_date("Date of sign-off", signed_on)
    manager.write("Name", "Maud Manager", within=("MoU manager of the Area Team",))
    manager.press("Register the MoU")
    manager.sees("MOU-0001 is registered and in force", f"We told the MoU manager of {CCG}")
    manager.sees("3 September", f"Recorded by {AREA_TEAM}, not yet confirmed by {CCG}")


def a_viewer_sees_who_is_to_confirm_it(viewer: Visitor) -> None:
    viewer.sees("Check the registered copy", "Waits for Editor or Olga Other")
    viewer.open("/agreements/MOU-0001/")
    viewer.sees("Waiting for Olga Other", "Registered copy")
    viewer.does_not_see_button("Check the copy")


def confirm(manager: Visitor) -> None:
    manager.follow("Agreements")
    manager.follow(TITLE)
    manager.press("Check the copy")
    manager.sees("Date of sign-off", "Registered copy")
    manager.choose("Yes, this is the MoU that we signed, and what is entered is right")
    manager.press("Send your answer")
    manager.sees("You confirmed the registered copy", f"We told the MoU manager of {AREA_TEAM}")

"""One text goes to a group: by keyboard, every page judged, on a telephone too."""

from __future__ import annotations

from pathlib import Path

import pytest

from agreements.models import Agreement, Signature
from house import clock
from tests.agreements.grouped import practices, resilience, to_sign, work
from tests.browser.conftest import Visits
from tests.cast import PASSWORD, Cast
from tests.in_browser import NARROW

pytestmark = pytest.mark.browser


def test_by_keyboard(
    parties: Cast, at_keyboard: Visits, complaints: list[str], tmp_path: Path
) -> None:
    resilience(parties.ccg)
    practices(2)
    file = tmp_path / "practices.csv"
    file.write_text("Practice,CCG\nPractice 01,Eastmoor CCG\nPractice 02,\nNowhere Surgery,\n")
    olga = at_keyboard(parties.other_manager)
    olga.open("/agreements/groups/")
    olga.press("Send to a group")
    olga.write("Title", "Practice resilience")
    olga.choose("Short, to each practice")
    olga.press("Continue")
    olga.press("Fill in the blanks of all")
    olga.write("Area covered", "the moors")
    olga.press("Save")
    olga.press("Upload a list")
    olga.give("File", file)
    olga.press("See what it means")
    olga.sees("2 rows can be taken, 1 cannot", "Row 4: no organisation called")
    olga.press("Add 2 organisations")
    olga.sees("2 agreements will be made: 2 with Eastmoor CCG.")
    olga.press("Make and send")
    olga.sees("0 of 2 agreements are done.")
    work()
    olga.press("Look again")
    olga.sees("2 of 2 agreements are done.")
    olga.press("See the group")
    olga.page.set_viewport_size({"width": NARROW, "height": 700})
    olga.press("Record one approval for 2 agreements")
    olga.write_date("Date of the decision", clock.today())
    olga.press("Record the approval")
    work()
    olga.open("/agreements/")
    olga.follow("Practice resilience")
    olga.sees("0 of 2 signed", "One approval covers all of yours")
    assert Agreement.objects.count() == 2
    assert complaints == []


def test_one_page_signs_all_by_keyboard(
    parties: Cast, at_keyboard: Visits, complaints: list[str]
) -> None:
    issue = to_sign(parties)
    orla = at_keyboard(parties.other_signatory)
    orla.open(f"/agreements/groups/{issue.key}/")
    orla.press("Sign 2 agreements")
    orla.sees("2 agreements have it word for word", "Check code:")
    orla.page.set_viewport_size({"width": NARROW, "height": 700})
    orla.write("Your name", "Orla Officer")
    orla.tick("I am authorised to sign for Eastmoor CCG and I agree to each text that I ticked.")
    orla.write("Your password", PASSWORD)
    orla.press("Sign those ticked")
    orla.sees("0 of 2 agreements are done.")
    work()
    orla.press("Look again")
    orla.sees("2 of 2 agreements are done.")
    assert Signature.objects.count() == 2
    assert complaints == []
